// A released column has another type now.
import { findEntity } from '../../../baseline/find-entity.ts'
import { changeText, changeTo } from '../../../rules/change-text.ts'
import type { Fix, FixContext, Rule } from '../../../rules/rule.ts'
import type { Edit } from '../../../text/edit.ts'
import { exampleApp } from '../example-app.ts'
import { isLokiOnly } from '../migrations/loki-only.ts'
import { chainOf, comparedSnapshot } from '../migrations/missing-steps.ts'
import { type NewStep, specOf } from '../migrations/new-step.ts'
import { replay } from '../migrations/replay.ts'
import { writeMigration } from '../migrations/write-migration.ts'
import { clearColumn } from '../schema/find-column.ts'
import type { Column, TableInStore } from '../types.ts'

interface Data {
  readonly subject: TableInStore
  readonly column: Column
  readonly before: string
}

export const columnTypeChanged: Rule<TableInStore, Data> = {
  id: 'watermelondb/column-type-changed',
  severity: 'error',
  on: 'table',
  needsBaseline: true,
  docs: {
    what: 'A column of the released schema has another type in the present one.',
    why: 'The old values are on the phones as they were: each reads as 0, false or an empty text, and any later update of the record, even of another column, writes that over the old value.',
    fix: 'Keeps the old column on disk, adds one under a new name with the converted values, and moves the model to it. Or restores the type.',
  },
  *check(subject) {
    const { store, table } = subject
    const released = store.baseline?.kind === 'release' ? comparedSnapshot(store) : undefined
    const entity = findEntity(released, table.name.text)
    if (!released || !entity) return
    const chain = chainOf(store)
    if (chain === 'unknown' && store.version?.value !== released.version) return
    const devices = typeof chain === 'string' ? undefined : replay(chain, released)
    if (devices && !devices.isSure(table.name.text)) return
    for (const field of entity.fields) {
      const column = clearColumn(table, field.name)
      if (!column?.type || column.type.text === field.type || !types.has(field.type) || !types.has(column.type.text))
        continue
      // Dropped and added anew, or converted by SQL.
      const state = devices?.table(table.name.text)?.columns.get(field.name.toLowerCase())
      if (devices && (state?.by !== 'release' || state.isSetBySql)) continue
      yield {
        at: column.type.at,
        message: `"${field.name}" was released as a ${field.type} (${store.baseline?.label}): its old values are lost on phones that update, even when another column is written. Keep the type and add a new column for the ${column.type.text}.`,
        data: { subject, column, before: field.type },
      }
    }
  },
  fix({ data: { subject, column, before } }, context) {
    const restored = changeTo(column.entries.get('type')?.value, before, context)
    const restore: Fix | undefined = restored && { ...restored, title: `Restore the type "${before}"` }
    return [newColumn(subject, column, before, context), restore].flatMap(fix => fix ?? [])
  },
  examples: [
    {
      name: 'a text that became a number',
      released: exampleApp({
        version: 2,
        schema: "tableSchema({ name: 'posts', columns: [{ name: 'rank', type: 'string' }] }),",
        migrations: '{\n  toVersion: 2,\n  steps: [],\n},',
        models: { Post: "static table = 'posts'\n@field('rank') rank!: string" },
      }),
      files: exampleApp({
        version: 2,
        schema: `tableSchema({ name: 'posts', columns: [{ name: 'rank', type: 'number' }] }),
//                                                           ^^^^^^^^ was released as a string`,
        migrations: '{\n  toVersion: 2,\n  steps: [],\n},',
        models: { Post: "static table = 'posts'\n@field('rank') rank!: number" },
      }),
      fixed: {
        'src/db/schema.ts': exampleApp({
          version: 3,
          schema: "tableSchema({ name: 'posts', columns: [{ name: 'rank_number', type: 'number' }] }),",
        })['src/db/schema.ts']!,
        'src/models/Post.ts': exampleApp({
          models: { Post: "static table = 'posts'\n@field('rank_number') rank!: number" },
        })['src/models/Post.ts']!,
        'src/db/migrations.ts': exampleApp({
          migrations: `{
  toVersion: 2,
  steps: [],
},
{
  toVersion: 3,
  steps: [
    addColumns({
      table: 'posts',
      columns: [
        { name: 'rank_number', type: 'number' },
      ],
    }),
    unsafeExecuteSql('update "posts" set "rank_number" = cast("rank" as numeric);'),
  ],
},`,
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'converted by SQL, and a column that is new under an old name',
      released: exampleApp({
        schema:
          "tableSchema({ name: 'posts', columns: [{ name: 'rank', type: 'string' }, { name: 'size', type: 'string' }] }),",
      }),
      files: exampleApp({
        version: 2,
        schema:
          "tableSchema({ name: 'posts', columns: [{ name: 'rank', type: 'number' }, { name: 'size', type: 'number' }] }),",
        migrations: `{ toVersion: 2, steps: [
  unsafeExecuteSql('update posts set rank = cast(rank as real); alter table posts drop column size;'),
  addColumns({ table: 'posts', columns: [{ name: 'size', type: 'number' }] }),
] },`,
      }),
    },
  ],
}

const types = new Set(['string', 'number', 'boolean'])

/** Values of the old column as the new type would have them; undefined where no conversion can be meant. */
function converted(name: string, from: string, to: string): string | undefined {
  const old = `"${name}"`
  switch (`${from} ${to}`) {
    case 'string number':
      return `cast(${old} as numeric)`
    case 'number string':
      // Whole numbers may be stored as 42.0.
      return `case when ${old} = cast(${old} as integer) then cast(cast(${old} as integer) as text) else cast(${old} as text) end`
    case 'boolean number':
      return old
    case 'number boolean':
      return `${old} <> 0`
    case 'boolean string':
      return `case ${old} when 1 then 'true' else 'false' end`
    case 'string boolean':
      return `${old} in ('true', '1')`
    default:
      return undefined
  }
}

function newColumn(
  { store, table }: TableInStore,
  column: Column,
  before: string,
  context: FixContext,
): Fix | undefined {
  const old = column.name.text
  const type = column.type?.text ?? ''
  const name = `${old}_${type === 'string' ? 'text' : type === 'boolean' ? 'flag' : 'number'}`
  const value = converted(old, before, type)
  const inSchema = changeText(column.entries.get('name')?.value, name, context)
  if (!inSchema || value === undefined || table.columns.has(name) || isLokiOnly(store)) return undefined
  const steps: NewStep[] = [
    { kind: 'add', table: table.name.text, columns: [{ ...specOf(column), name }] },
    { kind: 'sql', sql: `update "${table.name.text}" set "${name}" = ${value};` },
  ]
  const written = writeMigration(store, steps, context)
  if (!written) return undefined
  const inModels = store.modelsOf(table.name.text).flatMap((model): Edit[] =>
    model.members.flatMap(member => {
      const argument =
        member.column?.text === old
          ? member.binding?.args?.find(one => one.value.at === member.column?.at.span)
          : undefined
      return changeText(argument, name, context) ?? []
    }),
  )
  return {
    title: `Add a new column "${name}" in a migration to version ${written.toVersion}`,
    safe: false,
    edits: [inSchema, ...inModels, ...written.edits],
  }
}
