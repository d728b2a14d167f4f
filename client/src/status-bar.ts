// The status bar item: what the server is doing, and how many problems the storage code has.
import { commands, Disposable, StatusBarAlignment, type StatusBarItem, ThemeColor, window } from 'vscode'
import { State } from 'vscode-languageclient/node'
import type { Status } from '../../shared/requests.ts'
import { type StorageClient, section } from './start-client.ts'
import type { Statuses } from './statuses.ts'

/**
 * Shows what the server tells about itself, and nothing in workspaces without a store. Sets the context key
 * `offlineStorage.hasStores`, by which the palette hides commands that would have nothing to work on.
 */
export function showStatus(client: StorageClient, { onStatus }: Statuses): Disposable {
  const item = window.createStatusBarItem(`${section}.status`, StatusBarAlignment.Left)
  item.name = 'Offline Storage'
  item.command = 'workbench.actions.view.problems'
  return Disposable.from(
    item,
    onStatus(status => {
      render(item, status)
      void commands.executeCommand('setContext', `${section}.hasStores`, status.stores > 0)
    }),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped) item.hide()
    }),
  )
}

function render(item: StatusBarItem, status: Status): void {
  if (status.state === 'ready' && status.stores === 0) {
    item.hide()
    return
  }
  const stores = count(status.stores, 'store')
  const problems = `${count(status.errors, 'error')}, ${count(status.warnings, 'warning')}`
  const counts = `$(error) ${status.errors} $(warning) ${status.warnings}`
  item.text = {
    reading: '$(sync~spin) Storage',
    ready: `$(database) Storage ${counts}`,
    error: '$(alert) Storage',
  }[status.state]
  item.tooltip =
    status.message ??
    (status.state === 'reading'
      ? 'Offline Storage is reading the workspace'
      : `Offline Storage: ${stores}, ${problems}`)
  item.accessibilityInformation = { label: item.tooltip, role: 'button' }
  item.backgroundColor = status.state === 'error' ? new ThemeColor('statusBarItem.errorBackground') : undefined
  item.show()
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`
