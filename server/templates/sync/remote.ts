// The server as the layer speaks with it, and the records as the app keeps them: pulling joins the two.
import { withDeadline } from './deadline.ts'
import { createPull, type PulledPage } from './pull.ts'
import type { Clock, EntityRef, LocalData, RemoteRecord, Transport } from './types.ts'

/** What a transport brings: REST and GraphQL each have one. Answers that are no success are `TransportError`s. */
export interface Remote extends Pick<Transport, 'send' | 'fetchRemote'> {
  /** Fetches and checks one page of changes; null asks for the first. */
  fetchPage(checkpoint: string | null, signal: AbortSignal): Promise<PulledPage>
}

/** The app's records, as the sync reads and writes them. */
export interface RecordStore {
  readonly local: LocalData
  /** The checkpoint of the last page that was applied; null before the first. */
  checkpoint(): Promise<string | null>
  /** Writes a page and its checkpoint in one transaction. A record with unsent edits is left alone and becomes doubtful. */
  apply(page: PulledPage): Promise<void>
  /** Records whose state on the server is not known for sure and that have no unsent edit any more. */
  doubtful(): Promise<readonly EntityRef[]>
  /** Writes what the server says of one record; null when it is deleted. Left alone where an edit has come in between. */
  put(ref: EntityRef, remote: RemoteRecord | null): Promise<void>
}

export interface RemoteTransportOptions {
  readonly remote: Remote
  readonly records: RecordStore
  readonly clock: Clock
  readonly requestTimeoutMs: number
}

/** Joins a server and a store of records to a transport that pulls before it sends. */
export function remoteTransport({ remote, records, clock, requestTimeoutMs }: RemoteTransportOptions): Transport {
  const pullPages = createPull({
    clock,
    requestTimeoutMs,
    checkpoint: records.checkpoint,
    fetchPage: remote.fetchPage,
    apply: records.apply,
  })
  return {
    send: remote.send,
    fetchRemote: remote.fetchRemote,
    pull: async signal => {
      await pullPages(signal)
      if (signal.aborted) return
      for (const ref of await records.doubtful()) {
        const record = await withDeadline(clock, requestTimeoutMs, signal, inner => remote.fetchRemote(ref, inner))
        if (signal.aborted) return
        await records.put(ref, record)
      }
    },
  }
}
