// Reads one file without waiting, for the few who cannot wait: a fix that asks whether a file is there.
import { readFileSync } from 'node:fs'
import { decodeText, type ReadResult } from './read-text.ts'

/** The text of the file at `path`, by the measures of `readText`; undefined where there is none. Never throws. */
export function readTextNow(path: string): string | undefined {
  try {
    const result: ReadResult = decodeText(readFileSync(path), path)
    return result.problem === undefined ? result.text : undefined
  } catch {
    return undefined
  }
}
