// textDocument/codeLens and codeLens/resolve: short lines above tables, model classes and migrations.
import type { CodeLens, Connection } from 'vscode-languageserver/node'
import { clientCommands } from '../../../../shared/requests.ts'
import { type LensSubject, lensOf, lensPlaces } from '../../core/answers/code-lens.ts'
import { catalogOf } from '../caret.ts'
import { gather } from '../gather.ts'
import { runSafe } from '../run-safe.ts'
import { toLocation, toRange } from '../to-lsp.ts'
import { toPath } from '../uri.ts'
import type { Workspace } from '../workspace.ts'

/** What a lens takes to the editor and brings back when it comes into view. */
interface LensData {
  readonly file: string
  readonly about: LensSubject
}

/** Answers where lenses stand at once, and what they say when they are seen. */
export function registerCodeLens(connection: Connection, workspace: Workspace): void {
  const { client, log, refresher } = workspace
  connection.onCodeLens(({ textDocument }, token) =>
    runSafe<CodeLens[]>('textDocument/codeLens', log, token, [], async () => {
      const file = toPath(textDocument.uri)
      if (file === undefined) return []
      await workspace.ready(file, token)
      refresher.shown('lenses')
      const folder = workspace.ownerOf(file)
      if (!folder.settings().codeLens.enabled) return []
      const lines = folder.view.lines(file)
      return lensPlaces(catalogOf(folder), file).map(({ span, about }) => {
        const { start } = toRange(lines, span)
        const data: LensData = { file, about }
        return { range: { start, end: start }, data }
      })
    }),
  )
  connection.onCodeLensResolve((lens, token) =>
    runSafe('codeLens/resolve', log, token, { ...lens, command: saying('') }, async () => {
      const { file, about } = lens.data as LensData
      await workspace.loaded(token)
      const folder = workspace.ownerOf(file)
      const catalog = catalogOf(folder)
      await gather(catalog, folder, token)
      const found = lensOf(catalog, about)
      if (!found || found.places.length === 0 || !client.showsReferences)
        return { ...lens, command: saying(found?.title ?? '') }
      const places = found.places.map(place => toLocation(folder.view, place))
      const command = {
        title: found.title,
        command: clientCommands.showReferences,
        arguments: [folder.view.uri(file), lens.range.start, places],
      }
      return { ...lens, command }
    }),
  )
}

/** Words that lead nowhere. */
const saying = (title: string) => ({ title, command: '' })
