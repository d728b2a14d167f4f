// What the palette commands ask a person: which store, which table, which name. Escape gives undefined everywhere.
import { type QuickPickItem, window } from 'vscode'
import type { CommandArguments, StoreSummary } from '../../shared/requests.ts'
import { nameProblem } from './names.ts'

type Table = StoreSummary['tables'][number]
type Column = Pick<CommandArguments['addColumn'], 'column' | 'type' | 'optional' | 'indexed'>

/** The store named `wanted`, else the only one, else the one the person picks. */
export async function pickStore(
  stores: readonly StoreSummary[],
  wanted: string | undefined,
): Promise<StoreSummary | undefined> {
  if (wanted !== undefined) return stores.find(store => store.name === wanted)
  if (stores.length === 1) return stores[0]
  const items = stores.map(store => ({
    label: store.name,
    description: store.version === undefined ? store.engine : `${store.engine}, version ${store.version}`,
    store,
  }))
  return (await window.showQuickPick(items, { title: 'Store', placeHolder: 'Which store?' }))?.store
}

/** One of `tables`, picked by the person. */
export async function pickTable(tables: readonly Table[], placeHolder: string): Promise<Table | undefined> {
  const items = tables.map(table => ({ label: table.name, description: table.columns.join(', '), table }))
  return (await window.showQuickPick(items, { title: 'Table', placeHolder, matchOnDescription: true }))?.table
}

/** A name that is not in `taken` and that the database allows. */
export function askName(title: string, taken: readonly string[], placeHolder: string): Thenable<string | undefined> {
  return window.showInputBox({
    title,
    placeHolder,
    prompt: 'Letters, digits and underscores',
    validateInput: value => nameProblem(value, taken),
  })
}

/** A new column of `table`: name, type and options. */
export async function askColumn(table: Table): Promise<Column | undefined> {
  const column = await askName(`New column of ${table.name}`, table.columns, 'is_pinned')
  if (column === undefined) return undefined
  const type = await window.showQuickPick(columnTypes, { title: `Type of ${column}` })
  if (type === undefined) return undefined
  const options = await window.showQuickPick(columnOptions, {
    title: `Options of ${column}`,
    placeHolder: 'None, one or both; Enter confirms',
    canPickMany: true,
  })
  if (options === undefined) return undefined
  return { column, type: type.label, optional: options.includes(optional), indexed: options.includes(indexed) }
}

const columnTypes: readonly (QuickPickItem & { readonly label: Column['type'] })[] = [
  { label: 'string', description: 'text, JSON, ids' },
  { label: 'number', description: 'numbers, dates in milliseconds' },
  { label: 'boolean' },
]
const optional: QuickPickItem = { label: 'Optional', description: 'may be null; older records read as null' }
const indexed: QuickPickItem = { label: 'Indexed', description: 'for columns that queries filter by' }
const columnOptions: readonly QuickPickItem[] = [optional, indexed]
