// The key column of a relation has no index.
import type { Rule } from '../../../rules/rule.ts'
import { insertElement } from '../../../write/insert-element.ts'
import { styleOf } from '../../../write/style.ts'
import { exampleApp } from '../example-app.ts'
import { writeMigration } from '../migrations/write-migration.ts'
import { boundRelations } from '../models/bound-members.ts'
import { clearColumn } from '../schema/find-column.ts'
import type { Column, ModelInStore, Table, WatermelonStore } from '../types.ts'

interface Data {
  readonly store: WatermelonStore
  readonly table: Table
  readonly column: Column
}

const schema = (key: string) => `tableSchema({
  name: 'comments',
  columns: [
    ${key}
  ],
}),
tableSchema({ name: 'posts', columns: [] }),`
const Comment = "static table = 'comments'\n@relation('posts', 'post_id') post!: any"

export const unindexedForeignKey: Rule<ModelInStore, Data> = {
  id: 'watermelondb/unindexed-foreign-key',
  severity: 'info',
  on: 'model',
  docs: {
    what: 'The key column of a `@relation` or `belongs_to` is not indexed.',
    why: 'Reading children and joining tables looks at every row, which gets slow as the database grows.',
    fix: 'Adds `isIndexed: true` to the schema, and a migration that makes the same index on phones that update.',
  },
  *check({ model, store }) {
    const table = model.table && store.table(model.table.text)
    if (!table || table.unsafeSql || store.unsafeSql) return
    const relations = boundRelations(model).flatMap(one => one.key ?? [])
    const owned = model.associations.flatMap(one => (one.type?.text === 'belongs_to' ? (one.key ?? []) : []))
    for (const key of new Map([...owned, ...relations].map(one => [one.text, one])).values()) {
      const column = clearColumn(table, key.text)
      if (!column?.type || column.indexed || column.type.text !== 'string') continue
      const sql = store.history(table.name.text).sql
      if (sql.some(one => /\bindex\b/i.test(one.text) && one.text.includes(key.text))) continue
      yield {
        at: column.name.at,
        message: `"${key.text}" is the key of a relation but has no index: reading children and joins look at every row, which gets slow as "${table.name.text}" grows. Add isIndexed: true.`,
        related: [{ at: key.at, message: 'The relation' }],
        data: { store, table, column },
      }
    }
  },
  fix({ data: { store, table, column } }, context) {
    const { file, span } = column.at
    const text = context.text(file)
    const list = table.columnsValue
    const isOwn =
      list?.file === file && list.value.kind === 'array' && list.value.items.some(item => item.at.start === span.start)
    if (text === undefined || !isOwn) return undefined
    const written = column.entries.get('isIndexed')?.value
    const elements = [...column.entries.values()].map(entry => entry.at.span).sort((a, b) => a.start - b.start)
    const edit =
      written?.file === file
        ? { file, start: written.value.at.start, end: written.value.at.end, text: 'true' }
        : insertElement({ file, text, span, elements }, elements.length, 'isIndexed: true', styleOf(text), false)
    const isLoki = store.adapters.length > 0 && store.adapters.every(adapter => adapter.kind === 'loki')
    if (isLoki) {
      // Loki ignores SQL, so a column that a migration made without an index cannot be given one.
      const { created, added } = store.history(table.name.text)
      const isMigrated = created.length > 0 || added.some(one => one.column.name.text === column.name.text)
      return isMigrated ? undefined : { title: 'Add isIndexed: true', safe: false, edits: [edit] }
    }
    const [name, key] = [table.name.text, column.name.text]
    const sql = `create index if not exists "${name}_${key}" on "${name}" ("${key}");`
    const migration = writeMigration(store, [{ kind: 'sql', sql }], context)
    return (
      migration && {
        title: `Add an index with migration to version ${migration.toVersion}`,
        safe: false,
        edits: [edit, ...migration.edits],
      }
    )
  },
  examples: [
    {
      name: 'a relation by a column without index',
      files: exampleApp({
        schema: schema("{ name: 'post_id', type: 'string' },\n    //      ^^^^^^^^^ has no index"),
        version: 2,
        migrations: '{ toVersion: 2, steps: [] },',
        models: { Comment },
      }),
      fixed: {
        'src/db/schema.ts': exampleApp({
          schema: schema("{ name: 'post_id', type: 'string', isIndexed: true },"),
          version: 3,
        })['src/db/schema.ts']!,
        'src/db/migrations.ts': exampleApp({
          migrations: `{ toVersion: 2, steps: [] },
{
  toVersion: 3,
  steps: [
    unsafeExecuteSql('create index if not exists "comments_post_id" on "comments" ("post_id");'),
  ],
},`,
        })['src/db/migrations.ts']!,
      },
    },
    {
      name: 'an index, an index made by SQL, a key that is the id',
      files: exampleApp({
        schema: `${schema("{ name: 'post_id', type: 'string', isIndexed: true },")}
tableSchema({ name: 'likes', columns: [{ name: 'post_id', type: 'string' }] }),`,
        version: 2,
        migrations: `{ toVersion: 2, steps: [unsafeExecuteSql('create index likes_post_id on likes (post_id);')] },`,
        models: {
          Comment: `${Comment}\n@relation('posts', 'id') twin!: any`,
          Like: "static table = 'likes'\n@relation('posts', 'post_id') post!: any",
        },
      }),
    },
  ],
}
