// offlineStorage/diagramEntity: the entity of the picture that a place in the code speaks of.
import type { CancellationToken, Connection } from 'vscode-languageserver/node'
import { type DiagramEntityParams, diagramEntityRequest } from '../../../../shared/diagram.ts'
import { mentionsAt } from '../../core/answers/mention-at.ts'
import type { NameMention } from '../../core/catalog/mention.ts'
import { contains, type Place, type Span } from '../../core/text/span.ts'
import { storeId } from '../../core/views/diagram.ts'
import { runSafe } from '../run-safe.ts'
import { toPath } from '../uri.ts'
import type { Workspace } from '../workspace.ts'
import { diagramSources, type FolderSource } from './diagram-sources.ts'

/** Answers with the id of an entity, or null. */
export function registerDiagramEntity(connection: Connection, workspace: Workspace): void {
  connection.onRequest(diagramEntityRequest, ({ uri, position }: DiagramEntityParams, token: CancellationToken) =>
    runSafe('offlineStorage/diagramEntity', workspace.log, token, null, async () => {
      const file = toPath(uri)
      if (file === undefined) return null
      await workspace.ready(file, token)
      const folder = workspace.ownerOf(file)
      const source = (await diagramSources(workspace, token)).find(one => one.of === folder)
      const offset = folder.view.lines(file).offset(position.line, position.character)
      return source ? entityAt(source, file, offset) : null
    }),
  )
}

/** The entity that is named at an offset, else the one whose definition or model is around it. */
function entityAt(source: FolderSource, file: string, offset: number): string | null {
  const { catalog } = source
  const caret = { start: offset, end: offset }
  const isName = (one: { readonly kind: string }): one is NameMention => one.kind !== 'word'
  const idOf = (store: string, entity: string) => {
    const found = catalog.stores().find(({ name }) => name === store)
    return found?.entities.some(({ name }) => name.text === entity) ? `${storeId(source, found)}/${entity}` : undefined
  }
  const holds = (place: Place | undefined): place is Place => place?.file === file && contains(place.span, caret)
  const around: { readonly span: Span; readonly id: string | undefined }[] = [
    ...catalog
      .stores()
      .flatMap(store =>
        store.entities
          .filter(({ at }) => holds(at))
          .map(({ name, at }) => ({ span: at.span, id: idOf(store.name, name.text) })),
      ),
    ...catalog
      .mentions(file)
      .filter(isName)
      .flatMap(({ whole, store, entity }) => (holds(whole) ? [{ span: whole.span, id: idOf(store, entity) }] : [])),
  ]
  const named = mentionsAt(catalog, file, offset)
    .filter(isName)
    .map(({ store, entity }) => idOf(store, entity))
  const tightest = around.sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start)).map(({ id }) => id)
  return [...named, ...tightest].find(id => id !== undefined) ?? null
}
