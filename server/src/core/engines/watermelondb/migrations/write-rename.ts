// Renames of what devices hold: the migration that keeps the data, and the names that cannot be given.
import type { Located } from '../../../catalog/scope.ts'
import type { FixContext } from '../../../rules/rule.ts'
import { sqlKeywords } from '../../../sql/parse-sql.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { contains } from '../../../text/span.ts'
import { quoted, styleOf } from '../../../write/style.ts'
import type { Generated, Renames } from '../../contract.ts'
import { clearColumn } from '../schema/find-column.ts'
import { isReserved, refusal } from '../schema/refused-name.ts'
import type { Column, Step, Table, WatermelonStore } from '../types.ts'
import { missingOf, releasedSnapshot } from './missing-steps.ts'
import type { NewStep } from './new-step.ts'
import { isLeftOnDevices, type Named, onDevices } from './on-devices.ts'
import { columnRename, tableRename } from './rename-steps.ts'
import { writeMigration } from './write-migration.ts'

/** What WatermelonDB needs so that a new name keeps the data. */
export const renames: Required<Renames> = {
  field(store, entity, field, to, context) {
    const own = store as WatermelonStore
    const table = own.table(entity)
    const column = clearColumn(table, field)
    if (!table || !column?.type) return { problem: `The column "${field}" of "${entity}" cannot be read completely.` }
    const devices = onDevices(own, { entity, field })
    if (devices !== 'yes') return devices === 'no' ? undefined : devices
    if (field.toLowerCase() === to.toLowerCase())
      return { problem: `SQLite does not tell "${to}" from "${field}", which devices hold.` }
    return withMigration(own, table, columnRename(own, entity, column, to), { entity, field }, context)
  },

  entity(store, entity, to, context) {
    const own = store as WatermelonStore
    const table = own.table(entity)
    if (!table) return { problem: `The table "${entity}" cannot be read completely.` }
    const devices = onDevices(own, { entity })
    if (devices !== 'yes') return devices === 'no' ? undefined : devices
    return withMigration(own, table, tableRename(own, table, to), { entity }, context)
  },

  problem(store, { entity, field }, to) {
    const own = store as WatermelonStore
    const table = own.table(entity)
    if (isReserved(to)) return `"${to}" is reserved by WatermelonDB.`
    const refused = refusal(to)
    if (refused !== undefined) return `WatermelonDB refuses the name "${to}" (${refused}).`
    if (own.unsafeSql || table?.unsafeSql)
      return `What "unsafeSql" makes of "${entity}" cannot be followed, and it may use the old name.`
    const isSameToSqlite = (field ?? entity).toLowerCase() === to.toLowerCase()
    const wanted = field === undefined ? { entity: to } : { entity, field: to }
    if (!isSameToSqlite && isLeftOnDevices(own, wanted))
      return `Devices may still hold a ${field === undefined ? 'table' : 'column'} "${to}" from before. Take a name that was never used.`
    return field === undefined ? undefined : timestampProblem(own, table, field, to)
  },

  wordProblem: to => (keywords.has(to.toUpperCase()) ? `"${to}" is a word of SQL.` : undefined),
}

const keywords: ReadonlySet<string> = new Set(sqlKeywords)

/** The columns that the library itself writes, and the properties by which it knows that it shall (`src/Model/index.js`). */
const timestamps: ReadonlyMap<string, string> = new Map([
  ['created_at', 'createdAt'],
  ['updated_at', 'updatedAt'],
])

function timestampProblem(
  store: WatermelonStore,
  table: Table | undefined,
  field: string,
  to: string,
): string | undefined {
  const members = store.modelsOf(table?.name.text ?? '').flatMap(model => model.members)
  const property = timestamps.get(field)
  if (property !== undefined && members.some(({ name }) => name === property))
    return `WatermelonDB writes "${field}" itself for models with a property "${property}", by that name only.`
  const column = table?.columns.get(field)
  const isNumber = column?.type?.text === 'number'
  if ((timestamps.has(to) && !(isNumber && !column?.optional)) || (to === 'last_modified' && !isNumber))
    return `WatermelonDB wants "${to}" to be a number${timestamps.has(to) ? ' that is not optional' : ''}.`
  return undefined
}

function withMigration(
  store: WatermelonStore,
  table: Table,
  steps: readonly NewStep[],
  thing: Named,
  context: FixContext,
): Generated {
  const { entity, field } = thing
  if (store.adapters.some(({ kind }) => kind === 'loki')) {
    const hint = store.baseline ? '' : ' Take a schema snapshot at each release, so that it is known what is new.'
    return { problem: `LokiJS runs no SQL, so what devices hold in "${field ?? entity}" would be lost.${hint}` }
  }
  if (missingOf(store, table).kind !== 'nothing')
    return { problem: `"${entity}" has what no migration adds yet. Create that migration first.` }
  const written = writeMigration(store, steps, context)
  if (!written)
    return { problem: 'The version or the migrations of this database cannot be read, so no migration can be written.' }
  const reached = releasedSnapshot(store)?.version ?? store.version?.value ?? 0
  if (written.toVersion <= reached)
    return { problem: `Devices may be at version ${reached} already, and no migration leads to it. Mend that first.` }
  const show = written.edits.map(edit => edit.file).find(file => /migration/i.test(file))
  return {
    edits: [...written.edits, ...frozenNames(store, thing, context)],
    message: `A migration to version ${written.toVersion} keeps the data.`,
    ...(show !== undefined && { show }),
  }
}

/**
 * Writes a name out where steps take it from a constant: they speak of the name that it had, whatever it is now. Only
 * what stands in the step itself is written over, as others may use the rest.
 */
function* frozenNames(store: WatermelonStore, { entity, field }: Named, context: FixContext): Generator<TextEdit> {
  for (const step of (store.migrationsRead?.list ?? []).flatMap(one => one.steps)) {
    if (step.kind !== 'create' && step.kind !== 'add') continue
    const isOf = (step.kind === 'create' ? step.table.name.text : step.table?.text) === entity
    const columns = (step.kind === 'create' ? step.table.fields : step.columns).filter(one => one.name.text === field)
    const names = field === undefined ? [nameOfTable(store, step)] : columns.map(nameOfColumn)
    for (const name of isOf ? names : []) {
      const edit = name && frozen(store, step, name, field ?? entity, context)
      if (edit) yield edit
    }
  }
}

const nameOfTable = ({ scope }: WatermelonStore, step: Step & { kind: 'create' | 'add' }): Located | undefined =>
  step.kind === 'create'
    ? step.table.nameEntry?.value
    : step.spec && scope.shape(step.spec)?.entries.get('table')?.value

const nameOfColumn = ({ entries }: Column): Located | undefined => entries.get('name')?.value

function frozen(
  { scope }: WatermelonStore,
  { at }: Step,
  name: Located,
  text: string,
  context: FixContext,
): TextEdit | undefined {
  const { file, value } = name
  const source = context.text(file)
  const letters = scope.follow(name)
  const isOwn = (one: Located): boolean => one.file === at.file && contains(at.span, one.value.at)
  if (source === undefined || !isOwn(name) || isOwn(letters)) return undefined
  // In `{ table }` the name is the key as well.
  if (!/:\s*$/.test(source.slice(at.span.start, value.at.start))) return undefined
  return { file, start: value.at.start, end: value.at.end, text: quoted(text, styleOf(source)) }
}
