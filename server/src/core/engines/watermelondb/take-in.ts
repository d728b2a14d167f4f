// Takes the tables that generated code brings along into a database: schema, migration and model classes.
import type { FixContext } from '../../rules/rule.ts'
import type { TextEdit } from '../../text/edit.ts'
import { addImport } from '../../write/add-import.ts'
import { appendBlock } from '../../write/append-block.ts'
import { insertElement } from '../../write/insert-element.ts'
import { styleOf } from '../../write/style.ts'
import type { Brought, Generators } from '../contract.ts'
import { arrayIn, packageOf, writeMigration } from './migrations/write-migration.ts'
import { writeTable } from './migrations/write-steps.ts'
import type { WatermelonStore } from './types.ts'

type Written = NonNullable<Brought['written']>
type Part = readonly TextEdit[] | { readonly problem: string }

/** The edits of a whole, or the first reason why there is none. */
export const takeIn: NonNullable<Generators['takeIn']> = (store, brought, context) => {
  const own = store as WatermelonStore
  const written = brought.written ?? []
  const stranger = written.find(({ entity, fields }) => {
    const table = own.table(entity)
    return table?.complete === true && fields.some(field => !table.columns.has(field.name))
  })
  if (stranger !== undefined) return { problem: `it has a table "${stranger.entity}" with other columns` }
  const missing = written.filter(({ entity }) => own.table(entity) === undefined)
  const models = modelsPart(own, written, brought.file, context)
  if ('problem' in models) return models
  if (missing.length === 0) return { edits: models, message: '' }
  const tables = tablesPart(own, missing, context)
  if ('problem' in tables) return tables
  const steps = missing.map(({ entity, fields }) => ({ kind: 'create' as const, table: entity, columns: fields }))
  const migration = writeMigration(own, steps, context)
  if (migration === undefined) return { problem: 'its version or its migrations cannot be written' }
  return {
    edits: [...tables, ...models, ...migration.edits],
    message: `Its tables are in the schema, with a migration to version ${migration.toVersion}.`,
    version: migration.toVersion,
  }
}

function tablesPart(store: WatermelonStore, missing: Written, context: FixContext): Part {
  const array = arrayIn(store.schema?.tablesValue, context)
  const module = array && store.scope.module(array.file)
  if (!array || !module) return { problem: 'its list of tables is not written out as a list' }
  const style = styleOf(array.text)
  const text = missing.map(({ entity, fields }) => writeTable(entity, fields, style)).join(',\n')
  return [
    appendBlock(array, text, style),
    ...addImport(array.file, array.text, module, { from: packageOf(store), names: ['tableSchema'] }, style),
  ]
}

/** The classes into each list of models that lacks them. */
function modelsPart(store: WatermelonStore, written: Written, file: string, context: FixContext): Part {
  if (store.modelClassesValues.length === 0) return { problem: 'its list of model classes was not found' }
  const lists = new Map(
    store.modelClassesValues.map(one => [`${one.file}:${one.value.at.start}`, arrayIn(one, context)]),
  )
  const edits: TextEdit[] = []
  for (const list of lists.values()) {
    const module = list && store.scope.module(list.file)
    if (!module) return { problem: 'its list of model classes is not written out as a list' }
    const present = new Set(list.elements.map(({ start, end }) => list.text.slice(start, end)))
    const names = written.map(one => one.model).filter(name => !present.has(name))
    if (names.length === 0) continue
    const from = context.specifier(list.file, file)
    const isImported = (name: string) =>
      module.imports.some(one => one.from === from && one.names.some(n => n.local === name))
    const taken = names.find(name => Object.hasOwn(module.bindings, name) && !isImported(name))
    if (taken !== undefined) return { problem: `"${taken}" means something else beside its list of model classes` }
    const style = styleOf(list.text)
    edits.push(
      insertElement(list, list.elements.length, names.join(', '), style, false),
      ...addImport(list.file, list.text, module, { from, names: names.filter(name => !isImported(name)) }, style),
    )
  }
  return edits
}
