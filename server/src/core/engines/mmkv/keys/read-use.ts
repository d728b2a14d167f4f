// Reads one use of a key: which key, which type, and what is written.
import { placeOf } from '../../../catalog/place-of.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import { writtenText } from '../../../catalog/written-text.ts'
import type { CallValue, Value } from '../../../source/value.ts'
import { isTestFile } from '../files.ts'
import type { Site } from '../sites.ts'
import type { HandedOn, InstanceCall, KeyUse } from '../types.ts'
import { handedType } from './handed-type.ts'
import { keyText } from './key-name.ts'
import { hookTypes, keyMethods } from './methods.ts'
import { valueType } from './value-type.ts'

/** The use that a call of a method is. */
export function methodUse(scope: Scope, { method, call, fact, isOuter, isTest }: InstanceCall): KeyUse {
  const meaning = Object.hasOwn(keyMethods, method) ? keyMethods[method] : undefined
  const keyArgument = meaning && argumentOf(call, 0)
  const access = meaning?.access ?? (method === 'importAllFrom' ? 'write' : 'listen')
  const value = method === 'set' ? argumentOf(call, 1) : undefined
  return {
    access,
    method,
    mayWrite: access === 'write',
    type: meaning?.type ?? valueType(scope, value) ?? handedType(scope, value),
    ...keyOf(scope, keyArgument),
    keyArgument,
    value,
    call,
    fact,
    isOuter,
    isWrapped: false,
    handsOn: handedOn(scope, keyArgument, value),
    isTest,
    at: placeOf(call),
  }
}

/** The use that a call of a hook is. `takesSetter` is false where it is certain that nobody takes the setter. */
export function hookUse(scope: Scope, { name, value: call, fact, isOuter }: Site, takesSetter: boolean): KeyUse {
  const isListener = name === 'useMMKVListener'
  const keyArgument = isListener ? undefined : argumentOf(call, 0)
  return {
    access: isListener ? 'listen' : 'hook',
    method: name,
    mayWrite: !isListener && takesSetter,
    type: hookTypes[name],
    ...keyOf(scope, keyArgument),
    keyArgument,
    value: undefined,
    call,
    fact,
    isOuter,
    isWrapped: false,
    handsOn: handedOn(scope, keyArgument, undefined),
    isTest: isTestFile(scope, call.file),
    at: placeOf(call),
  }
}

/** What is known of the key that an expression gives. */
export function keyOf(scope: Scope, located: Located | undefined): Pick<KeyUse, 'key' | 'keyEnds'> {
  const key = keyText(scope, located)
  if (!located || key) return { key, keyEnds: undefined }
  const written = writtenText(scope, located)
  const holes = written?.parts.filter(part => part.isHole) ?? []
  const [first] = holes
  const last = holes.at(-1)
  if (!written || !first || !last) return { key: undefined, keyEnds: undefined }
  return { key: undefined, keyEnds: { start: written.text.slice(0, first.start), end: written.text.slice(last.end) } }
}

/** An argument of a call; undefined where there is none, or where a spread stands before it. */
export function argumentOf({ value, file }: Located<CallValue>, index: number): Located | undefined {
  const before = value.args.slice(0, index + 1)
  const argument = before[index]
  return argument && before.every(one => one.kind !== 'spread') ? { value: argument, file } : undefined
}

/** Which parameters of the function around are handed on. */
function handedOn(scope: Scope, key: Located | undefined, value: Located | undefined): HandedOn | undefined {
  const keyParam = parameterOf(scope, key)
  if (!keyParam) return undefined
  const valueParam = parameterOf(scope, value)
  return { ...keyParam, value: valueParam?.fn === keyParam.fn ? valueParam.key : undefined }
}

function parameterOf(scope: Scope, located: Located | undefined): { fn: number; key: number } | undefined {
  if (located?.value.kind !== 'name' || located.value.key === undefined) return undefined
  const { param } = scope.binding(located.file, located.value.key) ?? {}
  const names = param && scope.usage(located.file)?.functions[param.fn]?.params[param.index]
  // A part of a parameter that is taken apart is handed over in an object.
  return param && names?.length === 1 && names[0] === located.value.key ? { fn: param.fn, key: param.index } : undefined
}

/** False where the result of a hook is taken apart without the setter. */
export function mayTakeSetter(scope: Scope, { value, file }: Located<CallValue>): boolean {
  const taken = Object.values(scope.module(file)?.bindings ?? {}).flatMap(({ value: part }) =>
    part && isPartOf(part, value) ? [part] : [],
  )
  return taken.length === 0 || taken.some(part => part.kind !== 'member' || indexOf(part.index) !== 0)
}

const isPartOf = (part: Value, of: CallValue): boolean => part.kind === 'member' && part.of === of

const indexOf = (index: Value | undefined): number | undefined => (index?.kind === 'number' ? index.value : undefined)
