// What a run of tests has brought, by file.

/** How the tests of one file ended. */
export interface Outcome {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** The first test that failed, by its title as the runner gives it. */
  readonly failure: string | undefined
}

/** One run. Paths are as the runner wrote them, with forward slashes: absolute ones or, in some reports, relative ones. */
export interface TestRun {
  /** When the run began, in milliseconds since 1970; undefined where its report does not say. */
  readonly startedAt: number | undefined
  readonly files: ReadonlyMap<string, Outcome>
}

/** Why a text is no result. */
export interface NoResults {
  readonly problem: string
}

/** Collects what a report says of single tests. */
export interface Collector {
  /** Counts a test. Without a file it is one that belongs to none, such as a hook around all. */
  add(file: string | undefined, state: 'passed' | 'failed' | 'skipped', title: string): void
  /** The run; undefined where no test says which file it is in. */
  run(startedAt: number | undefined): TestRun | undefined
}

/** Collects nothing yet. */
export function createCollector(): Collector {
  const files = new Map<string, { passed: number; failed: number; skipped: number; failure: string | undefined }>()
  const homeless: string[] = []
  let isEmpty = true
  return {
    add(file, state, title) {
      isEmpty = false
      if (file === undefined || file === '') {
        if (state === 'failed') homeless.push(title)
        return
      }
      const path = plainPath(file)
      const outcome = files.get(path) ?? { passed: 0, failed: 0, skipped: 0, failure: undefined }
      outcome[state]++
      if (state === 'failed') outcome.failure ??= title
      files.set(path, outcome)
    },
    run(startedAt) {
      if (files.size === 0 && !isEmpty) return undefined
      // What failed outside of every file may have been part of any of them.
      for (const outcome of files.values()) {
        outcome.failed += homeless.length
        outcome.failure ??= homeless[0]
      }
      return { startedAt, files }
    },
  }
}

/** A path as paths are compared here: forward slashes, a small drive letter, no `file://`. */
export const plainPath = (path: string): string =>
  path
    .replace(/^file:\/\/(?=\/)/, '')
    .replace(/^\/(?=[A-Za-z]:)/, '')
    .replace(/\\/g, '/')
    .replace(/^[A-Z]:/, drive => drive.toLowerCase())
