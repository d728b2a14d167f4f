// A method that throws must not take the server with it.
import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node'

/** Where errors are written for whoever looks into the log. */
export type Log = (message: string) => void

/**
 * Runs a request. An error is logged and answered with `empty`; a request that was cancelled meanwhile is answered as
 * cancelled, and an answer that is meant to be an error (`ResponseError`) reaches the client.
 */
export async function runSafe<Result>(
  name: string,
  log: Log,
  token: CancellationToken | undefined,
  empty: Result,
  run: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    if (token?.isCancellationRequested) throw cancelled()
    const result = await run()
    if (token?.isCancellationRequested) throw cancelled()
    return result
  } catch (error) {
    if (error instanceof ResponseError) throw error
    log(`${name}: ${describe(error)}`)
    return empty
  }
}

/** Runs a notification or a piece of background work: what it throws is logged. */
export function runQuietly(name: string, log: Log, run: () => void | Promise<void>): void {
  const report = (error: unknown) => log(`${name}: ${describe(error)}`)
  try {
    Promise.resolve(run()).catch(report)
  } catch (error) {
    report(error)
  }
}

/** Waits for `work`, but no longer than somebody waits for the answer; throws when the request is cancelled. */
export async function orCancelled<Result>(
  work: Promise<Result>,
  token: CancellationToken | undefined,
): Promise<Result> {
  if (!token) return work
  if (token.isCancellationRequested) throw cancelled()
  let stop: { dispose(): void } | undefined
  const cancellation = new Promise<never>((_, reject) => {
    stop = token.onCancellationRequested(() => reject(cancelled()))
  })
  return Promise.race([work, cancellation]).finally(() => stop?.dispose())
}

/** The answer to a request that nobody waits for any more. */
export const cancelled = (): ResponseError<void> =>
  new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.')

/** The answer to a request about a text that is no longer there. */
export const outdated = (): ResponseError<void> =>
  new ResponseError(LSPErrorCodes.ContentModified, 'The text has changed since this was offered.')

/** An error in words, with its stack where it has one. */
export const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)
