// The palette commands: each asks for what it needs, lets the server do the work, and shows what came of it.
import { commands, Disposable, Uri, ViewColumn, window, workspace } from 'vscode'
import type {
  CheckResult,
  CommandArguments,
  CommandResult,
  QueryPlanResult,
  ScaffoldResult,
  StoreChoice,
  StoreSummary,
  serverCommands,
} from '../../shared/requests.ts'
import { type Answers, scaffoldCommands } from '../../shared/scaffolds.ts'
import { askQuestion } from './ask-question.ts'
import { askServer } from './ask-server.ts'
import { askColumn, askTable, pickStore, pickTable } from './pickers.ts'
import { createQualityGates } from './quality-gates.ts'
import { showPage } from './show-page.ts'
import { restartClient, type StorageClient, section } from './start-client.ts'

type CommandName = keyof typeof serverCommands
/** What a key binding or another extension may give: the answers to some of the questions. */
type Given<Name extends CommandName> = Partial<CommandArguments[Name]> | undefined

/**
 * Registers every command of package.json. Commands take an object with the answers already known as their one argument,
 * and give what the server answered, or undefined when the person backed out.
 */
export function registerCommands(client: StorageClient): Disposable {
  const gates = createQualityGates(client)
  const handlers: Record<string, (given?: never) => unknown> = {
    createMigration: (given: Given<'createMigration'>) => createMigration(client, given),
    createModel: (given: Given<'createModel'>) => createModel(client, given),
    createTable: (given: Given<'createTable'>) => createTable(client, given),
    addColumn: (given: Given<'addColumn'>) => addColumn(client, given),
    takeSnapshot: (given: Given<'takeSnapshot'>) => takeSnapshot(client, given),
    checkWorkspace: () => checkWorkspace(client),
    fixAll: () => run(client, 'fixAll', {}),
    fixFile: () => fixFile(client),
    restartServer: () => restartClient(client),
    ...Object.fromEntries(
      Object.entries(scaffoldCommands).map(([name, id]) => [
        name,
        (given: Answers | undefined) => runScaffold(client, id, given),
      ]),
    ),
    showQueryPlan: () => showQueryPlan(client),
    runQualityGates: () => gates.run(),
    showOutput: () => client.outputChannel.show(),
  }
  return Disposable.from(
    gates,
    ...Object.entries(handlers).map(([name, handler]) => commands.registerCommand(`${section}.${name}`, handler)),
  )
}

async function createMigration(
  client: StorageClient,
  given: Given<'createMigration'>,
): Promise<CommandResult | undefined> {
  const store = await chooseStore(client, given)
  return store && run(client, 'createMigration', choiceOf(store))
}

async function createModel(client: StorageClient, given: Given<'createModel'>): Promise<CommandResult | undefined> {
  const store = await chooseStore(client, given)
  if (!store) return undefined
  const bare = store.tables.filter(table => !table.hasModel)
  if (bare.length === 0 && given?.table === undefined) {
    void window.showInformationMessage(`Every ${store.terms.entity[0]} of ${store.name} has a model.`)
    return undefined
  }
  const table = given?.table ?? (await pickTable(store, bare, `Which ${store.terms.entity[0]} needs a model?`))?.name
  return table === undefined ? undefined : run(client, 'createModel', { ...choiceOf(store), table })
}

async function createTable(client: StorageClient, given: Given<'createTable'>): Promise<CommandResult | undefined> {
  const store = await chooseStore(client, given)
  if (!store) return undefined
  const table = given?.table ?? (await askTable(store))
  return table === undefined ? undefined : run(client, 'createTable', { ...choiceOf(store), table })
}

async function addColumn(client: StorageClient, given: Given<'addColumn'>): Promise<CommandResult | undefined> {
  const store = await chooseStore(client, given)
  if (!store) return undefined
  const table = given?.table
    ? store.tables.find(candidate => candidate.name === given.table)
    : await pickTable(store, store.tables, `Which ${store.terms.entity[0]} gets the ${store.terms.field[0]}?`)
  if (!table) return undefined
  const { column, type, optional, indexed } = given ?? {}
  const whole = column !== undefined && type !== undefined
  const answer = whole
    ? { column, type, optional: optional ?? false, indexed: indexed ?? false }
    : await askColumn(store, table)
  return answer && run(client, 'addColumn', { ...choiceOf(store), table: table.name, ...answer })
}

