// Facts kept on disk from one start to the next, so that a start reads little and parses less.
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import type { FileFacts } from '../core/facts/file-facts.ts'
import { asRecord } from './package-info.ts'

/** To be raised whenever the shape of facts or of this file changes without a new version of the program. */
const schema = 1

/** What is known of one file since an earlier run. */
export interface KeptFile {
  /** Time of the last change in milliseconds and size in bytes; a time of -1 is never trusted. */
  readonly mtimeMs: number
  readonly size: number
  /** True when its text concerns some engine. */
  readonly concerns: boolean
  /** SHA-1 of the text, for files whose facts are kept. */
  readonly hash?: string
  readonly facts?: FileFacts
}

/** Where facts are kept. */
export interface CachePlace {
  /** A folder that belongs to this program alone. */
  readonly dir: string
  /** Version of the program, and whatever else decides on what facts say. */
  readonly version: string
}

/** The hash that tells whether a text is still the same. */
export const hashOf = (text: string): string => createHash('sha1').update(text).digest('hex')

/** What was kept for the workspace `root`. Empty when there is nothing, or nothing of this version, or it is damaged. */
export async function readFactsCache(place: CachePlace, root: string): Promise<ReadonlyMap<string, KeptFile>> {
  const files = new Map<string, KeptFile>()
  try {
    const kept = asRecord(JSON.parse(await readFile(cacheFile(place, root), 'utf8')))
    if (kept?.['schema'] !== schema || kept['version'] !== place.version || kept['root'] !== root) return files
    for (const [file, entry] of Object.entries(asRecord(kept['files']) ?? {})) if (isKept(entry)) files.set(file, entry)
  } catch {
    return new Map()
  }
  return files
}

/**
 * Replaces what is kept for `root`, as a whole or not at all. Entries of files that changed within the last seconds
 * lose their time, because a further change might not show in it. Rejects when the disk refuses.
 */
export async function writeFactsCache(
  place: CachePlace,
  root: string,
  files: ReadonlyMap<string, KeptFile>,
): Promise<void> {
  const recent = Date.now() - 2000
  const entries: Record<string, KeptFile> = {}
  for (const [file, entry] of files) entries[file] = entry.mtimeMs > recent ? { ...entry, mtimeMs: -1 } : entry
  const target = cacheFile(place, root)
  const temporary = `${target}.${process.pid}.tmp`
  await mkdir(place.dir, { recursive: true })
  try {
    await writeFile(temporary, JSON.stringify({ schema, version: place.version, root, files: entries }))
    await rename(temporary, target)
  } finally {
    await rm(temporary, { force: true })
  }
}

const cacheFile = (place: CachePlace, root: string): string => `${place.dir}/facts-${hashOf(root).slice(0, 20)}.json`

function isKept(entry: unknown): entry is KeptFile {
  const { mtimeMs, size, concerns, hash, facts } = asRecord(entry) ?? {}
  if (typeof mtimeMs !== 'number' || typeof size !== 'number' || typeof concerns !== 'boolean') return false
  return facts === undefined || (typeof hash === 'string' && asRecord(facts)?.['module'] !== undefined)
}
