// How editors draw what a store holds.
import { SymbolKind } from 'vscode-languageserver/node'

/** A table looks like a structure, its columns like fields, a migration like an event. */
export const symbolKinds = {
  entity: SymbolKind.Struct,
  field: SymbolKind.Field,
  migration: SymbolKind.Event,
} as const
