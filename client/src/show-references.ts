// What a click on a lens does: the places that it names are shown.
import { commands, type Disposable } from 'vscode'
import type { Location, Position } from 'vscode-languageclient'
import { clientCommands } from '../../shared/requests.ts'
import type { StorageClient } from './start-client.ts'

/** Registers the command of lenses. One place is gone to, of several a list is shown at the lens. */
export const registerShowReferences = (client: StorageClient): Disposable =>
  commands.registerCommand(clientCommands.showReferences, (uri: string, at: Position, places: Location[]) => {
    const { asUri, asPosition, asLocation } = client.protocol2CodeConverter
    const here = [asUri(uri), asPosition(at), places.map(asLocation)] as const
    return places.length === 1
      ? commands.executeCommand('editor.action.goToLocations', ...here, 'goto')
      : commands.executeCommand('editor.action.showReferences', ...here)
  })
