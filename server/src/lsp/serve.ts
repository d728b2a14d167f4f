// Opens the door to editors: a connection, what the server can do, and the methods that answer.
import {
  type Connection,
  createConnection,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node'
import { type InitializationOptions, serverCommands } from '../../../shared/requests.ts'
import type { LastLayouts } from '../core/views/arrange.ts'
import { keepCompiledCode } from '../host/compile-cache.ts'
import { version } from '../host/version.ts'
import type { Program } from '../program.ts'
import { fixAllKind } from './actions.ts'
import { type ClientAbilities, readAbilities } from './client-abilities.ts'
import { registerCodeAction } from './methods/code-action.ts'
import { registerCodeActionResolve } from './methods/code-action-resolve.ts'
import { registerCodeLens } from './methods/code-lens.ts'
import { registerCompletion, triggerCharacters } from './methods/completion.ts'
import { registerCompletionResolve } from './methods/completion-resolve.ts'
import { registerConfiguration, watchConfiguration } from './methods/configuration.ts'
import { registerDefinition } from './methods/definition.ts'
import { registerDiagram } from './methods/diagram.ts'
import { registerDiagramEntity } from './methods/diagram-entity.ts'
import { registerDiagramExport } from './methods/diagram-export.ts'
import { registerDocumentDiagnostic } from './methods/document-diagnostic.ts'
import { registerDocumentHighlight } from './methods/document-highlight.ts'
import { registerDocumentSymbol } from './methods/document-symbol.ts'
import { registerExecuteCommand } from './methods/execute-command.ts'
import { registerFoldingRange } from './methods/folding-range.ts'
import { registerHover } from './methods/hover.ts'
import { registerInlayHint } from './methods/inlay-hint.ts'
import { registerPrepareRename } from './methods/prepare-rename.ts'
import { registerReferences } from './methods/references.ts'
import { registerRename } from './methods/rename.ts'
import { registerTextDocuments } from './methods/text-documents.ts'
import { registerWatchedFiles, watchFiles } from './methods/watched-files.ts'
import { registerWorkspaceDiagnostic } from './methods/workspace-diagnostic.ts'
import { registerWorkspaceFolders } from './methods/workspace-folders.ts'
import { registerWorkspaceSymbol } from './methods/workspace-symbol.ts'
import { runQuietly } from './run-safe.ts'
import { toPath } from './uri.ts'
import { createWorkspace, type Workspace } from './workspace.ts'

/** Serves one editor over the streams that the command line names (`--stdio`, `--node-ipc`), until it says goodbye. */
export function serve(program: Program): void {
  const connection = createConnection()
  connection.onInitialize(params => {
    const options = (params.initializationOptions ?? {}) as InitializationOptions
    const client = readAbilities(params.capabilities, options)
    const { trusted = true, cacheDir } = options
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
  const pictures: LastLayouts = new Map()
  registerDiagram(connection, workspace, pictures)
  registerDiagramEntity(connection, workspace)
  registerDiagramExport(connection, workspace, pictures)
  registerCompletion(connection, workspace)
  registerCompletionResolve(connection, workspace)
  registerHover(connection, workspace)
  registerDefinition(connection, workspace)
  registerReferences(connection, workspace)
  registerPrepareRename(connection, workspace)
  registerRename(connection, workspace)
  registerDocumentHighlight(connection, workspace)
  registerDocumentSymbol(connection, workspace)
  registerWorkspaceSymbol(connection, workspace)
  registerFoldingRange(connection, workspace)
  registerCodeLens(connection, workspace)
  registerInlayHint(connection, workspace)
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
      codeActionProvider: {
        codeActionKinds: ['quickfix', 'refactor', fixAllKind],
        resolveProvider: client.resolvesEdits,
      },
      completionProvider: { triggerCharacters, resolveProvider: true },
      hoverProvider: true,
      definitionProvider: true,
      typeDefinitionProvider: true,
      referencesProvider: true,
      renameProvider: client.preparesRename ? { prepareProvider: true } : true,
      documentHighlightProvider: true,
      documentSymbolProvider: { label: 'Offline Storage' },
      workspaceSymbolProvider: true,
      codeLensProvider: { resolveProvider: true },
      inlayHintProvider: true,
      foldingRangeProvider: true,
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
