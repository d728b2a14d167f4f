// Functions of the app that hand a key on to an instance, and the calls of them.

import { computed, type ReadonlySignal } from '@preact/signals-core'
import type { Part } from '../../../catalog/call-index.ts'
import { inBlocks } from '../../../catalog/long-lists.ts'
import { placeOf } from '../../../catalog/place-of.ts'
import { gated, keyed, sameItems } from '../../../catalog/remembered.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { ModuleFacts } from '../../../facts/file-facts.ts'
import { callIndex } from '../code/call-index.ts'
import { functionName } from '../code/function-name.ts'
import { isTestFile } from '../files.ts'
import { calledFunction } from '../instances/called-function.ts'
import type { OpeningReader } from '../openings/opening-reader.ts'
import type { KeyUse } from '../types.ts'
import { type CallReader, cells, type FoundUse } from './call-reader.ts'
import { argumentOf, keyOf } from './read-use.ts'
import { sameUse } from './same-use.ts'
import { valueType } from './value-type.ts'

/** A function that hands a key on. */
export interface Wrapper {
  readonly file: string
  readonly fn: number
  /** What it may be called by. */
  readonly name: string
  readonly found: FoundUse
}

/** The wrappers of the app and the uses that their calls are. */
export interface WrapperReader {
  /** The functions of a file that hand a key on, with each use in them. */
  wrappers(file: string): readonly Wrapper[]
  uses(file: string): readonly FoundUse[]
}

const none: readonly FoundUse[] = []

/** A reader for one scope. */
export function createWrapperReader(scope: Scope, calls: CallReader, openings: OpeningReader): WrapperReader {
  const wrappers = keyed((file: string): readonly Wrapper[] => {
    const handed = calls.uses(file).filter(({ use }) => use.handsOn)
    if (handed.length === 0 || isTestFile(scope, file)) return []
    return handed.flatMap((found): readonly Wrapper[] => {
      const fn = found.use.handsOn!.fn
      const name = functionName(scope, file, fn)
      return name === undefined ? [] : [{ file, fn, name, found }]
    })
  }, sameWrappers)

  const inFiles = inBlocks((files: readonly string[]) => files.flatMap(file => wrappers(file)))
  const all = gated(() => inFiles(scope.files()), sameItems)
  const byFunction = computed(() => {
    const map = new Map<string, Wrapper[]>()
    for (const one of all()) {
      const key = `${one.file}#${one.fn}`
      const list = map.get(key)
      if (list) list.push(one)
      else map.set(key, [one])
    }
    return map
  })
  const names = gated(() => [...new Set(all().map(one => one.name))], sameItems)

  // A function is followed once for each name of it in a file.
  const known = new Map<string, ReadonlySignal<readonly Wrapper[] | undefined>>()
  const follow = (callee: Located): readonly Wrapper[] | undefined => {
    const called = calledFunction(scope, callee)
    return called && byFunction.value.get(`${called.file}#${called.id}`)
  }
  const wrappersOf = (callee: Located): readonly Wrapper[] | undefined => {
    const { value, file } = callee
    if (value.kind !== 'name' || value.key === undefined) return follow(callee)
    const key = `${file} ${value.key}`
    const cell = known.get(key) ?? computed(() => follow(callee))
    known.set(key, cell)
    return cell.value
  }
  const readCall = (file: string, part: Part): readonly FoundUse[] => {
    const handed = part.call.isNew ? undefined : wrappersOf({ value: part.call.callee, file })
    if (!handed) return none
    return oneOfEach(handed.map(wrapper => wrappedUse(scope, file, part, wrapper, openings)))
  }
  const usesOf = cells(readCall, sameUses)
  const uses = keyed((file: string): readonly FoundUse[] => {
    const called = names()
    if (called.length === 0) return none
    const { byName } = callIndex(scope.usage(file))
    const local = new Set([...called, ...renamed(scope.module(file), called)])
    return [...local].flatMap(name => (byName.get(name) ?? []).flatMap(part => usesOf(file, part)))
  }, sameItems)
  return { wrappers, uses }
}

const sameWrappers = (a: readonly Wrapper[], b: readonly Wrapper[]): boolean =>
  a.length === b.length &&
  a.every((one, i) => one.fn === b[i]?.fn && one.name === b[i]?.name && one.found === b[i]?.found)

const sameUses = (a: readonly FoundUse[], b: readonly FoundUse[]): boolean =>
  a === b ||
  (a.length === b.length && a.every((one, i) => one.storeKey === b[i]?.storeKey && sameUse(one.use, b[i]!.use)))

/** Names of the file for what it imports under another name. */
const renamed = (module: ModuleFacts | undefined, called: readonly string[]): readonly string[] =>
  (module?.imports ?? []).flatMap(({ names }) =>
    names.flatMap(({ name, local }) =>
      name !== local && (name === 'default' || called.includes(name)) ? [local] : [],
    ),
  )

function wrappedUse(
  scope: Scope,
  file: string,
  { call, fact, isOuter }: Part,
  { found }: Wrapper,
  openings: OpeningReader,
): FoundUse {
  const { use, storeKey } = found
  const located = { value: call, file }
  const handed = use.handsOn!
  const keyArgument = argumentOf(located, handed.key)
  const value = handed.value === undefined ? undefined : argumentOf(located, handed.value)
  const wrapped: KeyUse = {
    access: use.access,
    method: use.method,
    mayWrite: use.mayWrite,
    type: use.type ?? valueType(scope, value),
    ...keyOf(scope, keyArgument),
    keyArgument,
    value,
    call: located,
    fact,
    isOuter,
    isWrapped: true,
    handsOn: undefined,
    isTest: isTestFile(scope, file),
    at: placeOf(located),
  }
  // A class whose objects each open an instance of their own: which one is meant, nothing tells.
  const isOne = storeKey !== undefined && openings.isOne(storeKey)
  return { use: wrapped, storeKey: isOne ? storeKey : undefined }
}

/** A function that reads a key as several types, or writes several, does so depending on what it finds: no type is asked for. */
function oneOfEach(uses: readonly FoundUse[]): readonly FoundUse[] {
  const byAccess = new Map<string, FoundUse[]>()
  for (const one of uses) {
    const key = `${one.use.access} ${one.storeKey}`
    const list = byAccess.get(key)
    if (list) list.push(one)
    else byAccess.set(key, [one])
  }
  return [...byAccess.values()].map(list => {
    const [first] = list as [FoundUse, ...FoundUse[]]
    const isMixed = list.some(({ use }) => use.type !== first.use.type)
    return isMixed ? { ...first, use: { ...first.use, type: undefined } } : first
  })
}
