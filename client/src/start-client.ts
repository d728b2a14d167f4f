// The language client: which files the server sees, how its process is started, and what it is told at start.
import path from 'node:path'
import { type ExtensionContext, workspace } from 'vscode'
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node'
import type { InitializationOptions } from '../../shared/requests.ts'
import { applyWhole } from './whole-change.ts'

export type StorageClient = LanguageClient

/** The section of settings that belongs to this extension; also the prefix of its commands. */
export const section = 'offlineStorage'

/** New objects get 4 MB instead of 16 before they are collected: 20 MB less at the peak, and no measurable time. */
const leanMemory = ['--max-semi-space-size=4']

/**
 * A client that is not yet running. Which changes of settings and files it is told of, the server registers by itself.
 * Its log is the output channel "Offline Storage".
 */
export function createClient(context: ExtensionContext): StorageClient {
  const module = context.asAbsolutePath(path.join('dist', 'server', 'server.cjs'))
  const server: ServerOptions = {
    run: { module, transport: TransportKind.ipc, options: { execArgv: leanMemory } },
    debug: {
      module,
      transport: TransportKind.ipc,
      options: { execArgv: [...leanMemory, '--nolazy', '--inspect=6009'] },
    },
  }
  return new LanguageClient(section, 'Offline Storage', server, clientOptions(context))
}

/** Starts the server, or stops and starts it when it runs. A failure is shown by the client and does not throw. */
export async function restartClient(client: StorageClient): Promise<void> {
  try {
    if (client.needsStop()) await client.stop()
    await client.start()
  } catch (error) {
    client.error('The language server could not be started.', error, false)
  }
}

function clientOptions(context: ExtensionContext): LanguageClientOptions {
  return {
    documentSelector: [
      ...['typescript', 'typescriptreact', 'javascript', 'javascriptreact'].map(language => ({
        scheme: 'file',
        language,
      })),
      { scheme: 'file', pattern: '**/offline-storage.config.json' },
      { scheme: 'file', pattern: '**/offline-storage/*/v*.json' },
      // Only those that code imports are judged.
      { scheme: 'file', pattern: '**/*.sql' },
    ],
    middleware: { workspace: { handleApplyEdit: applyWhole } },
    // A function, so that a restart after trust was granted tells the server the new state.
    initializationOptions: (): InitializationOptions => {
      const cacheDir = context.storageUri?.fsPath
      return {
        trusted: workspace.isTrusted,
        showsReferences: true,
        runsScaffolds: true,
        ...(cacheDir === undefined ? {} : { cacheDir }),
      }
    },
  }
}
