// Reads one file as text, and says plainly why it cannot.
import { isUtf8 } from 'node:buffer'
import { readFile, readFileSync, type Stats, stat } from 'node:fs'
import { promisify } from 'node:util'

/** A text, or why there is none. */
export type ReadResult =
  | { readonly text: string; readonly problem?: undefined }
  | { readonly problem: 'missing' | 'unreadable' | 'too-large' | 'binary' | 'not-utf8'; readonly message: string }

/** Larger files are generated ones; reading them would only cost time. In bytes. */
export const largestText = 5 * 1024 * 1024

/**
 * The text of the file at `path` as an editor shows it: UTF-8, without the byte order mark, so that offsets agree with
 * the editor's. Never throws.
 */
export async function readText(path: string): Promise<ReadResult> {
  try {
    // Asking first keeps pipes from being waited on and huge files out of memory.
    const found = await statOf(path)
    if (!found.isFile()) return { problem: 'unreadable', message: `${path} is not a file.` }
    if (found.size > largestText) return tooLarge(path)
    return decodeText(await bytesOf(path), path)
  } catch (error) {
    return failed(path, error)
  }
}

/** The same without waiting, for whoever has just asked the disk about the file and got `found`. */
export function readTextSync(path: string, found: Stats): ReadResult {
  try {
    if (!found.isFile()) return { problem: 'unreadable', message: `${path} is not a file.` }
    return found.size > largestText ? tooLarge(path) : decodeText(readFileSync(path), path)
  } catch (error) {
    return failed(path, error)
  }
}

/** The text that `bytes` hold, by the same measures; `path` is only for messages. */
export function decodeText(bytes: Buffer, path: string): ReadResult {
  if (bytes.length > largestText) return tooLarge(path)
  if (bytes.includes(0)) return { problem: 'binary', message: `${path} is a binary file.` }
  if (!isUtf8(bytes))
    return { problem: 'not-utf8', message: `${path} is not valid UTF-8. Save it as UTF-8 to have it checked.` }
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  return { text: bytes.toString('utf8', hasMark ? 3 : 0) }
}

/** The callback forms are four times as fast as those of `node:fs/promises`, which counts over thousands of files. */
const statOf = promisify(stat)
const bytesOf = promisify(readFile)

const tooLarge = (path: string): ReadResult => ({
  problem: 'too-large',
  message: `${path} is larger than ${largestText / 1024 / 1024} MB and is not read.`,
})

function failed(path: string, error: unknown): ReadResult {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') return { problem: 'missing', message: `${path} does not exist.` }
  return { problem: 'unreadable', message: `${path} cannot be read (${code}).` }
}
