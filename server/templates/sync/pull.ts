// Fetches what has changed on the server since the last time, page by page.
import { withDeadline } from './deadline.ts'
import type { Clock, JsonObject } from './types.ts'

/** One page of the server's changes. Deletions come as tombstones, by id. */
export interface PulledPage {
  readonly changes: Readonly<Record<string, EntityChanges>>
  /** Where the next page begins; the server makes it, so no clock of a device is involved. */
  readonly checkpoint: string
  readonly hasMore: boolean
}

export interface EntityChanges {
  readonly upserted: readonly PulledRecord[]
  readonly deleted: readonly string[]
}

export interface PulledRecord {
  readonly id: string
  readonly version: string
  readonly values: JsonObject
  /** The hybrid logical clock's time of the last edit, where the server keeps it. */
  readonly stamp?: string | null
}

export interface PullOptions {
  readonly clock: Clock
  /** A page is given up after so many milliseconds; the whole pull may take as long as it needs. */
  readonly requestTimeoutMs: number
  /** The checkpoint of the last page that was applied; null before the first. */
  readonly checkpoint: () => Promise<string | null>
  /** Fetches and checks one page. It throws a `TransportError` for an answer that is not a success. */
  readonly fetchPage: (checkpoint: string | null, signal: AbortSignal) => Promise<PulledPage>
  /** Writes the changes and the checkpoint in one transaction, so that a crash repeats a page but never skips one. */
  readonly apply: (page: PulledPage) => Promise<void>
}

/** Gives the `pull` of a transport. It ends early, without an error, when the signal is aborted. */
export function createPull(options: PullOptions): (signal: AbortSignal) => Promise<void> {
  return async signal => {
    let checkpoint = await options.checkpoint()
    for (;;) {
      const from = checkpoint
      const page = await withDeadline(options.clock, options.requestTimeoutMs, signal, inner =>
        options.fetchPage(from, inner),
      )
      // The user may have signed out meanwhile: these are not the next user's records.
      if (signal.aborted) return
      await options.apply(page)
      if (!page.hasMore) return
      if (page.checkpoint === from) throw new Error('The server gives the same page again and again.')
      checkpoint = page.checkpoint
    }
  }
}
