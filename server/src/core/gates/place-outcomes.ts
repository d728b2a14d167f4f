// Which test files the paths in a report mean.
import { dirname, join } from '../text/path.ts'
import { type Outcome, plainPath, type TestRun } from './results.ts'

/** Where a report was found, and which test files there are. */
export interface ReportPlace {
  /** The result file. */
  readonly file: string
  /** The folder that is looked at. */
  readonly root: string
  /** Test files by every name that they go by, in the form of `plainPath`: runners follow symbolic links. */
  readonly names: ReadonlyMap<string, string>
}

/**
 * The outcomes by test file. A relative path is one from the folder of the report, or from the nearest folder above it
 * that holds such a test: several packages may have a file of one name.
 */
export function placeOutcomes({ files }: TestRun, place: ReportPlace): ReadonlyMap<string, Outcome> {
  const bases = basesOf(place)
  const placed = new Map<string, Outcome>()
  for (const [path, outcome] of files) {
    const isAbsolute = /^(?:\/|[a-z]:\/)/.test(path)
    const paths = isAbsolute ? [path] : bases.map(base => plainPath(join(base, path)))
    const test = paths.map(one => place.names.get(one)).find(one => one !== undefined)
    if (test !== undefined) placed.set(test, joined(placed.get(test), outcome))
  }
  return placed
}

function basesOf({ file, root }: ReportPlace): readonly string[] {
  if (!file.startsWith(`${root}/`)) return [root]
  const bases: string[] = []
  for (let folder = dirname(file); folder.length >= root.length; folder = dirname(folder)) bases.push(folder)
  return bases
}

const joined = (one: Outcome | undefined, other: Outcome): Outcome =>
  one === undefined
    ? other
    : {
        passed: one.passed + other.passed,
        failed: one.failed + other.failed,
        skipped: one.skipped + other.skipped,
        failure: one.failure ?? other.failure,
      }
