// Keys in SQLite: which are the numbers that SQLite gives to rows, and which cannot be synced.
import type { Entity, Field } from '../../../catalog/catalog.ts'
import type { NumberedKeys } from '../layer.ts'

/**
 * A key of exactly this type is the number of the row, which SQLite gives where the app gives none
 * (https://sqlite.org/langcreatetable.html#rowid).
 */
const rowNumber = /^integer$/i

export const numberedKeys: NumberedKeys = {
  has: entity => {
    const [key, ...others] = entity.fields.filter(field => field.isPrimary)
    return key !== undefined && others.length === 0 && isCounted(entity, key)
  },
  holdsKey: (entity, field, other) => {
    const key = other.fields.find(one => one.isPrimary)?.name.text
    return (shapeOf(entity)?.foreignKeys ?? []).some(
      ({ columns, table, to }) =>
        columns.length === 1 &&
        isSame(columns[0], field) &&
        isSame(table, other.name.text) &&
        (to === undefined || isSame(to[0], key)),
    )
  },
  mayHold: ({ type }) => type !== undefined && /int/i.test(type.text),
}

/** A number that SQLite does not count can be given twice, by the app on two devices. */
export function keyProblem(entity: Entity): string | undefined {
  const key = entity.fields.find(field => field.isPrimary)
  if (key?.type === undefined || !/int/i.test(key.type.text) || isCounted(entity, key)) return undefined
  return `its key \`${key.name.text}\` is a number that SQLite does not count; make it \`INTEGER PRIMARY KEY\` of a table with rowids, or a text that the client makes`
}

function isCounted(entity: Entity, key: Field): boolean {
  const shape = shapeOf(entity)
  if (shape?.kind !== 'table' || !rowNumber.test(key.type?.text.trim() ?? '')) return false
  // A table without rowids has no numbers, and by an old mistake of SQLite, which it keeps, the word DESC takes them away.
  return !/\bwithout\s+rowid\b|\binteger\s+primary\s+key\s+desc\b/i.test(shape.sql)
}

/** What is looked at of a table's shape, which the tables of the engine carry. */
interface TableShape {
  readonly kind: string
  readonly sql: string
  readonly foreignKeys: readonly {
    readonly columns: readonly string[]
    readonly table: string
    /** Absent where the primary key is meant. */
    readonly to?: readonly string[]
  }[]
}

/** What SQLite has told of the table. */
const shapeOf = (entity: Entity): TableShape | undefined =>
  'shape' in entity ? (entity.shape as TableShape) : undefined

const isSame = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && one.toLowerCase() === other?.toLowerCase()
