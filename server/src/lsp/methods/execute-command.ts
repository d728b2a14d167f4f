// workspace/executeCommand: what the editor's palette commands ask of the server.
import { type Connection, ErrorCodes, ResponseError } from 'vscode-languageserver/node'
import {
  type CheckResult,
  type CommandArguments,
  type CommandResult,
  type StoreChoice,
  type StoreSummary,
  serverCommands,
} from '../../../../shared/requests.ts'
import type { Store } from '../../core/catalog/catalog.ts'
import { allNames, plainTerms } from '../../core/catalog/terms.ts'
import type { Generated } from '../../core/engines/contract.ts'
import { faultOf } from '../../host/broken-store.ts'
import { applyEdits, applyGenerated, failed } from '../apply-generated.ts'
import type { Folder } from '../folder.ts'
import { editOfAll, mendAllFresh } from '../mend-all.ts'
import { qualityGates } from '../quality-gates.ts'
import { queryPlan } from '../query-plan.ts'
import { runSafe } from '../run-safe.ts'
import { scaffold } from '../scaffold.ts'
import { toPath, toUri } from '../uri.ts'
import type { Workspace } from '../workspace.ts'

type Name = keyof typeof serverCommands
type Generating = 'createMigration' | 'createModel' | 'createTable' | 'addColumn'
type Handler<N extends Name> = (workspace: Workspace, args: CommandArguments[N]) => Promise<unknown>

type Ask<N extends Generating> = (folder: Folder, store: Store, args: CommandArguments[N]) => Generated | undefined

/** Answers the commands named in `shared/requests.ts`. */
export function registerExecuteCommand(connection: Connection, workspace: Workspace): void {
  connection.onExecuteCommand(({ command, arguments: args }, token) =>
    runSafe<unknown>(command, workspace.log, token, failed('That did not work; the output tells why.'), async () => {
      const name = (Object.keys(serverCommands) as Name[]).find(key => serverCommands[key] === command)
      if (!name) throw new ResponseError(ErrorCodes.MethodNotFound, `There is no command ${command}.`)
      await workspace.loaded(token)
      return handlers[name](workspace, (args?.[0] ?? {}) as never)
    }),
  )
}

const handlers: { readonly [N in Name]: Handler<N> } = {
  createMigration: (workspace, args) => generate(workspace, 'createMigration', args),
  createModel: (workspace, args) => generate(workspace, 'createModel', args),
  createTable: (workspace, args) => generate(workspace, 'createTable', args),
  addColumn: (workspace, args) => generate(workspace, 'addColumn', args),
  takeSnapshot,
  checkWorkspace,
  fixAll,
  scaffold,
  queryPlan,
  qualityGates,
  stores: async workspace => storesOf(workspace).map(({ folder, store }) => summary(folder, store)),
}

/** What each command asks of an engine; undefined where the engine cannot do it. */
const generators: { readonly [N in Generating]: Ask<N> } = {
  createMigration: ({ analyzer, view }, store) => analyzer.generators(store).createMigration?.(store, view),
  createModel: ({ analyzer, view }, store, { table }) => analyzer.generators(store).createModel?.(store, table, view),
  createTable: ({ analyzer, view }, store, { table }) => analyzer.generators(store).createEntity?.(store, table, view),
  addColumn: ({ analyzer, view }, store, { table, column, type, optional, indexed }) =>
    analyzer.generators(store).addField?.(store, table, { name: column, type, optional, indexed }, view),
}

async function generate<N extends Generating>(
  workspace: Workspace,
  name: N,
  args: CommandArguments[N],
): Promise<CommandResult> {
  const chosen = chooseStore(workspace, args)
  if ('ok' in chosen) return chosen
  const { folder, store } = chosen
  const fault = faultOf(store, folder.analyzer)
  if (fault !== undefined) return failed(fault)
  const result = await applyGenerated(workspace, folder, () => generators[name](folder, store, args))
  return result ?? failed(`This cannot be done for ${folder.analyzer.engine(store)?.title ?? store.engine}.`)
}

