// workspace/didChangeWatchedFiles: files that changed outside the editor.
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  WatchKind,
} from 'vscode-languageserver/node'
import { runQuietly } from '../run-safe.ts'
import { toPath } from '../uri.ts'
import type { Workspace } from '../workspace.ts'

/** Takes in what the editor's watcher saw. */
export function registerWatchedFiles(connection: Connection, workspace: Workspace): void {
  connection.onDidChangeWatchedFiles(({ changes }) =>
    runQuietly('didChangeWatchedFiles', workspace.log, () => {
      for (const { uri, type } of changes) {
        const file = toPath(uri)
        if (file !== undefined) workspace.changedOnDisk(file, type === FileChangeType.Deleted)
      }
    }),
  )
}

/** Asks the editor to watch; when a folder is deleted, only the folder itself is told, so deletions are watched everywhere. */
export async function watchFiles(connection: Connection): Promise<void> {
  await connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: [
      { globPattern: '**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,sql}' },
      { globPattern: '**/{package.json,tsconfig*.json,jsconfig*.json,pnpm-workspace.yaml}' },
      { globPattern: '**/{babel.config.json,.babelrc,.babelrc.json}' },
      { globPattern: '**/{ios/**/Info.plist,ios/Podfile.properties.json,android/gradle.properties}' },
      { globPattern: '**/offline-storage.config.json' },
      { globPattern: '**/offline-storage/*/*.json' },
      { globPattern: '**/.gitignore' },
      { globPattern: '**', kind: WatchKind.Delete },
    ],
  })
}
