// The quick way: an edit inside an object literal of data re-reads that object alone.
import { ts } from 'ts-morph'
import { evaluate } from '../source/evaluate.ts'
import { faultsOf, parse } from '../source/parse.ts'
import { createReading } from '../source/reading.ts'
import { childrenOf, type ObjectValue, type Value } from '../source/value.ts'
import { walk } from '../source/walk.ts'
import type { Text } from '../text/long-text.ts'
import { contains, type Span } from '../text/span.ts'
import type { FileFacts, ModuleFacts, UsageFacts } from './file-facts.ts'
import { collectMarks, isLong, moveMarksOf, passMarks, settleMarks } from './marks.ts'
import type { Change } from './move-marks.ts'
import { reconcile } from './reconcile.ts'
import { silenceWord } from './silences.ts'

/**
 * The facts after `change`, when it lies inside an object literal at the top level that holds nothing but data, before
 * and after: just what a full reading would give. Undefined when it does not; then nothing has been touched.
 */
export function updateChunk(
  file: string,
  facts: FileFacts,
  change: Change,
  oldText: Text,
  text: Text,
): FileFacts | undefined {
  if (facts.broken || facts.error || !isShared(facts) || silenceTouches(facts, change)) return undefined
  const old = findChunk(facts.module, change, oldText)
  if (!old || givesParts(facts.module, old)) return undefined
  const { start, end } = old.at
  // Spans of a long text can be moved together; somebody has to want to know of them for that.
  const spans: Span[] | undefined = isLong(text) ? [] : undefined
  const read = (part: string) => readChunk(file, part, start, facts.module, spans)
  const isData = read(oldText.slice(start, end)) !== undefined
  const next = isData && read(text.slice(start, end + change.newEnd - change.end))
  if (!next) return undefined

  const known = new Set<object>()
  const oldMarks: Span[] = []
  collectMarks(old, oldMarks, known)
  moveMarksOf(facts, change)
  const result = reconcile<ObjectValue>(old, next)
  settleMarks(facts, oldMarks)
  if (result === old) return facts
  const added: Span[] = []
  collectMarks(result, added, known)
  const updated = withChunk(facts, old, result, change)
  passMarks(facts, updated, added, oldMarks.length)
  return updated
}

/** Facts that were written and read back have lost which values are one object, so parts cannot be exchanged. */
const isShared = (facts: FileFacts): boolean => Object.getPrototypeOf(facts.module.bindings) === null

function silenceTouches(facts: FileFacts, change: Change): boolean {
  const touches = (span: Span) => span.start <= change.end && change.start <= span.end
  return facts.silences.some(
    silence => touches(silence.at) || (silence.target !== undefined && touches(silence.target)),
  )
}

/** The values that stand at the top level, where every name means a binding of the whole file. */
function* topValues(module: ModuleFacts): Generator<Value> {
  for (const key in module.bindings) {
    const { value } = module.bindings[key]!
    if (value && !key.includes('#')) yield value
  }
  for (const key in module.exports) {
    const given = module.exports[key]!
    if (given.kind === 'value') yield given.value
  }
}

/** The smallest object literal that has the whole change between its braces. */
function findChunk(module: ModuleFacts, change: Change, text: Text): ObjectValue | undefined {
  for (const top of topValues(module)) {
    if (!encloses(top, change.start, change.end)) continue
    let found: ObjectValue | undefined
    let depth = 0
    for (let at: Value | undefined = top; at; depth++) {
      // Inside an enum its members hide the names of the file.
      if (at.kind === 'object' && !hasBraces(at, text)) return undefined
      if (at.kind === 'object' && at.at.start < change.start && change.end < at.at.end) found = at
      at = childrenOf(at).find(child => encloses(child, change.start, change.end))
    }
    if (found && depth < deepest) return found
  }
  return undefined
}

/** True when parts of the chunk are held by name as well, as CommonJS gives the properties of what it exports. */
function givesParts({ exports }: ModuleFacts, chunk: ObjectValue): boolean {
  for (const name in exports) {
    const given = exports[name]!
    if (given.kind === 'value' && given.value !== chunk && contains(chunk.at, given.value.at)) return true
  }
  return false
}

/** Deeper chunks are left to the full reading, which knows how deep is too deep. */
const deepest = 200

/** An enum is an object without braces of its own. */
const hasBraces = ({ at }: ObjectValue, text: Text): boolean =>
  text.slice(at.start, at.start + 1) === '{' && text.slice(at.end - 1, at.end) === '}'

/** A destructured name stands apart from what it is a member of. */
const encloses = (value: Value, start: number, end: number): boolean =>
  (value.at.start <= start && end <= value.at.end) || (value.kind === 'member' && encloses(value.of, start, end))

/** The object that `text` is when it is data and nothing else: no calls, functions, classes, elements or silences in it. */
function readChunk(
  file: string,
  text: string,
  start: number,
  module: ModuleFacts,
  spans: Span[] | undefined,
): ObjectValue | undefined {
  try {
    return readData(file, text, start, module, spans)
  } catch {
    // Nested too deeply: the full reading says so.
    return undefined
  }
}

