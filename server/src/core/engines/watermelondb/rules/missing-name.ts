// A table or column has no name.
import type { Located } from '../../../catalog/scope.ts'
import { changeText } from '../../../rules/change-text.ts'
import type { Fix, FixContext, Rule } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import type { Place } from '../../../text/span.ts'
import { insertElement } from '../../../write/insert-element.ts'
import { quoted, styleOf } from '../../../write/style.ts'
import { exampleApp } from '../example-app.ts'
import { isJavaScript } from '../is-javascript.ts'
import type { ColumnList, ColumnsInStore } from '../schema/column-lists.ts'
import { implicitColumns } from '../schema/find-column.ts'
import type { WatermelonStore } from '../types.ts'

interface Data {
  readonly store: WatermelonStore
  readonly list: ColumnList
  readonly what: 'table' | 'column'
  /** The name as written; undefined where there is none. */
  readonly literal: Located | undefined
  /** The object literal that lacks a name. */
  readonly object: Located | undefined
}

export const missingName: Rule<ColumnsInStore, Data> = {
  id: 'watermelondb/missing-name',
  severity: 'error',
  on: 'columns',
  docs: {
    what: 'A table or column has an empty name, or (in JavaScript, where no compiler says so) none at all.',
    why: 'Development builds throw `Missing table name in schema` or `Missing column name` when the app starts; a release build makes a table that nothing can reach.',
    fix: 'Writes the name that the models use and the schema lacks, where there is only one.',
  },
  *check({ list, store }) {
    const evidence = (list: ColumnList, what: Data['what'], at: Place, literal?: Located, object?: Located) => ({
      at,
      message: `This ${what} has no name: the app throws "Missing ${what} name" when it starts. Give it one.`,
      data: { store, list, what, literal, object },
    })
    const { table } = list
    if (table?.isNamed && table.name.text === '') yield evidence(list, 'table', table.name.at, table.nameEntry?.value)
    if (table && !table.nameEntry && table.complete && isJavaScript(table.spec.file))
      yield evidence(list, 'table', { file: table.spec.file, span: table.spec.value.at }, undefined, table.spec)
    for (const column of list.columns)
      if (column.name.text === '') yield evidence(list, 'column', column.name.at, column.entries.get('name')?.value)
    for (const { at, isEmptyKnown } of list.nameless) {
      if (!isEmptyKnown || !isJavaScript(at.file)) continue
      yield evidence(list, 'column', at, undefined, objectAt(store, list, at))
    }
  },
  fix({ data }, context) {
    const names = data.what === 'table' ? tablesInNeed(data.store) : columnsInNeed(data.store, data.list)
    const [name] = names
    if (name === undefined || names.length > 1) return undefined
    const edit = data.literal ? changeText(data.literal, name, context) : addName(data.object, name, context)
    return edit && nameFix(name, edit)
  },
  examples: [
    {
      name: 'an empty column name',
      files: exampleApp({
        schema: `tableSchema({
  name: 'posts',
  columns: [
    { name: '', type: 'string' },
//          ^^ This column has no name
  ],
}),`,
        models: { Post: "static table = 'posts'\n@field('title') title!: string" },
      }),
      fixed: { 'src/db/schema.ts': exampleApp({})['src/db/schema.ts']! },
    },
    {
      name: 'no table name in JavaScript',
      files: {
        'src/db/schema.js': `import { appSchema, tableSchema } from '@nozbe/watermelondb'
const posts = { columns: [{ type: 'string' }] }
//            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ This table has no name
//                        ^^^^^^^^^^^^^^^^^^ This column has no name
export const schema = appSchema({ version: 1, tables: [tableSchema(posts)] })
`,
        'src/db/Post.js': `import { Model } from '@nozbe/watermelondb'
export class Post extends Model {
  static table = 'posts'
}
`,
      },
      fixed: {
        'src/db/schema.js': `import { appSchema, tableSchema } from '@nozbe/watermelondb'
const posts = { name: 'posts', columns: [{ type: 'string' }] }
export const schema = appSchema({ version: 1, tables: [tableSchema(posts)] })
`,
      },
    },
    {
      name: 'names that are not known, and what the compiler says',
      files: exampleApp({
        schema: `tableSchema({ name: nameOf('posts'), columns: [{ ...titleColumn }, { name: prefix + 'x', type: 'string' }] }),
tableSchema({ columns: [{ type: 'string' }] } as any),`,
      }),
    },
  ],
}

const nameFix = (name: string, edit: TextEdit): Fix => ({ title: `Name it "${name}"`, safe: false, edits: [edit] })

/** Tables that models stand for and the schema does not have. */
const tablesInNeed = (store: WatermelonStore): string[] => [
  ...new Set(store.models.flatMap(model => (model.table && !store.table(model.table.text) ? [model.table.text] : []))),
]

/** Columns that models of the table read and the table does not have. */
const columnsInNeed = (store: WatermelonStore, list: ColumnList): string[] => {
  const present = new Set(list.columns.map(column => column.name.text))
  const models = list.tableName === undefined ? [] : store.modelsOf(list.tableName)
  const named = models.flatMap(model => model.members.flatMap(member => member.column?.text ?? []))
  return [...new Set(named)].filter(name => !present.has(name) && !implicitColumns.has(name))
}

/** The literal of a column, found by where it stands. */
const objectAt = (store: WatermelonStore, list: ColumnList, at: Place): Located | undefined =>
  store.scope.items(list.value)?.items.find(item => item.file === at.file && item.value.at === at.span)

function addName(object: Located | undefined, name: string, context: FixContext): TextEdit | undefined {
  const text = object && context.text(object.file)
  if (object?.value.kind !== 'object' || text === undefined) return undefined
  const elements = object.value.props.map(prop => prop.at)
  const style = styleOf(text)
  return insertElement(
    { file: object.file, text, span: object.value.at, elements },
    0,
    `name: ${quoted(name, style)}`,
    style,
    false,
  )
}
