// Code whose shape shows that what it stores grows large.
import type { Located, Scope } from '../../../catalog/scope.ts'
import { type CallValue, type Value, walkValue } from '../../../source/value.ts'
import { callIndex } from '../code/call-index.ts'
import type { CodeOfFile, KeyUse, MmkvStore } from '../types.ts'

/** Functions that read a whole file: of expo-file-system, react-native-fs and react-native-blob-util. */
const readers = /^(?:readAsStringAsync|readFile)$/
/** What cuts a list, or keeps an item from standing in it twice. */
const limits = /^(?:slice|splice|shift|pop|filter|includes|indexOf|some|find|findIndex|has)$/

/** True for a file that is read as base64, itself or by way of a variable. */
export function readsFileAsBase64(scope: Scope, located: Located): boolean {
  const { value, file } = scope.follow(located)
  const call = value.kind === 'await' ? value.value : value
  if (call.kind !== 'call' || call.callee.kind !== 'member' || !readers.test(call.callee.name ?? '')) return false
  const options = call.args[1]
  if (!options) return false
  const encoding = scope.shape({ value: options, file })?.entries.get('encoding')?.value ?? { value: options, file }
  const { value: named } = encoding
  return /^base64$/i.test(scope.text(encoding)?.text ?? (named.kind === 'member' ? (named.name ?? '') : ''))
}

/** True where a function reads a list under a key, adds to it and writes all of it under the same key, and nothing else writes or removes that. */
export function isGrowingList(code: CodeOfFile, write: KeyUse, store: MmkvStore | undefined): boolean {
  const { scope, file } = code
  const list = stringified(write.value?.value)
  if (!list || write.fact.fn === undefined || !store || isChangedElsewhere(store, write)) return false
  const names =
    list.kind === 'array' ? list.items.map(item => (item.kind === 'spread' ? item.value : undefined)) : [list]
  const name = names.find(one => one?.kind === 'name' && one.key !== undefined)
  if (name?.kind !== 'name' || name.key === undefined) return false
  const { key } = name
  if (!isReadFrom(code, key, write)) return false
  const calls = allCalls(scope, file, write.fact.fn)
  const isOnIt = ({ callee }: CallValue) =>
    callee.kind === 'member' && callee.of.kind === 'name' && callee.of.key === key
  const methods = calls.filter(isOnIt).map(({ callee }) => (callee.kind === 'member' ? (callee.name ?? '') : ''))
  if (methods.some(method => limits.test(method))) return false
  const isCutByLength = (scope.usage(file)?.assigns ?? []).some(
    ({ target }) => target.kind === 'member' && target.of.kind === 'name' && target.of.key === key,
  )
  if (isCutByLength) return false
  return list.kind === 'array'
    ? list.items.length > 1
    : methods.some(method => method === 'push' || method === 'unshift')
}

/** A queue is emptied somewhere, and a list may be cut there. */
const isChangedElsewhere = ({ uses }: MmkvStore, write: KeyUse): boolean =>
  uses.some(
    use =>
      use !== write &&
      !use.isTest &&
      (use.access === 'remove' || use.mayWrite) &&
      (use.key === undefined ? use.handsOn === undefined : use.key.text === write.key?.text),
  )

/** What `JSON.stringify(…)` is given. */
function stringified(value: Value | undefined): Value | undefined {
  if (value?.kind !== 'call' || value.callee.kind !== 'member' || value.callee.name !== 'stringify') return undefined
  const { of } = value.callee
  return of.kind === 'name' && of.name === 'JSON' ? value.args[0] : undefined
}

/** True where a variable holds what was parsed out of the value under the key that `write` writes. */
function isReadFrom(code: CodeOfFile, variable: string, write: KeyUse): boolean {
  const { scope, file } = code
  const parsed = scope.binding(file, variable)?.value
  const isParsed = [...(parsed ? walkValue(parsed) : [])].some(
    part => part.kind === 'call' && part.callee.kind === 'member' && part.callee.name === 'parse',
  )
  if (!parsed || !isParsed || !write.key) return false
  const inside = new Set<Value>(walkValue(parsed))
  for (const part of [...inside]) {
    const held = part.kind === 'name' && part.key !== undefined ? scope.binding(file, part.key)?.value : undefined
    if (held) inside.add(held)
  }
  return code
    .uses()
    .some(({ use }) => use.key?.text === write.key?.text && use.access === 'read' && inside.has(use.call.value))
}

const allCalls = (scope: Scope, file: string, fn: number): readonly CallValue[] =>
  (callIndex(scope.usage(file)).byFunction.get(fn) ?? []).flatMap(({ value }) =>
    [...walkValue(value)].filter((part): part is CallValue => part.kind === 'call'),
  )
