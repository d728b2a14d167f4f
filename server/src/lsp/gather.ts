// Reads what all files name before an answer that needs all of it, piece by piece, so that nobody who types waits for it.
import type { CancellationToken } from 'vscode-languageserver/node'
import type { Catalog } from '../core/catalog/catalog.ts'
import { createPause } from '../host/pause.ts'
import type { Folder } from './folder.ts'
import { cancelled } from './run-safe.ts'

/**
 * Resolves when the mentions of every file are remembered, with the files that names lead to and that no rule had asked
 * for. Only the first time takes long. Throws when cancelled.
 */
export async function gather(catalog: Catalog, folder: Folder, token: CancellationToken): Promise<void> {
  const pause = createPause()
  do {
    for (const file of catalog.files()) {
      catalog.mentions(file)
      await pause()
      if (token.isCancellationRequested) throw cancelled()
    }
  } while (await folder.readWanted())
}
