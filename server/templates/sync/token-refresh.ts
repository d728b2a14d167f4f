// Renews the token once for all who need it, and tells whether the user is still signed in.

/** Gives a function that joins a renewal that is under way instead of starting a second one. */
export function createTokenRefresh(refresh: () => Promise<boolean>): () => Promise<boolean> {
  let running: Promise<boolean> | undefined
  return () => {
    running ??= refresh().finally(() => {
      running = undefined
    })
    return running
  }
}
