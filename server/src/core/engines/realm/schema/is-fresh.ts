// Whether an expression gives another value each time that it runs.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { CallValue, Value } from '../../../source/value.ts'

/** Calls nested deeper than this are taken for cycles. */
const deepest = 8

/** What gives something new without arguments. */
const freshClasses = new Set(['Date', 'ObjectId', 'ObjectID', 'UUID', 'Uuid'])
const freshGlobals = new Set(['Date.now', 'Math.random', 'Date', 'crypto.randomUUID', 'performance.now'])
/** Functions of packages that make ids and times. */
const freshNames = /^(?:uuid(?:v[1-7])?|v[1-7]|nanoid|ulid|cuid2?|ksuid|createId|randomUUID|moment|dayjs|generate)$/

/** True when an expression certainly makes a new value whenever it runs: a time, an id, something random. */
export function isFresh(scope: Scope, located: Located, depth = 0): boolean {
  const found = scope.follow(located)
  const { value, file } = found
  const inside = (one: Value): boolean => isFresh(scope, { value: one, file }, depth + 1)
  if (depth > deepest) return false
  switch (value.kind) {
    case 'call':
      return isFreshCall(scope, { value, file }, depth)
    case 'template':
      return value.values.some(inside)
    case 'binary':
      return ['+', '-', '*', '/'].includes(value.op) && (inside(value.left) || inside(value.right))
    default:
      return false
  }
}

function isFreshCall(scope: Scope, { value, file }: Located<CallValue>, depth: number): boolean {
  const { callee, args, isNew } = value
  const name = dottedName(callee)
  const isAnyFresh = args.some(arg => isFresh(scope, { value: arg, file }, depth + 1))
  if (isNew) {
    const last = name?.split('.').at(-1) ?? ''
    return freshClasses.has(last) && (args.length === 0 || isAnyFresh)
  }
  // `new Date().toISOString()`
  if (callee.kind === 'member' && isFresh(scope, { value: callee.of, file }, depth + 1)) return true
  const isGlobal = rootOf(callee)?.key === undefined
  if (name !== undefined && isGlobal && (freshGlobals.has(name) || (['String', 'Number'].includes(name) && isAnyFresh)))
    return true
  const target = scope.target({ value: callee, file })
  if (target.kind === 'external') {
    const last = target.name.split('.').at(-1) ?? ''
    const called = last === 'default' ? (name ?? '') : last
    return args.length === 0 && freshNames.test(called)
  }
  if (target.kind !== 'value' || target.located.value.kind !== 'function') return false
  const fn = scope.usage(target.located.file)?.functions[target.located.value.id]
  const [result] = fn?.returns ?? []
  if (fn?.returns.length !== 1 || !result || fn.isAsync || fn.isGenerator) return false
  return isFresh(scope, { value: result, file: target.located.file }, depth + 1)
}

function dottedName(value: Value): string | undefined {
  if (value.kind === 'name') return value.name
  if (value.kind !== 'member' || value.name === undefined) return undefined
  const of = dottedName(value.of)
  return of && `${of}.${value.name}`
}

const rootOf = (value: Value): Extract<Value, { kind: 'name' }> | undefined =>
  value.kind === 'member' ? rootOf(value.of) : value.kind === 'name' ? value : undefined