async function takeSnapshot(workspace: Workspace, args: CommandArguments['takeSnapshot']): Promise<CommandResult> {
  const chosen = chooseStore(workspace, args)
  if ('ok' in chosen) return chosen
  const { folder, store } = chosen
  const fault = faultOf(store, folder.analyzer)
  if (fault !== undefined) return failed(fault)
  const snapshot = folder.analyzer.snapshot(store)
  if (!snapshot) return failed(`The version of "${store.name}" is not known, so no snapshot can be taken of it.`)
  if (folder.root === undefined) return failed('A snapshot is kept in a workspace folder; open one first.')
  const { writeSnapshot } = await import('../../host/snapshots.ts')
  const written = await writeSnapshot(folder.root, snapshot)
  if ('message' in written) return failed(written.message)
  folder.changedOnDisk(new Map([[written.file, 'changed']]))
  const done = written.kind === 'same' ? 'is up to date already' : 'is written'
  return {
    ok: true,
    message: `The snapshot of version ${snapshot.version} of "${store.name}" ${done}.`,
    showUri: toUri(written.file),
  }
}

async function checkWorkspace(workspace: Workspace): Promise<CheckResult> {
  const counts = { files: 0, errors: 0, warnings: 0, infos: 0 }
  for (const folder of workspace.folders()) {
    counts.files += folder.count()
    for (const file of folder.files())
      for (const { severity } of [...folder.analyzer.findings(file), ...folder.notices(file)]) counts[`${severity}s`]++
  }
  return counts
}

async function fixAll(workspace: Workspace, { uri }: CommandArguments['fixAll']): Promise<CommandResult> {
  const file = uri === undefined ? undefined : toPath(uri)
  if (uri !== undefined && file === undefined) return failed('Only files can be mended.')
  const mended = await mendAllFresh(workspace, { scope: file === undefined ? 'workspace' : 'file', file })
  const fixes = mended.reduce((sum, one) => sum + one.fixes, 0)
  if (fixes === 0) return { ok: true, message: 'Nothing to mend.' }
  const refusal = await applyEdits(workspace, editOfAll(workspace, mended))
  return refusal ?? { ok: true, message: `Mended ${fixes} problem${fixes === 1 ? '' : 's'}.` }
}

const storesOf = (workspace: Workspace) =>
  workspace.folders().flatMap(folder => folder.analyzer.stores().map(store => ({ folder, store })))

/** The store that is named, or the only one; else a sentence that says what to do. */
function chooseStore(
  workspace: Workspace,
  { store: name, folder: folderUri }: StoreChoice,
): { readonly folder: Folder; readonly store: Store } | CommandResult {
  const stores = storesOf(workspace)
  if (stores.length === 0) return failed('No store was found in this workspace. A store begins with a schema.')
  const root = folderUri === undefined ? undefined : toPath(folderUri)
  const meant = stores.filter(
    ({ folder, store }) =>
      (name === undefined || store.name === name) && (folderUri === undefined || folder.root === root),
  )
  const [first, second] = meant
  if (!first) return failed(`There is no store "${name ?? ''}"${root ? ` in ${root}` : ''}. Stores: ${listed(stores)}.`)
  if (second) return failed(`Say which store is meant: ${listed(meant)}.`)
  return first
}

/** Names of stores, with their folders where a name is there twice. */
function listed(stores: ReturnType<typeof storesOf>): string {
  const names = stores.map(({ store }) => store.name)
  const isTwice = new Set(names).size < names.length
  return stores.map(({ folder, store }) => (isTwice ? `${store.name} in ${folder.root}` : store.name)).join(', ')
}

const summary = (folder: Folder, store: Store): StoreSummary => {
  const engine = folder.analyzer.engine(store)
  return {
    name: store.name,
    folderUri: folder.root === undefined ? undefined : toUri(folder.root),
    engine: store.engine,
    terms: engine?.terms ?? plainTerms,
    fieldTypes: engine?.fieldTypes(store) ?? [],
    names: engine?.names ?? allNames,
    version: store.version?.value,
    schemaUri: store.schemaFile === undefined ? undefined : toUri(store.schemaFile),
    tables: store.entities.map(entity => ({
      name: entity.name.text,
      columns: entity.fields.map(field => field.name.text),
      hasModel: folder.analyzer.hasModel(store, entity.name.text),
    })),
  }
}
