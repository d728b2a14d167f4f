// The versions of the migrations have a gap, or one of them is there twice.
import type { Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { entriesBetween, insertEntries, setVersion } from '../migrations/write-migration.ts'
import type { Migration, WatermelonStore } from '../types.ts'

interface Data {
  readonly store: WatermelonStore
  readonly migration: Migration
  /** The first version that has no entry, and the one before `migration`'s; undefined for one that is there twice. */
  readonly gap: { readonly first: number; readonly last: number } | undefined
}

export const migrationGap: Rule<WatermelonStore, Data> = {
  id: 'watermelondb/migration-gap',
  severity: 'error',
  on: 'store',
  docs: {
    what: 'Between the lowest and the highest `toVersion` a version is missing, or one is there twice. The order of the list does not matter.',
    why: 'Development builds throw `Migrations must be listed without gaps, or duplicates`. A release build opens the database and never runs what is missing.',
    fix: 'Inserts the missing entries, empty, or gives the entry the number that is missing.',
  },
  *check(store) {
    const { migrationsRead } = store
    if (!migrationsRead?.complete || migrationsRead.list.some(one => !one.to)) return
    const ordered = [...migrationsRead.list].sort((a, b) => a.to!.value - b.to!.value)
    for (const [i, migration] of ordered.entries()) {
      const before = ordered[i - 1]?.to
      const to = migration.to!
      if (!before || to.value === before.value + 1) continue
      const related = [{ at: before.at, message: 'The version before' }]
      if (to.value === before.value)
        yield {
          at: to.at,
          message: `There are two migrations to version ${to.value}: the app throws when it starts. Join them, or give this one the next number.`,
          related,
          data: { store, migration, gap: undefined },
        }
      else {
        const first = before.value + 1
        const last = to.value - 1
        const missing = first === last ? `Version ${first} is` : `Versions ${first} to ${last} are`
        yield {
          at: to.at,
          message: `${missing} missing below this migration: the app throws when it starts. Insert the missing migration, or correct the number.`,
          related,
          data: { store, migration, gap: { first, last } },
        }
      }
    }
  },
  fix({ data: { store, migration, gap } }, context) {
    const { migrationsRead, version } = store
    const { to } = migration
    if (!migrationsRead || !to) return undefined
    const highest = Math.max(...migrationsRead.list.map(one => one.toVersion ?? 0))
    const renumber = (number: number) => ({
      title: `Change to ${number}`,
      safe: false,
      edits: [
        setVersion(to.at, number),
        ...(version && version.value < number ? [setVersion(version.at, number)] : []),
      ],
    })
    if (!gap)
      return migrationsRead.list.some(one => one.toVersion === to.value + 1) ? undefined : renumber(to.value + 1)
    const edits = insertEntries(store, migrationsRead, entriesBetween(gap.first, gap.last, []), context)
    const title = 'Insert empty migrations for the missing versions'
    const insert = edits && { title, safe: false, edits }
    if (!version || to.value !== highest || version.value !== gap.first) return insert
    // The highest number is a slip of the pen where the schema has not got that far. Else the schema has to follow.
    const follow = insert && {
      ...insert,
      title: `${title}, and raise the version to ${highest}`,
      edits: [...insert.edits, setVersion(version.at, highest)],
    }
    return [renumber(gap.first), ...(follow ? [follow] : [])]
  },
  examples: [
    {
      name: 'a version is missing',
      files: exampleApp({
        version: 4,
        migrations: `{
  toVersion: 2,
  steps: [],
},
{
  toVersion: 4,
//           ^ Version 3 is missing
  steps: [],
},`,
      }),
      fixed: {
        'src/db/migrations.ts': exampleApp({
          migrations:
            '{\n  toVersion: 2,\n  steps: [],\n},\n{\n  toVersion: 3,\n  steps: [],\n},\n{\n  toVersion: 4,\n  steps: [],\n},',
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'a slip of the pen',
      files: exampleApp({
        version: 3,
        migrations: `{ toVersion: 4, steps: [] },
//           ^ correct the number
{ toVersion: 2, steps: [] },`,
      }),
      fixed: {
        'src/db/migrations.ts': exampleApp({
          migrations: '{ toVersion: 3, steps: [] },\n{ toVersion: 2, steps: [] },',
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'a version twice',
      files: exampleApp({
        version: 3,
        migrations: `{ toVersion: 2, steps: [] },
{ toVersion: 2, steps: [] },
//           ^ two migrations to version 2`,
      }),
      fixed: {
        'src/db/migrations.ts': exampleApp({
          migrations: '{ toVersion: 2, steps: [] },\n{ toVersion: 3, steps: [] },',
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'newest first, and a chain that begins late',
      files: exampleApp({
        version: 7,
        migrations: '{ toVersion: 7, steps: [] },\n{ toVersion: 5, steps: [] },\n{ toVersion: 6, steps: [] },',
      }),
    },
    {
      name: 'a version that is not known',
      files: exampleApp({
        version: 4,
        migrations: '{ toVersion: 2, steps: [] },\n{ toVersion: next(), steps: [] },\n{ toVersion: 4, steps: [] },',
      }),
    },
  ],
}
