// From a tree to what its source says: one walk to see every name, then the values.
import type { ts } from 'ts-morph'
import type { Binding, ClassFact, Export, ModuleFacts, UsageFacts } from '../facts/file-facts.ts'
import type { Span } from '../text/span.ts'
import { bindingFact } from './bindings.ts'
import { classFact } from './classes.ts'
import { evaluate } from './evaluate.ts'
import type { SyntaxFault } from './parse.ts'
import { createReading, type ExportDraft, find, type Mutable, type Reading } from './reading.ts'
import { usageFacts } from './usage.ts'
import type { Value } from './value.ts'
import { walkChildren } from './walk.ts'

/** What the source of one file says; `spans` are all marks made for it, each once. */
export interface SourceFacts {
  readonly module: ModuleFacts
  readonly classes: Readonly<Record<string, ClassFact>>
  readonly usage: UsageFacts
  readonly spans: Span[]
}

/** Reads `tree`. Containers that overlap one of `faults` get a spread of `unknown`. */
export function readSource(tree: ts.SourceFile, faults: readonly SyntaxFault[]): SourceFacts {
  const r = createReading(tree, faults)
  walkChildren(r, tree)
  for (const { name, scope } of r.writes) {
    const draft = find(name, scope)
    if (draft) draft.assigned = true
  }
  const bindings = record<Binding>(r.drafts.map(draft => [draft.key, bindingFact(draft)]))
  const usage = usageFacts(r)
  const assigned = assignedMembers(r, usage)
  const classes = record(r.classes.map(draft => [draft.key, classFact(r, draft, assigned.get(draft.key) ?? [])]))
  const module: ModuleFacts = { bindings, exports: exportFacts(r), stars: r.stars, imports: r.imports }
  return { module, classes, usage, spans: r.spans }
}

/** A record that has nothing but its entries: a name such as `constructor` finds only what the file wrote. */
function record<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  const result: Record<string, T> = Object.create(null)
  for (const [key, value] of entries) result[key] = value
  return result
}

/** `Name.prop = value` at the top level, by the key of the class that `Name` is. */
function assignedMembers(r: Reading, usage: UsageFacts): ReadonlyMap<string, ClassFact['assigned']> {
  const byClass = new Map<string, Mutable<ClassFact['assigned'][number]>[]>()
  usage.assigns.forEach((fact, index) => {
    const { target, value } = fact
    if (r.assigns[index]!.scope !== r.top || fact.op !== '=') return
    if (target.kind !== 'member' || target.name === undefined || target.of.kind !== 'name') return
    const owner = find(target.of.name, r.top)?.value?.()
    if (owner?.kind !== 'class') return
    const list = byClass.get(owner.key) ?? []
    list.push({ name: target.name, value, at: fact.at })
    byClass.set(owner.key, list)
  })
  return byClass
}

function exportFacts(r: Reading): Readonly<Record<string, Export>> {
  return record(r.exports.flatMap(draft => exportEntries(r, draft)))
}

function exportEntries(r: Reading, draft: ExportDraft): readonly (readonly [string, Export])[] {
  const { at } = draft
  switch (draft.kind) {
    case 'local': {
      const key = find(draft.local, r.top)?.key
      return key === undefined ? [] : [[draft.name, { kind: 'binding', key, at }]]
    }
    case 'from':
      return [[draft.name, { kind: 'from', from: draft.from, name: draft.imported, at }]]
    case 'value':
      return [[draft.name, exportOf(evaluate(r, draft.node as ts.Expression, r.top), at)]]
    case 'commonjs': {
      const value = evaluate(r, draft.node, r.top)
      const props = value.kind === 'object' ? value.props : []
      const named = props.flatMap((prop): (readonly [string, Export])[] =>
        prop.kind === 'named' ? [[prop.name, exportOf(prop.value, prop.nameAt)]] : [],
      )
      return [['default', exportOf(value, at)], ...named]
    }
  }
}

const exportOf = (value: Value, at: Span): Export =>
  value.kind === 'name' && value.key !== undefined
    ? { kind: 'binding', key: value.key, at }
    : { kind: 'value', value, at }
