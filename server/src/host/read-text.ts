// Reads one file as text, and says plainly why it cannot.
import { open } from 'node:fs/promises'

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
  let bytes: Buffer
  try {
    const handle = await open(path, 'r')
    try {
      const stat = await handle.stat()
      if (!stat.isFile()) return { problem: 'unreadable', message: `${path} is not a file.` }
      if (stat.size > largestText) return tooLarge(path)
      bytes = await handle.readFile()
    } finally {
      await handle.close()
    }
  } catch (error) {
    return failed(path, error)
  }
  return decodeText(bytes, path)
}

/** The text that `bytes` hold, by the same measures; `path` is only for messages. */
export function decodeText(bytes: Uint8Array, path: string): ReadResult {
  if (bytes.length > largestText) return tooLarge(path)
  if (bytes.includes(0)) return { problem: 'binary', message: `${path} is a binary file.` }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { problem: 'not-utf8', message: `${path} is not valid UTF-8. Save it as UTF-8 to have it checked.` }
  }
}

const tooLarge = (path: string): ReadResult => ({
  problem: 'too-large',
  message: `${path} is larger than ${largestText / 1024 / 1024} MB and is not read.`,
})

function failed(path: string, error: unknown): ReadResult {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') return { problem: 'missing', message: `${path} does not exist.` }
  return { problem: 'unreadable', message: `${path} cannot be read (${code}).` }
}
