// Brings diagnostics to the editor: pushes those of files where they changed, or asks an editor that pulls to pull again.
import { createHash } from 'node:crypto'
import { type Connection, type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node'
import type { ClientAbilities } from './client-abilities.ts'
import type { Folder } from './folder.ts'
import { noticeToDiagnostic, toDiagnostic } from './to-lsp.ts'
import { toPath } from './uri.ts'

/** Diagnostics of one file and a name for exactly these: the same name means that nothing changed. */
export interface Report {
  readonly diagnostics: readonly Diagnostic[]
  readonly resultId: string
}

/** What the editor was told, and what it may ask. */
export interface Publisher {
  /** Looks at files whose diagnostics may have changed. `edited` are those that an editor that pulls asks for by itself. */
  update(files: ReadonlySet<string>, edited: ReadonlySet<string>): void
  report(file: string): Report
  /** How many errors and warnings the editor was told of. */
  totals(): { readonly errors: number; readonly warnings: number }
}

/** `ownerOf` gives the folder that answers for a file. */
export function createPublisher(
  connection: Connection,
  client: ClientAbilities,
  ownerOf: (file: string) => Folder,
): Publisher {
  const told = new Map<string, { readonly resultId: string; readonly errors: number; readonly warnings: number }>()
  const totals = { errors: 0, warnings: 0 }
  const explainedBy = new Map<string, Set<string>>()
  let refreshing = false
  let refreshAgain = false

  const report = (file: string): Report => {
    const { analyzer, view, notices } = ownerOf(file)
    const diagnostics = [
      ...notices(file).map(notice => noticeToDiagnostic(view, notice)),
      ...analyzer.findings(file).map(finding => toDiagnostic(view, client, finding)),
    ]
    for (const { location } of diagnostics.flatMap(one => one.relatedInformation ?? [])) {
      const other = toPath(location.uri)
      if (other === undefined || other === file) continue
      explainedBy.set(other, (explainedBy.get(other) ?? new Set()).add(file))
    }
    return { diagnostics, resultId: diagnostics.length === 0 ? none : nameOf(diagnostics) }
  }

  const refresh = () => {
    refreshAgain = refreshing
    if (refreshing) return
    refreshing = true
    const done = () => {
      refreshing = false
      if (refreshAgain) refresh()
    }
    connection.languages.diagnostics.refresh().then(done, done)
  }

  const tell = (file: string, edited: ReadonlySet<string>): boolean => {
    const { diagnostics, resultId } = report(file)
    const before = told.get(file)
    if ((before?.resultId ?? none) === resultId) return false
    const errors = diagnostics.filter(one => one.severity === DiagnosticSeverity.Error).length
    const warnings = diagnostics.filter(one => one.severity === DiagnosticSeverity.Warning).length
    totals.errors += errors - (before?.errors ?? 0)
    totals.warnings += warnings - (before?.warnings ?? 0)
    if (resultId === none) told.delete(file)
    else told.set(file, { resultId, errors, warnings })
    if (client.pullsDiagnostics) return !edited.has(file)
    const { view } = ownerOf(file)
    const version = view.version(file)
    void connection.sendDiagnostics({
      uri: view.uri(file),
      ...(version !== null && { version }),
      diagnostics: [...diagnostics],
    })
    return false
  }

  return {
    update(files, edited) {
      // Places in an edited file also explain findings elsewhere, and have moved with the edit.
      const all = new Set([...files].flatMap(file => [file, ...(explainedBy.get(file) ?? [])]))
      let stale = false
      for (const file of all) stale = tell(file, edited) || stale
      if (stale && client.refreshesDiagnostics) refresh()
    },
    report,
    totals: () => totals,
  }
}

const none = 'none'

const nameOf = (diagnostics: readonly Diagnostic[]): string =>
  createHash('sha1').update(JSON.stringify(diagnostics)).digest('base64url')
