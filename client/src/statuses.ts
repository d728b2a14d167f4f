// What the server tells of itself, for everybody who wants to know: the client gives a notification to one listener only.
import { type Disposable, type Event, EventEmitter } from 'vscode'
import { type Status, statusNotification } from '../../shared/requests.ts'
import type { StorageClient } from './start-client.ts'

/** The server's status as an event. */
export interface Statuses extends Disposable {
  readonly onStatus: Event<Status>
}

/** Begins to listen; may be called once for a client. */
export function listenToStatus(client: StorageClient): Statuses {
  const emitter = new EventEmitter<Status>()
  const listening = client.onNotification(statusNotification, (status: Status) => emitter.fire(status))
  return {
    onStatus: emitter.event,
    dispose() {
      listening.dispose()
      emitter.dispose()
    },
  }
}
