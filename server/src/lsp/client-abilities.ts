// What the editor at the other end can do, asked once.
import type { ClientCapabilities } from 'vscode-languageserver/node'

/** Abilities that change what the server offers or how it answers. */
export interface ClientAbilities {
  /** Asks for diagnostics itself; then none are pushed, or they would show twice. */
  readonly pullsDiagnostics: boolean
  readonly refreshesDiagnostics: boolean
  readonly configuration: boolean
  readonly registersConfiguration: boolean
  readonly registersWatchers: boolean
  readonly workDoneProgress: boolean
  readonly resolvesEdits: boolean
  readonly versionedEdits: boolean
  readonly createsFiles: boolean
  readonly appliesEdits: boolean
  readonly relatedInformation: boolean
  readonly codeDescription: boolean
}

/** Reads the abilities from the client's capabilities; what is not said is not there. */
export function readAbilities({ textDocument, workspace, window }: ClientCapabilities): ClientAbilities {
  const shown = textDocument?.diagnostic ?? textDocument?.publishDiagnostics
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport ?? false,
    configuration: workspace?.configuration ?? false,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    workDoneProgress: window?.workDoneProgress ?? false,
    resolvesEdits: textDocument?.codeAction?.resolveSupport?.properties.includes('edit') ?? false,
    versionedEdits: workspace?.workspaceEdit?.documentChanges ?? false,
    createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') ?? false,
    appliesEdits: workspace?.applyEdit ?? false,
    relatedInformation: shown?.relatedInformation ?? textDocument?.publishDiagnostics?.relatedInformation ?? false,
    codeDescription: shown?.codeDescriptionSupport ?? textDocument?.publishDiagnostics?.codeDescriptionSupport ?? false,
  }
}
