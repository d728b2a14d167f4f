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
export async function pickTable(
  { terms }: StoreSummary,
  tables: readonly Table[],
  placeHolder: string,
): Promise<Table | undefined> {
  const items = tables.map(table => ({ label: table.name, description: table.columns.join(', '), table }))
  return (
    await window.showQuickPick(items, { title: capitalised(terms.entity[0]), placeHolder, matchOnDescription: true })
  )?.table
}

/** The name of a new table, which the store does not have and the database allows. */
export function askTable(store: StoreSummary): Thenable<string | undefined> {
  const taken = store.tables.map(table => table.name)
  return askName(`New ${store.terms.entity[0]} of ${store.name}`, taken, store, 'entity')
}

function askName(
  title: string,
  taken: readonly string[],
  { names }: StoreSummary,
  kind: 'entity' | 'field',
): Thenable<string | undefined> {
  return window.showInputBox({
    title,
    ...(taken.length > 0 && { placeHolder: `Like ${taken.slice(0, 3).join(', ')}` }),
    prompt: 'Letters, digits and underscores',
    validateInput: value => nameProblem(value, taken, { ...names[kind], ignoresCase: names.ignoresCase }),
  })
}

/** A new column of `table`: name, type and options. */
export async function askColumn(store: StoreSummary, table: Table): Promise<Column | undefined> {
  const { terms, fieldTypes } = store
  const column = await askName(`New ${terms.field[0]} of ${table.name}`, table.columns, store, 'field')
  if (column === undefined) return undefined
  const types = fieldTypes.map(({ text, detail }) => ({
    label: text,
    ...(detail !== undefined && { description: detail }),
  }))
  const type = await window.showQuickPick(types, { title: `Type of ${column}`, matchOnDescription: true })
  if (type === undefined) return undefined
  const indexed: QuickPickItem = { label: 'Indexed', description: `for ${terms.field[1]} that queries filter by` }
  const options = await window.showQuickPick([optional, indexed], {
    title: `Options of ${column}`,
    placeHolder: 'None, one or both; Enter confirms',
    canPickMany: true,
  })
  if (options === undefined) return undefined
  return { column, type: type.label, optional: options.includes(optional), indexed: options.includes(indexed) }
}

const optional: QuickPickItem = { label: 'Optional', description: 'may be null; older records read as null' }

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
