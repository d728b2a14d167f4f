// The type of a value, as far as the code says it without being run.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { TypeFact } from '../../../facts/file-facts.ts'
import type { CallValue, MemberValue, NameValue, Value } from '../../../source/value.ts'
import { calledFunction, classMember } from '../instances/called-function.ts'
import type { ValueType } from '../types.ts'

/** Values that lead to one another more often than this are taken for cycles. */
const deepest = 20

const comparison = /^(?:[!=]==?|[<>]=?)$/

/** Methods of the language and of MMKV that give one type whatever they are called on. */
const methods: ReadonlyMap<string, ValueType> = new Map([
  ...[
    ...['toString', 'toISOString', 'toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'toFixed'],
    ...['toLowerCase', 'toUpperCase', 'trim', 'join', 'padStart', 'padEnd', 'getString'],
  ].map(name => [name, 'string'] as const),
  ...['getTime', 'indexOf', 'getNumber'].map(name => [name, 'number'] as const),
  ...['startsWith', 'endsWith', 'includes', 'getBoolean'].map(name => [name, 'boolean'] as const),
])

/** Functions of the language, by what they are called as. */
const functions: Readonly<Record<string, ValueType>> = {
  String: 'string',
  Number: 'number',
  Boolean: 'boolean',
  parseInt: 'number',
  parseFloat: 'number',
  encodeURIComponent: 'string',
  'JSON.stringify': 'string',
  'Date.now': 'number',
  'Number.parseInt': 'number',
  'Number.parseFloat': 'number',
  'Array.isArray': 'boolean',
  'Uint8Array.from': 'buffer',
  'Uint8Array.of': 'buffer',
}

const buffers = new Set(['ArrayBuffer', 'Uint8Array'])

/** The type of a value when it is written; undefined where it is not known. */
export function valueType(scope: Scope, located: Located | undefined, depth = 0): ValueType | undefined {
  if (!located || depth > deepest) return undefined
  const { value, file } = located
  const inner = (part: Value) => valueType(scope, { value: part, file }, depth + 1)
  switch (value.kind) {
    case 'string':
    case 'template':
      return 'string'
    case 'number':
    case 'boolean':
      return value.kind
    case 'unknown':
      return value.type
    case 'await':
      return inner(value.value)
    case 'conditional':
      return same(inner(value.whenTrue), inner(value.whenFalse))
    case 'binary':
      return binaryType(value.op, value.left, value.right, inner)
    case 'name':
      return nameType(scope, { value, file }, depth)
    case 'member':
      return memberType(scope, { value, file }, depth)
    case 'call':
      return callType(scope, { value, file }, depth)
    default:
      return undefined
  }
}

/** The type that an annotation gives: `string`, `'a' | 'b'`, `number | undefined`; undefined for names and what is mixed. */
export function annotatedType(type: Pick<TypeFact, 'parts'> | undefined): ValueType | undefined {
  const parts = type?.parts.filter(part => part !== 'undefined' && part !== 'null') ?? []
  const types = parts.map(partType)
  const [first] = types
  return types.every(one => one === first) ? first : undefined
}

function partType(part: string): ValueType | undefined {
  if (part === 'string' || /^(['"]).*\1$/.test(part)) return 'string'
  if (part === 'number' || /^-?\d[\d_.]*$/.test(part)) return 'number'
  if (part === 'boolean' || part === 'true' || part === 'false') return 'boolean'
  return buffers.has(part) ? 'buffer' : undefined
}

const same = (a: ValueType | undefined, b: ValueType | undefined): ValueType | undefined => (a === b ? a : undefined)

function binaryType(
  op: string,
  left: Value,
  right: Value,
  typeOf: (value: Value) => ValueType | undefined,
): ValueType | undefined {
  if (comparison.test(op)) return 'boolean'
  if (op === '-' || op === '*' || op === '/') return 'number'
  const [a, b] = [typeOf(left), typeOf(right)]
  if (op !== '+') return same(a, b)
  if (a === 'string' || b === 'string') return 'string'
  return a === 'number' && b === 'number' ? 'number' : undefined
}

function nameType(scope: Scope, { value, file }: Located<NameValue>, depth: number): ValueType | undefined {
  const binding = value.key === undefined ? undefined : scope.binding(file, value.key)
  if (!binding) return undefined
  // `let` and parameters are what they are declared to be; a rest parameter is a list of that.
  if (binding.type) return annotatedType(binding.type)
  if (binding.import) {
    const found = scope.follow({ value, file })
    return found.value === value ? undefined : valueType(scope, found, depth + 1)
  }
  return binding.value && valueType(scope, { value: binding.value, file }, depth + 1)
}

function memberType(scope: Scope, located: Located<MemberValue>, depth: number): ValueType | undefined {
  const { value, file } = located
  const found = scope.follow(located)
  if (found.value !== value) return valueType(scope, found, depth + 1)
  const type = annotatedType(classMember(scope, located)?.type)
  if (type) return type
  // `bytes.buffer` of bytes.
  const isBytes = value.name === 'buffer' && valueType(scope, { value: value.of, file }, depth + 1) === 'buffer'
  return isBytes ? 'buffer' : undefined
}

function callType(scope: Scope, call: Located<CallValue>, depth: number): ValueType | undefined {
  const { callee, isNew } = call.value
  const { file } = call
  const name = globalName(callee)
  if (isNew) return name !== undefined && buffers.has(name) ? 'buffer' : undefined
  if (name !== undefined && Object.hasOwn(functions, name)) return functions[name]
  if (name?.startsWith('Math.')) return 'number'
  const called = calledFunction(scope, { value: callee, file })
  const fn = called && scope.usage(called.file)?.functions[called.id]
  if (called && fn) {
    if (fn.isGenerator) return undefined
    if (fn.returnType) return annotatedType(promised(fn.returnType))
    if (fn.canFallThrough || fn.returns.length === 0) return undefined
    const types = fn.returns.map(value => valueType(scope, { value, file: called.file }, depth + 1))
    return types.every(one => one === types[0]) ? types[0] : undefined
  }
  const method = callee.kind === 'member' ? callee.name : undefined
  const known = method === undefined ? undefined : methods.get(method)
  return known && scope.target({ value: callee, file }).kind !== 'external' ? known : undefined
}

/** `Date.now` where nothing in the file declares `Date`. */
function globalName(value: Value): string | undefined {
  if (value.kind === 'name') return value.key === undefined ? value.name : undefined
  if (value.kind !== 'member' || value.of.kind !== 'name' || value.of.key !== undefined) return undefined
  return value.name === undefined ? undefined : `${value.of.name}.${value.name}`
}

function promised(type: TypeFact): Pick<TypeFact, 'parts'> {
  const inner = /^Promise<\s*([^<>]+?)\s*>$/.exec(type.text)?.[1]
  return inner === undefined ? type : { parts: inner.split('|').map(part => part.trim()) }
}