function readData(
  file: string,
  text: string,
  start: number,
  module: ModuleFacts,
  spans: Span[] | undefined,
): ObjectValue | undefined {
  if (text.includes(silenceWord) || /\b(?:await|yield|import)\b/.test(text)) return undefined
  const tree = parse(file, `(${text})`)
  const node = soleObject(tree, text.length)
  if (!node || faultsOf(tree).length > 0) return undefined
  const r = createReading(tree, [], spans, start - 1, name => (Object.hasOwn(module.bindings, name) ? name : undefined))
  walk(r, node)
  const seen = [r.functions, r.classes, r.calls, r.assigns, r.writes, r.drafts, r.imports]
  if (seen.some(list => list.length > 0)) return undefined
  const value = evaluate(r, node, r.top)
  return value.kind === 'object' && depthOf(value) < deepest ? value : undefined
}

/** The object literal that is all there is between the parentheses. */
function soleObject(tree: ts.SourceFile, length: number): ts.ObjectLiteralExpression | undefined {
  const [statement] = tree.statements
  if (!statement || tree.statements.length !== 1 || !ts.isExpressionStatement(statement)) return undefined
  const { expression } = statement
  if (!ts.isParenthesizedExpression(expression) || statement.end !== length + 2) return undefined
  const inner = expression.expression
  return ts.isObjectLiteralExpression(inner) && inner.pos === 1 && inner.end === length + 1 ? inner : undefined
}

const depthOf = (value: Value): number =>
  childrenOf(value).reduce((depth, child) => Math.max(depth, 1 + depthOf(child)), 1)

/** `facts` with `next` in the place of `old`, wherever it is held; all else stays the same object. */
function withChunk(facts: FileFacts, old: Value, next: Value, change: Change): FileFacts {
  const made = new Map<object, object>()
  const swap = <T>(part: T): T => swapped(part, old, next, change, made)
  const { module, usage, classes } = facts
  return {
    ...facts,
    module: {
      ...module,
      bindings: eachValue(module.bindings, swap),
      exports: eachValue(module.exports, swap),
    },
    usage: withUsage(usage, swap),
    classes: mapRecord(classes, fact => {
      const assigned = mapList(fact.assigned, item => holding(item, swap))
      return assigned === fact.assigned ? fact : { ...fact, assigned }
    }),
  }
}

type Swap = <T>(part: T) => T

function withUsage(usage: UsageFacts, swap: Swap): UsageFacts {
  const calls = mapList(usage.calls, fact => (fact.fn === undefined ? holding(fact, swap) : fact))
  const assigns = mapList(usage.assigns, fact => (fact.fn === undefined ? holding(fact, swap) : fact))
  return calls === usage.calls && assigns === usage.assigns ? usage : { ...usage, calls, assigns }
}

const eachValue = <T extends object>(record: Readonly<Record<string, T>>, swap: Swap) =>
  mapRecord(record, fact => holding(fact, swap))

/** `holder` with its `value` exchanged. */
function holding<T extends object>(holder: T, swap: Swap): T {
  if (!('value' in holder)) return holder
  const value = swap(holder.value)
  return value === holder.value ? holder : { ...holder, value }
}

function mapRecord<T extends object>(
  record: Readonly<Record<string, T>>,
  map: (part: T) => T,
): Readonly<Record<string, T>> {
  let copy: Record<string, T> | undefined
  for (const key in record) {
    const part = map(record[key]!)
    if (part === record[key]) continue
    copy ??= Object.assign(Object.create(null), record) as Record<string, T>
    copy[key] = part
  }
  return copy ?? record
}

function mapList<T>(list: readonly T[], map: (part: T) => T): readonly T[] {
  let copy: T[] | undefined
  for (let index = 0; index < list.length; index++) {
    const part = map(list[index]!)
    if (part === list[index]) continue
    copy ??= [...list]
    copy[index] = part
  }
  return copy ?? list
}

/** A value, a property or a list of them with `old` exchanged; the same object where `old` is not inside. */
function swapped<T>(part: T, old: Value, next: Value, change: Change, made: Map<object, object>): T {
  if (typeof part !== 'object' || part === null) return part
  if ((part as object) === old) return next as T
  const isList = Array.isArray(part)
  if (!isList && !mayHold(part, change)) return part
  const known = made.get(part)
  if (known) return known as T
  const result = isList
    ? (mapList(part, item => swapped(item, old, next, change, made)) as T)
    : swappedFields(part, old, next, change, made)
  if (result !== part) made.set(part, result as object)
  return result as T
}

function swappedFields<T extends object>(
  part: T,
  old: Value,
  next: Value,
  change: Change,
  made: Map<object, object>,
): T {
  let copy: T | undefined
  for (const key in part) {
    const field = swapped(part[key], old, next, change, made)
    if (field === part[key]) continue
    copy ??= { ...part }
    copy[key] = field
  }
  return copy ?? part
}

/** The spans have already moved, so the change is looked for where it is now. */
function mayHold(part: object, change: Change): boolean {
  const { at, kind } = part as { readonly at?: Span; readonly kind?: string }
  return at !== undefined && ((at.start <= change.start && change.newEnd <= at.end) || kind === 'member')
}
