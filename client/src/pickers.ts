// What the palette commands ask a person: which store, which table, which name. Escape gives undefined everywhere.
import { type QuickPickItem, Uri, window, workspace } from 'vscode'
import type { CommandArguments, StoreChoice, StoreSummary } from '../../shared/requests.ts'
import { nameProblem } from './names.ts'

type Table = StoreSummary['tables'][number]
type Column = Pick<CommandArguments['addColumn'], 'column' | 'type' | 'optional' | 'indexed'>

/** The one store that fits `wanted`, else the one of those that fit that the person picks. */
export async function pickStore(
  stores: readonly StoreSummary[],
  wanted: StoreChoice,
): Promise<StoreSummary | undefined> {
  const fitting = stores.filter(
    store =>
      (wanted.store === undefined || store.name === wanted.store) &&
      (wanted.folder === undefined || store.folderUri === wanted.folder),
  )
  if (fitting.length <= 1) return fitting[0]
  const areInFolders = new Set(fitting.map(store => store.folderUri)).size > 1
  const items = fitting.map(store => ({
    label: store.name,
    description: store.version === undefined ? store.engine : `${store.engine}, version ${store.version}`,
    ...(areInFolders && { detail: folderName(store.folderUri) }),
    store,
  }))
  const options = { title: 'Store', placeHolder: 'Which store?', matchOnDetail: true }
  return (await window.showQuickPick(items, options))?.store
}

/** What the editor calls a workspace folder. */
function folderName(uri: string | undefined): string {
  if (uri === undefined) return 'in no workspace folder'
  const folder = Uri.parse(uri, true)
  return workspace.getWorkspaceFolder(folder)?.name ?? folder.fsPath
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
