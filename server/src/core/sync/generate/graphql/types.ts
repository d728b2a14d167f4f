// How a field is written in GraphQL: its type in the schema of the server.
import type { PlainType } from '../../../catalog/catalog.ts'
import type { SyncField } from '../layer.ts'

type Scalar = Exclude<PlainType, object>

/** The type of a field, with `!` where it cannot be null. */
export function graphqlTypeOf(field: SyncField): string {
  const { type } = field
  const name = field.refersTo === undefined ? nameOf(type) : 'ID'
  return field.optional ? name : `${name}!`
}

/** A scalar of the schema that GraphQL does not know of itself. */
export const jsonScalar = `"Any JSON value."
scalar JSON`

function nameOf(type: PlainType): string {
  return typeof type === 'object' ? `[${scalarOf(type.list)}!]` : scalarOf(type)
}

function scalarOf(type: Scalar): string {
  switch (type) {
    // An Int of GraphQL has 32 bits, too few for milliseconds and for whole numbers of a database.
    case 'integer':
    case 'milliseconds':
    case 'number':
      return 'Float'
    case 'boolean':
      return 'Boolean'
    case 'id':
      return 'ID'
    case 'json':
    case 'unknown':
      return 'JSON'
    default:
      return 'String'
  }
}
