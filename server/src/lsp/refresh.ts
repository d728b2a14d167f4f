// Tells the editor that lenses, hints and the diagram may be others now, as an edit in one file changes them in others.
import { CodeLensRefreshRequest, type Connection, InlayHintRefreshRequest } from 'vscode-languageserver/node'
import { diagramChangedNotification } from '../../../shared/diagram.ts'
import type { ClientAbilities } from './client-abilities.ts'

type Shown = 'lenses' | 'hints' | 'diagram'

/** What the editor shows, and whether it may be old. */
export interface Refresher {
  /** The editor has just asked for these, so it shows them. */
  shown(what: Shown): void
  /** Something that they are made of may have changed. */
  update(): void
}

/**
 * An editor is told once for all changes until it asks again, and not while it has not answered: a person who types
 * does not cause more questions than answers.
 */
export function createRefresher(connection: Connection, client: ClientAbilities): Refresher {
  const ways = {
    lenses: wayOf(client.refreshesLenses, () => connection.sendRequest(CodeLensRefreshRequest.type)),
    hints: wayOf(client.refreshesHints, () => connection.sendRequest(InlayHintRefreshRequest.type)),
    // Whoever asked for it understands the notification.
    diagram: wayOf(true, () => connection.sendNotification(diagramChangedNotification)),
  }
  return {
    shown: what => ways[what].shown(),
    update() {
      ways.lenses.update()
      ways.hints.update()
      ways.diagram.update()
    },
  }
}

function wayOf(isPossible: boolean, tell: () => Promise<void>) {
  let isShown = false
  let isTelling = false
  let again = false
  const update = () => {
    if (!isPossible || !isShown) return
    again = isTelling
    if (isTelling) return
    isTelling = true
    isShown = false
    const done = () => {
      isTelling = false
      if (again) update()
    }
    tell().then(done, done)
  }
  return {
    shown() {
      isShown = true
    },
    update,
  }
}