async function takeSnapshot(client: StorageClient, given: Given<'takeSnapshot'>): Promise<CommandResult | undefined> {
  const store = await chooseStore(client, given)
  return store && run(client, 'takeSnapshot', choiceOf(store))
}

async function checkWorkspace(client: StorageClient): Promise<CheckResult | undefined> {
  const result = await askServer<CheckResult>(client, 'checkWorkspace', {})
  if (result) void showCheck(result)
  return result
}

async function showCheck({ files, errors, warnings, infos }: CheckResult): Promise<void> {
  const sentence = `Checked ${files} files: ${errors} errors, ${warnings} warnings, ${infos} notes.`
  const show = 'Show Problems'
  const buttons = errors + warnings + infos > 0 ? [show] : []
  const choice = await window.showInformationMessage(sentence, ...buttons)
  if (choice === show) await commands.executeCommand('workbench.actions.view.problems')
}

async function fixFile(client: StorageClient): Promise<CommandResult | undefined> {
  const uri = window.activeTextEditor?.document.uri
  return uri && run(client, 'fixAll', { uri: client.code2ProtocolConverter.asUri(uri) })
}

/** Asks what the server wants to know, question by question, until it has written what was asked for. */
async function runScaffold(client: StorageClient, id: string, given: Answers = {}): Promise<CommandResult | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri
  const place = window.activeTextEditor?.document.uri ?? folder
  const uri = place && client.code2ProtocolConverter.asUri(place)
  let answers = given
  for (;;) {
    const result = await askServer<ScaffoldResult>(client, 'scaffold', { id, answers, ...(uri && { uri }) })
    if (!result || !('question' in result)) return result && show(result)
    const answer = await askQuestion(result.question)
    if (answer === undefined) return undefined
    answers = { ...answers, [result.question.id]: answer }
  }
}

/** Shows the way by which SQLite would answer the statement at the caret, beside the code. */
async function showQueryPlan(client: StorageClient): Promise<QueryPlanResult | undefined> {
  const editor = window.activeTextEditor
  if (!editor) return undefined
  const uri = client.code2ProtocolConverter.asUri(editor.document.uri)
  const { line, character } = editor.selection.active
  const result = await askServer<QueryPlanResult>(client, 'queryPlan', { uri, position: { line, character } })
  if (!result) return undefined
  if (result.ok) {
    const plan = await workspace.openTextDocument({ language: 'markdown', content: result.markdown })
    await window.showTextDocument(plan, { viewColumn: ViewColumn.Beside, preview: true, preserveFocus: true })
  } else void window.showInformationMessage(result.message)
  return result
}

async function chooseStore(client: StorageClient, wanted: StoreChoice = {}): Promise<StoreSummary | undefined> {
  const stores = await askServer<readonly StoreSummary[]>(client, 'stores', {})
  if (!stores) return undefined
  if (stores.length === 0) {
    void window.showInformationMessage('No storage schema was found in this workspace.')
    return undefined
  }
  return pickStore(stores, wanted)
}

/** What tells the server which store is meant. */
const choiceOf = ({ name, folderUri }: StoreSummary): StoreChoice => ({ store: name, folder: folderUri })

/** Lets the server do a piece of work; shows its sentence, and the file where the person should look next. */
async function run<Name extends CommandName>(
  client: StorageClient,
  name: Name,
  args: CommandArguments[Name],
): Promise<CommandResult | undefined> {
  const result = await askServer<CommandResult>(client, name, args)
  return result && show(result)
}

async function show(result: CommandResult): Promise<CommandResult> {
  if (result.isDiscarded) return result
  if (result.showUri !== undefined) await showFile(Uri.parse(result.showUri, true))
  // Not awaited: the message stays until it is dismissed, and the command is done before that.
  void (result.ok ? window.showInformationMessage(result.message) : window.showWarningMessage(result.message))
  return result
}

/** What is written for people is shown as a page. */
const showFile = async (uri: Uri): Promise<unknown> =>
  uri.path.endsWith('.md') ? showPage(uri) : window.showTextDocument(uri)
