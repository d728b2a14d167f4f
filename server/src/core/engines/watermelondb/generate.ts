// What can be written when asked by name: a migration, a table, a column, each with all that belongs to it.

import type { FixContext } from '../../rules/rule.ts'
import type { Edit } from '../../text/edit.ts'
import { addImport } from '../../write/add-import.ts'
import { appendBlock } from '../../write/append-block.ts'
import { insertElement } from '../../write/insert-element.ts'
import { styleOf } from '../../write/style.ts'
import type { FieldWish, Generated, Generators } from '../contract.ts'
import { chainOf, comparedSnapshot, coversVersion, missingSteps, releasedSnapshot } from './migrations/missing-steps.ts'
import type { ColumnSpec, NewStep } from './migrations/new-step.ts'
import { arrayIn, packageOf, writeMigration } from './migrations/write-migration.ts'
import { writeColumn, writeTable } from './migrations/write-steps.ts'
import { takeIn } from './take-in.ts'
import type { WatermelonStore } from './types.ts'
import { fieldTypes } from './vocabulary.ts'

/** The generators of WatermelonDB, except models. */
export const generators: Pick<Generators, 'createMigration' | 'createEntity' | 'addField' | 'takeIn'> = {
  takeIn,

  createMigration(store, context) {
    const own = store as WatermelonStore
    const steps = missingSteps(own)
    const idle = steps.length === 0 ? nothingMissing(own) : undefined
    return idle === undefined ? withMigration(own, steps, [], context, 'Created migration') : { problem: idle }
  },

  createEntity(store, table, context) {
    const own = store as WatermelonStore
    const columns = ['created_at', 'updated_at'].map(name => ({
      name,
      type: 'number',
      optional: false,
      indexed: false,
    }))
    return addTable(own, table, columns, context)
  },

  addField(store, table, field: FieldWish, context) {
    const own = store as WatermelonStore
    const found = own.table(table)
    if (!found) return { problem: `There is no table "${table}".` }
    if (!fieldTypes.some(one => one.text === field.type))
      return { problem: `"${field.type}" is no type of a column: ${fieldTypes.map(one => one.text).join(', ')}.` }
    if (found.columns.has(field.name)) return { problem: `"${table}" has a column "${field.name}" already.` }
    const array = arrayIn(found.columnsValue, context)
    if (!array) return { problem: `The columns of "${table}" are not an array literal that can be edited.` }
    const style = styleOf(array.text)
    const edit = insertElement(array, array.elements.length, writeColumn(field, style), style)
    const steps: NewStep[] = [{ kind: 'add', table, columns: [field] }]
    return withMigration(own, steps, [edit], context, `Added column "${field.name}" with migration`)
  },
}

/** The edits that add a table with these columns to the schema, and the migration that creates it. */
export function addTable(
  store: WatermelonStore,
  table: string,
  columns: readonly ColumnSpec[],
  context: FixContext,
): Generated {
  if (store.table(table)) return { problem: `There is a table "${table}" already.` }
  const array = arrayIn(store.schema?.tablesValue, context)
  if (!array) return { problem: 'The list of tables is not an array literal that can be edited.' }
  const style = styleOf(array.text)
  const module = store.scope.module(array.file)
  const imports = module
    ? addImport(array.file, array.text, module, { from: packageOf(store), names: ['tableSchema'] }, style)
    : []
  const edits = [appendBlock(array, writeTable(table, columns, style), style), ...imports]
  return withMigration(
    store,
    [{ kind: 'create', table, columns }],
    edits,
    context,
    `Added table "${table}" with migration`,
  )
}

/** Why no migration is wanted while no step is missing; undefined where one is, empty as it is, so that phones are not reset. */
function nothingMissing(store: WatermelonStore): string | undefined {
  const version = store.version?.value
  const newest = releasedSnapshot(store)?.version
  if (version === undefined) return undefined
  if (newest !== undefined && newest > version && store.baseline?.kind === 'release')
    return `The schema's version ${version} is below the released version ${newest}. Restore that first.`
  const released = comparedSnapshot(store)
  const isStart = version === 1 && chainOf(store) !== 'unknown'
  if (!coversVersion(store) && !isStart && released?.version !== version) return undefined
  return released
    ? `Nothing is missing: phones that upgrade from ${store.baseline?.label} get all that the schema has.`
    : 'No released schema is known, so nothing tells what phones lack. Take a schema snapshot at each release; tables and columns that are added by command bring their migration.'
}

function withMigration(
  store: WatermelonStore,
  steps: readonly NewStep[],
  edits: readonly Edit[],
  context: FixContext,
  done: string,
): Generated {
  const written = writeMigration(store, steps, context)
  if (!written)
    return { problem: 'The version or the migrations of this database cannot be read, so no migration can be written.' }
  const show = written.edits.map(edit => edit.file).find(file => /migration/i.test(file))
  return {
    edits: [...edits, ...written.edits],
    message: `${done} to version ${written.toVersion}.`,
    ...(show !== undefined && { show }),
  }
}
