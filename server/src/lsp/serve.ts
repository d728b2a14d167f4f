// Opens the door to editors: a connection, what the server can do, and the methods that answer.
import {
  type Connection,
  createConnection,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node'
import { type InitializationOptions, serverCommands } from '../../../shared/requests.ts'
import { keepCompiledCode } from '../host/compile-cache.ts'
import { version } from '../host/version.ts'
import type { Program } from '../program.ts'
import { fixAllKind } from './actions.ts'
import { type ClientAbilities, readAbilities } from './client-abilities.ts'
import { registerCodeAction } from './methods/code-action.ts'
import { registerCodeActionResolve } from './methods/code-action-resolve.ts'
import { registerConfiguration, watchConfiguration } from './methods/configuration.ts'
import { registerDocumentDiagnostic } from './methods/document-diagnostic.ts'
import { registerExecuteCommand } from './methods/execute-command.ts'
import { registerTextDocuments } from './methods/text-documents.ts'
import { registerWatchedFiles, watchFiles } from './methods/watched-files.ts'
import { registerWorkspaceDiagnostic } from './methods/workspace-diagnostic.ts'
import { registerWorkspaceFolders } from './methods/workspace-folders.ts'
import { runQuietly } from './run-safe.ts'
import { toPath } from './uri.ts'
import { createWorkspace, type Workspace } from './workspace.ts'

/** Serves one editor over the streams that the command line names (`--stdio`, `--node-ipc`), until it says goodbye. */
export function serve(program: Program): void {
  const connection = createConnection()
  connection.onInitialize(params => {
    const client = readAbilities(params.capabilities)
    const { trusted = true, cacheDir } = (params.initializationOptions ?? {}) as InitializationOptions
    if (cacheDir !== undefined) keepCompiledCode(cacheDir)
    const workspace = createWorkspace({ connection, client, program, roots: rootsOf(params), trusted, cacheDir })
    register(connection, workspace, params)
    return capabilities(client)
  })
  connection.listen()
}

function register(connection: Connection, workspace: Workspace, params: InitializeParams): void {
  const { client, log } = workspace
  registerTextDocuments(connection, workspace)
  registerConfiguration(connection, workspace)
  registerWatchedFiles(connection, workspace)
  registerCodeAction(connection, workspace)
  registerCodeActionResolve(connection, workspace)
  registerExecuteCommand(connection, workspace)
  if (client.pullsDiagnostics) {
    registerDocumentDiagnostic(connection, workspace)
    registerWorkspaceDiagnostic(connection, workspace)
  }
  connection.onInitialized(() => {
    workspace.start()
    if (params.capabilities.workspace?.workspaceFolders) registerWorkspaceFolders(connection, workspace)
    if (client.registersConfiguration) runQuietly('watch settings', log, () => watchConfiguration(connection))
    if (client.registersWatchers) runQuietly('watch files', log, () => watchFiles(connection))
  })
  connection.onShutdown(() => workspace.dispose())
}

function capabilities(client: ClientAbilities): InitializeResult {
  return {
    serverInfo: { name: 'Offline Storage', version },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      ...(client.pullsDiagnostics && {
        diagnosticProvider: {
          identifier: 'offlineStorage',
          interFileDependencies: true,
          workspaceDiagnostics: true,
        },
      }),
      codeActionProvider: { codeActionKinds: ['quickfix', fixAllKind], resolveProvider: client.resolvesEdits },
      executeCommandProvider: { commands: Object.values(serverCommands) },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  }
}

/** The folders of the workspace; older editors name only one. */
function rootsOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  const uris = workspaceFolders?.map(folder => folder.uri) ?? (rootUri ? [rootUri] : [])
  return uris.flatMap(uri => toPath(uri) ?? [])
}
