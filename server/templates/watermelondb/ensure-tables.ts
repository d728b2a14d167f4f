// Checks that the app's database has the tables of the sync.
import type { Database } from '@nozbe/watermelondb'

/** Throws where one is missing: WatermelonDB passes over rows of a table that it does not know, and nothing would be safe. */
export function ensureTables(database: Database, names: readonly string[]): void {
  const missing = names.filter(name => !database.get(name)?.schema)
  if (missing.length > 0)
    throw new Error(
      `The tables of sync-tables.ts must be in the schema, the migrations and modelClasses: ${missing.join(', ')}.`,
    )
}
