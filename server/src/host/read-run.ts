// Reads the result file of a test run from disk.
import { readFile, stat } from 'node:fs/promises'
import { readResults } from '../core/gates/read-results.ts'
import type { NoResults, TestRun } from '../core/gates/results.ts'

/** Larger results are not read: failed tests of a big app bring their output along, but hardly this much. In bytes. */
export const largestResults = 32 * 1024 * 1024

/** A run and when its file was written, in whole milliseconds since 1970. */
export interface FoundRun {
  readonly run: TestRun
  readonly writtenAt: number
}

/** The run that a result file tells of; `missing` where there is no such file, else a sentence about it. Never throws. */
export async function readRun(file: string): Promise<FoundRun | 'missing' | NoResults> {
  try {
    // Asking first keeps pipes from being waited on and huge files out of memory.
    const found = await stat(file)
    if (!found.isFile()) return { problem: 'It is not a file.' }
    if (found.size > largestResults)
      return { problem: `It is larger than ${largestResults / 1024 / 1024} MB and is not read.` }
    const text = decode(await readFile(file))
    if (text === undefined) return { problem: 'It is no text in UTF-8.' }
    const run = readResults(text)
    return 'problem' in run ? run : { run, writtenAt: Math.floor(found.mtimeMs) }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : { problem: `It cannot be read (${code}).` }
  }
}

/** The text, also as PowerShell writes what is redirected into a file: UTF-16 with its mark. */
function decode(bytes: Buffer): string | undefined {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
