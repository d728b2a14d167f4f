// What the editor at the other end can do, asked once.
import { type ClientCapabilities, MarkupKind } from 'vscode-languageserver/node'
import type { InitializationOptions } from '../../../shared/requests.ts'

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
  /** Shows what edits are about, and asks before it makes them. */
  readonly annotatesEdits: boolean
  /** Asks what a rename would be about before it asks for a new name. */
  readonly preparesRename: boolean
  readonly relatedInformation: boolean
  readonly codeDescription: boolean
  readonly hoverMarkdown: boolean
  readonly completion: CompletionAbilities
  readonly definitionLinks: boolean
  readonly typeDefinitionLinks: boolean
  /** Shows outlines as trees. */
  readonly symbolTrees: boolean
  readonly refreshesLenses: boolean
  readonly refreshesHints: boolean
  /** Has the command that shows places, which lenses are clicked for. */
  readonly showsReferences: boolean
  /** Has the commands that ask a person what code is to be written, which fixes lead to. */
  readonly runsScaffolds: boolean
}

/** What the editor does with offered completions. */
export interface CompletionAbilities {
  readonly snippets: boolean
  /** Lets the person choose whether what stands behind the caret gives way. */
  readonly insertsOrReplaces: boolean
  readonly markdown: boolean
  /** Asks for further edits only when a completion is chosen. */
  readonly resolvesEdits: boolean
}

/** Reads the abilities from what the client says of itself; what is not said is not there. */
export function readAbilities(
  { textDocument, workspace, window }: ClientCapabilities,
  { showsReferences = false, runsScaffolds = false }: InitializationOptions,
): ClientAbilities {
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
    annotatesEdits: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    preparesRename: textDocument?.rename?.prepareSupport ?? false,
    relatedInformation: shown?.relatedInformation ?? textDocument?.publishDiagnostics?.relatedInformation ?? false,
    codeDescription: shown?.codeDescriptionSupport ?? textDocument?.publishDiagnostics?.codeDescriptionSupport ?? false,
    hoverMarkdown: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? false,
    completion: completionAbilities(textDocument?.completion?.completionItem),
    definitionLinks: textDocument?.definition?.linkSupport ?? false,
    typeDefinitionLinks: textDocument?.typeDefinition?.linkSupport ?? false,
    symbolTrees: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false,
    refreshesLenses: workspace?.codeLens?.refreshSupport ?? false,
    refreshesHints: workspace?.inlayHint?.refreshSupport ?? false,
    showsReferences,
    runsScaffolds,
  }
}

type ItemAbilities = NonNullable<NonNullable<ClientCapabilities['textDocument']>['completion']>['completionItem']

const completionAbilities = (item: ItemAbilities): CompletionAbilities => ({
  snippets: item?.snippetSupport ?? false,
  insertsOrReplaces: item?.insertReplaceSupport ?? false,
  markdown: item?.documentationFormat?.includes(MarkupKind.Markdown) ?? false,
  resolvesEdits: item?.resolveSupport?.properties.includes('additionalTextEdits') ?? false,
})
