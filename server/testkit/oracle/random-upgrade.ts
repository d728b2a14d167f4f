// Makes up released apps and what their authors changed since, for proofs over many of them.
import fc from 'fast-check'
import type { SnapshotField, SnapshotStep } from '../../src/core/baseline/snapshot.ts'
import type { Shape } from './app-of-snapshot.ts'
import { type AppPlan, type Habits, writeApp } from './write-app.ts'

/** An app as it was released and as its author left it, the migrations not yet written, or only in part. */
export interface RandomUpgrade {
  readonly released: Record<string, string>
  readonly current: Record<string, string>
  /** Whether the baseline is what was released, or only what was committed. */
  readonly baseline: 'release' | 'commit'
}

const habits: fc.Arbitrary<Habits> = fc.record({
  language: fc.constantFrom('ts', 'ts', 'js', 'commonjs'),
  quote: fc.constantFrom("'", '"'),
  semicolon: fc.constantFrom(';', ''),
  indent: fc.constantFrom('  ', '  ', '    ', '\t'),
  newline: fc.constantFrom('\n', '\n', '\n', '\r\n'),
  trailingComma: fc.boolean(),
  spacedBraces: fc.boolean(),
  tables: fc.constantFrom('inline', 'inline', 'constants', 'files'),
  migrations: fc.constantFrom('inline', 'inline', 'constant', 'files'),
  newestFirst: fc.boolean(),
  version: fc.constantFrom('literal', 'literal', 'constant', 'imported'),
  isOneFile: fc.constantFrom(false, false, false, true),
  namedOptions: fc.constantFrom(false, false, true),
  isWide: fc.boolean(),
})

const tableNames = ['posts', 'comments', 'user_settings', 'order']
const columnNames = ['title', 'body', 'post_id', 'created_at', 'isPinned', 'group', 'rank', 'note_2', 'last_seen_at']

const field = (name: string): fc.Arbitrary<SnapshotField> =>
  fc
    .record({
      type: name === 'created_at' ? fc.constant('number') : fc.constantFrom('string', 'number', 'boolean'),
      optional: name === 'created_at' ? fc.constant(false) : fc.boolean(),
      indexed: fc.constantFrom(false, false, true),
    })
    .map(rest => ({ name, ...rest }))

const fields = (names: readonly string[], least: number, most: number): fc.Arbitrary<SnapshotField[]> =>
  fc
    .uniqueArray(fc.constantFrom(...names), { minLength: least, maxLength: most })
    .chain(chosen => fc.tuple(...chosen.map(field)))

const entity = (name: string) => fields(columnNames, 1, 6).map(all => ({ name, complete: true, fields: all }))

const entities = fc
  .uniqueArray(fc.constantFrom(...tableNames), { minLength: 1, maxLength: 4 })
  .chain(names => fc.tuple(...names.map(entity)))

type Entity = Shape['entities'][number]

/** What the author does to one table of the release. */
const edit = fc.record({
  drop: fc.constantFrom(false, false, false, false, false, true),
  dropColumns: fc.array(fc.nat(5), { maxLength: 2 }),
  addIndexes: fc.constantFrom<number[]>([], [], [0], [1, 2]),
  add: fields(['new_name', 'editedAt', 'is_done', 'author_id', 'limit'], 0, 2),
  isChanged: fc.boolean(),
})

const edited = (table: Entity, { drop, dropColumns, addIndexes, add, isChanged }: Edit): Entity[] => {
  if (drop) return []
  if (!isChanged) return [table]
  const kept = table.fields
    .map((one, i) => (addIndexes.includes(i) ? { ...one, indexed: true } : one))
    .filter((_, i) => !dropColumns.includes(i))
  return [{ ...table, fields: [...kept, ...add] }]
}

type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never

/** Apps that were released at version 1 to 4, and the changes since. */
export const randomUpgrade: fc.Arbitrary<RandomUpgrade> = fc
  .record({
    habits,
    baseline: fc.constantFrom('release', 'release', 'release', 'commit'),
    entities,
    version: fc.constantFrom(1, 1, 2, 3, 4),
    hasMigrations: fc.constantFrom(true, true, false),
    /** How many of the columns of the release came by migrations. */
    migrated: fc.nat(3),
    edits: fc.array(edit, { minLength: 4, maxLength: 4 }),
    newTable: fc.option(entity('labels')),
    /** How far the author has raised the version, and what the migrations do about it. */
    raised: fc.constantFrom(0, 0, 1, 1, 2),
    begun: fc.constantFrom('nothing', 'empty', 'some'),
  })
  .map(({ habits: how, entities: old, version, ...rest }) => {
    const now = [...old.flatMap((table, i) => edited(table, rest.edits[i]!)), ...(rest.newTable ? [rest.newTable] : [])]
    const chain = rest.hasMigrations ? chainTo(version, old, rest.migrated) : undefined
    const next = version + rest.raised
    const steps = rest.begun === 'some' ? stepsBetween(old, now).slice(0, 1) : []
    const added =
      rest.begun === 'nothing'
        ? []
        : Array.from({ length: rest.raised }, (_, i) => ({ toVersion: version + i + 1, steps: i === 0 ? steps : [] }))
    const before: AppPlan = { shape: { version, entities: old }, migrations: chain }
    const after: AppPlan = { shape: { version: next, entities: now }, migrations: chain && [...chain, ...added] }
    return { released: writeApp(before, how), current: writeApp(after, how), baseline: rest.baseline }
  })

/** Migrations up to a version, the newest of which brought the last columns of the first table. */
const chainTo = (version: number, [table]: readonly Entity[], migrated: number) =>
  Array.from({ length: version - 1 }, (_, i) => {
    const columns = i === version - 2 && table && migrated > 0 ? table.fields.slice(1).slice(-migrated) : []
    const steps: SnapshotStep[] =
      columns.length > 0 && table ? [{ kind: 'add-fields', entity: table.name, fields: columns }] : []
    return { toVersion: i + 2, steps }
  })

/** The steps that the author owes. */
const stepsBetween = (before: readonly Entity[], after: readonly Entity[]): SnapshotStep[] =>
  after.flatMap((table): SnapshotStep[] => {
    const old = before.find(one => one.name === table.name)
    if (!old) return [{ kind: 'create-entity', entity: table.name, fields: table.fields }]
    const added = table.fields.filter(one => !old.fields.some(other => other.name === one.name))
    return added.length > 0 ? [{ kind: 'add-fields', entity: table.name, fields: added }] : []
  })
