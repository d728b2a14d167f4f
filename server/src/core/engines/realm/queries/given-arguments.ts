// What is known of the arguments that a query is given.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { Value } from '../../../source/value.ts'
import { onlyPart } from '../code/type-names.ts'
import type { RqlArguments, RqlArgumentValue } from '../rql/world.ts'

/** The arguments of a call from `first` on. */
export function givenArguments(scope: Scope, file: string, args: readonly Value[], first: number): RqlArguments {
  const own = args.slice(first)
  if (args.some(argument => argument.kind === 'spread')) return {}
  return { count: own.length, values: own.map(value => kindOf(scope, { value, file })) }
}

type Kind = Exclude<RqlArgumentValue['type'], 'string'>

const typeNames: Readonly<Record<string, Kind | 'string'>> = {
  string: 'string',
  number: 'number',
  boolean: 'bool',
  Date: 'date',
  ArrayBuffer: 'data',
}

function kindOf(scope: Scope, located: Located): RqlArgumentValue | undefined {
  const text = scope.text(located)
  if (text) return { type: 'string', value: text.text }
  const { value, file } = scope.follow(located)
  switch (value.kind) {
    case 'number':
      return { type: 'number' }
    case 'boolean':
      return { type: 'bool' }
    case 'null':
    case 'undefined':
      return { type: 'null' }
    case 'array':
      return { type: 'list' }
    case 'template':
      return { type: 'string' }
    case 'call': {
      const type = value.isNew ? madeBy(value.callee) : undefined
      return type && { type }
    }
    case 'name': {
      const binding = value.key === undefined ? undefined : scope.binding(file, value.key)
      // What is given another value later may also be of another type, which its annotation says.
      const type = typeNames[onlyPart(binding?.type) ?? '']
      const isSure = binding?.type?.parts.length === 1
      return type && isSure ? { type } : undefined
    }
    default:
      return undefined
  }
}

/** What `new Date()`, `new BSON.ObjectId()` and their like make. */
function madeBy(callee: Value): Kind | undefined {
  if (callee.kind === 'name') return callee.key === undefined && callee.name === 'Date' ? 'date' : bson(callee.name)
  return callee.kind === 'member' ? bson(callee.name) : undefined
}

const bson = (name: string | undefined): Kind | undefined =>
  name === 'ObjectId' || name === 'ObjectID' ? 'objectId' : name === 'UUID' ? 'uuid' : undefined
