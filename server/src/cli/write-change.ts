// Writes a mended file: wholly or not at all, and never over a text that somebody else has changed meanwhile.
import { chmod, mkdir, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { decodeText } from '../host/read-text.ts'

const byteOrderMark = '\uFEFF'

/**
 * Replaces the text `before` of a file by `after`; with `before` undefined creates the file. Gives the reason when the
 * file was left alone, and undefined when it was written. A byte order mark and the file's mode are kept.
 */
export async function writeChange(
  path: string,
  before: string | undefined,
  after: string,
): Promise<string | undefined> {
  try {
    return before === undefined ? await create(path, after) : await replace(await realpath(path), before, after)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error
    if (code === 'ENOENT') return 'It is gone since it was read, so it was left alone.'
    return `It could not be written (${code}).`
  }
}

async function create(path: string, text: string): Promise<string | undefined> {
  await mkdir(dirname(path), { recursive: true })
  const handle = await open(path, 'wx').catch(error => {
    if (error.code === 'EEXIST') return undefined
    throw error
  })
  if (!handle) return 'It exists already, so it was left alone.'
  await handle.writeFile(text).finally(() => handle.close())
  return undefined
}

async function replace(path: string, before: string, after: string): Promise<string | undefined> {
  const { mode } = await stat(path)
  const temporary = `${path}.${process.pid}.tmp`
  try {
    // `wx`: a leftover of that name is not ours to overwrite.
    const hasMark = (await readFile(path)).subarray(0, 3).equals(Buffer.from(byteOrderMark))
    await writeFile(temporary, (hasMark ? byteOrderMark : '') + after, { flag: 'wx', mode })
    await chmod(temporary, mode)
    const present = decodeText(await readFile(path), path)
    if (present.problem !== undefined || present.text !== before)
      return 'It has changed since it was read, so it was left alone.'
    await rename(temporary, path)
    return undefined
  } finally {
    await rm(temporary, { force: true })
  }
}
