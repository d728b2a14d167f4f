// Tables that are made in two places with other columns: whichever runs first wins, and the other does nothing.
import { foldName } from '../../../sql/scan-sql.ts'
import type { Place } from '../../../text/span.ts'
import { type CreatedTable, createdTables } from '../schema/create-table.ts'
import { definitionsIn } from '../schema/schema-texts.ts'
import type { SchemaText, SqliteStore } from '../types.ts'
import { baseTexts } from './runs.ts'

/** A table that is made again otherwise. */
export interface MadeTwice {
  readonly table: string
  /** A column that one of them has alone, and whether the second has it. */
  readonly column: string
  readonly first: Place
  readonly second: Place
}

/** The tables that run whatever the version is, and are guarded by `IF NOT EXISTS` both times. */
export function* madeTwice(store: SqliteStore): Generator<MadeTwice> {
  const known = new Map<string, { readonly text: SchemaText; readonly created: CreatedTable }>()
  const base = baseTexts(store)
  for (const text of base)
    for (const created of createdTables(text.sql.text)) {
      const { sql } = text
      const key = foldName(created.name.text)
      const head = sql.text.slice(created.start, created.name.start)
      if (!/\bif\s+not\s+exists\b/i.test(head) || isOfPlatform(text) || created.columns.length === 0) continue
      const before = known.get(key)
      if (!before) {
        known.set(key, { text, created })
        continue
      }
      const column = otherColumn(before.created, created)
      const first = before.text.sql.source(before.created.name.start, before.created.name.end)
      const second = sql.source(created.name.start, created.name.end)
      if (column === undefined || !first || !second || isMadeAnew(store, key)) continue
      yield { table: created.name.text, column, first, second }
    }
}

const isOfPlatform = ({ call }: SchemaText): boolean => /\.(?:web|ios|android|native)\.\w+$/.test(call.at.file)

function otherColumn(a: CreatedTable, b: CreatedTable): string | undefined {
  const names = (table: CreatedTable) => new Set(table.columns.map(one => foldName(one.name.text)))
  const [left, right] = [names(a), names(b)]
  const only = [
    ...b.columns.filter(one => !left.has(foldName(one.name.text))),
    ...a.columns.filter(one => !right.has(foldName(one.name.text))),
  ]
  return only[0]?.name.text
}

/** True where something drops or renames the table, so that it may be made again. */
const isMadeAnew = ({ calls }: SqliteStore, key: string): boolean =>
  calls.some(({ sql }) => {
    if (!sql) return false
    const names = foldName(sql.text)
    return (
      names.includes(key) &&
      definitionsIn(sql.text).some(
        one => one.kind === 'drop' || (one.kind === 'alter' && /\brename\s+to\b/i.test(sql.text)),
      )
    )
  })
