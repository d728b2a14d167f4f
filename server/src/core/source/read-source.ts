// From a tree to what its source says: one walk to see every name, then the values.
import type { ts } from 'ts-morph'
import type { Binding, ClassFact, Export, ModuleFacts, UsageFacts } from '../facts/file-facts.ts'
import type { Span } from '../text/span.ts'
import { bindingFact } from './bindings.ts'
import { classFact } from './classes.ts'
import { evaluate } from './evaluate.ts'
import { createReading, type ExportDraft, find, type Mutable, makeSpan, type Reading, tightList } from './reading.ts'
import type { SyntaxFault } from './syntax-fault.ts'
import { usageFacts } from './usage.ts'
import type { Value } from './value.ts'
import { walkChildren } from './walk.ts'

/** What the source of one file says. */
export interface SourceFacts {
  readonly module: ModuleFacts
  readonly classes: Readonly<Record<string, ClassFact>>
  readonly usage: UsageFacts
}

/** Reads `tree`. Containers that overlap one of `faults` get a spread of `unknown`. Every span made is added to `spans`, once. */
export function readSource(tree: ts.SourceFile, faults: readonly SyntaxFault[], spans?: Span[]): SourceFacts {
  const r = createReading(tree, faults, spans)
  walkChildren(r, tree)
  for (const { name, scope } of r.writes) {
    const draft = find(name, scope)
    if (draft) draft.assigned = true
  }
  const bindings = emptyRecord<Binding>()
  for (const draft of r.drafts) bindings[draft.key] = bindingFact(draft)
  const usage = usageFacts(r)
  const assigned = assignedMembers(r, usage)
  const classes = emptyRecord<ClassFact>()
  for (const draft of r.classes) classes[draft.key] = classFact(r, draft, assigned.get(draft.key) ?? [])
  const module: ModuleFacts = { bindings, exports: exportFacts(r), stars: r.stars, imports: importFacts(r) }
  return { module, classes, usage }
}

const importFacts = (r: Reading): ModuleFacts['imports'] =>
  r.imports.map(fact => ({ ...fact, names: tightList(fact.names) }))

/** A record that has nothing but its entries: a name such as `constructor` finds only what the file wrote. */
const emptyRecord = <T>(): Record<string, T> => Object.create(null)

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
    list.push({ name: target.name, value, at: makeSpan(r, fact.at.start, fact.at.end) })
    byClass.set(owner.key, list)
  })
  return byClass
}

function exportFacts(r: Reading): Readonly<Record<string, Export>> {
  const exports = emptyRecord<Export>()
  for (const draft of r.exports) addExports(r, draft, exports)
  return exports
}

function addExports(r: Reading, draft: ExportDraft, exports: Record<string, Export>): void {
  const { at } = draft
  switch (draft.kind) {
    case 'local': {
      const key = find(draft.local, r.top)?.key
      if (key !== undefined) exports[draft.name] = { kind: 'binding', key, at }
      return
    }
    case 'from':
      exports[draft.name] = { kind: 'from', from: draft.from, name: draft.imported, at }
      return
    case 'value':
      exports[draft.name] = exportOf(evaluate(r, draft.node as ts.Expression, r.top), at)
      return
    case 'commonjs': {
      const value = evaluate(r, draft.node, r.top)
      exports['default'] = exportOf(value, at)
      if (value.kind !== 'object') return
      for (const prop of value.props)
        if (prop.kind === 'named')
          exports[prop.name] = exportOf(prop.value, makeSpan(r, prop.nameAt.start, prop.nameAt.end))
    }
  }
}

const exportOf = (value: Value, at: Span): Export =>
  value.kind === 'name' && value.key !== undefined
    ? { kind: 'binding', key: value.key, at }
    : { kind: 'value', value, at }
