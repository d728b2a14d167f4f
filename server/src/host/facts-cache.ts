// Facts kept on disk from one start to the next, so that a start reads little and parses less.
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import * as z from 'zod'
import type { FileFacts } from '../core/facts/file-facts.ts'
import { createPacker, createUnpacker, type Packer, type PackTables } from '../core/facts/pack-facts.ts'

/** To be raised whenever the shape of facts or of this file changes without a new version of the program. */
const schema = 5

/** What is known of the text of one file. */
export interface KeptFile {
  /** Time of the last change in milliseconds and size in bytes; a time of -1 is never trusted. */
  readonly mtimeMs: number
  readonly size: number
  /** The id that git gives to a file of this text. */
  readonly id: string
  /** True when the text concerns some engine. */
  readonly concerns: boolean
  /** True when the text may open a database or define what one holds. */
  readonly holdsStore: boolean
  /** The facts of the text, packed by the cache that this is kept in. */
  readonly packed?: Uint8Array
}

/** What was kept of a workspace, and what is to be kept of it. */
export interface FactsCache {
  readonly files: ReadonlyMap<string, KeptFile>
  pack(facts: FileFacts): Uint8Array
  /** The facts that `packed` of a file in `files` holds, each time anew; undefined where it is damaged. */
  unpack(packed: Uint8Array): FileFacts | undefined
  /**
   * Replaces what is kept, as a whole or not at all. Entries of files that changed within the last seconds lose their
   * time, because a further change might not show in it. Rejects when the disk refuses.
   */
  write(files: ReadonlyMap<string, KeptFile>): Promise<void>
}

/** Where facts are kept. */
export interface CachePlace {
  /** A folder that belongs to this program alone. */
  readonly dir: string
  /** Version of the program, and whatever else decides on what facts say. */
  readonly version: string
}

/** The id that git gives to a file of this text, where it stores texts as they are. */
export const blobId = (text: string): string =>
  createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0`)
    .update(text)
    .digest('hex')

/** The file begins with the length of this head in bytes, as ten digits; behind the head come the packed facts. */
const headSchema = z.object({
  schema: z.literal(schema),
  version: z.string(),
  root: z.string(),
  strings: z.array(z.string()),
  shapes: z.array(z.array(z.string())),
  /** mtimeMs, size, id, concerns, holdsStore, and where the facts begin behind the head and how long they are. */
  files: z.record(
    z.string(),
    z.tuple([z.number(), z.number(), z.string(), z.boolean(), z.boolean(), z.number(), z.number()]),
  ),
  /** The length of what comes behind the head. */
  length: z.number(),
})
const digits = 10

/** Texts of files that are gone stay in the tables; with so many of them it is better to begin anew. */
const mostStrings = 500_000

/** What was kept for the workspace `root`: nothing where there is none, or none of this version, or it is damaged. */
export async function openFactsCache(place: CachePlace, root: string): Promise<FactsCache> {
  const kept = await readFile(cacheFile(place, root)).then(
    bytes => readKept(bytes, place, root),
    () => undefined,
  )
  const { files, tables } = kept ?? { files: new Map<string, KeptFile>(), tables: { strings: [], shapes: [] } }
  const unpack = createUnpacker(tables)
  let packer: Packer | undefined
  const packing = () => {
    packer ??= createPacker(tables)
    return packer
  }
  return {
    files,
    pack: facts => packing().pack(facts),
    unpack(packed) {
      try {
        return unpack(packed)
      } catch {
        return undefined
      }
    },
    write: next => write(place, root, next, packing().tables),
  }
}

function readKept(bytes: Buffer, place: CachePlace, root: string) {
  try {
    const body = digits + Number(bytes.toString('latin1', 0, digits))
    const head = headSchema.parse(JSON.parse(bytes.toString('utf8', digits, body)))
    if (head.version !== place.version || head.root !== root || bytes.length !== body + head.length) return undefined
    if (head.strings.length > mostStrings) return undefined
    const files = new Map<string, KeptFile>()
    for (const [file, [mtimeMs, size, id, concerns, holdsStore, start, length]] of Object.entries(head.files)) {
      const packed = bytes.subarray(body + start, body + start + length)
      files.set(file, { mtimeMs, size, id, concerns, holdsStore, ...(length > 0 && { packed }) })
    }
    return { files, tables: head }
  } catch {
    return undefined
  }
}

async function write(
  place: CachePlace,
  root: string,
  files: ReadonlyMap<string, KeptFile>,
  { strings, shapes }: PackTables,
): Promise<void> {
  const recent = Date.now() - 2000
  const entries: Record<string, unknown> = {}
  const parts: Uint8Array[] = []
  let length = 0
  for (const [file, { mtimeMs, size, id, concerns, holdsStore, packed }] of files) {
    entries[file] = [mtimeMs > recent ? -1 : mtimeMs, size, id, concerns, holdsStore, length, packed?.length ?? 0]
    if (!packed) continue
    parts.push(packed)
    length += packed.length
  }
  const head = { schema, version: place.version, root, strings, shapes, files: entries, length }
  const headBytes = Buffer.from(JSON.stringify(head))
  const start = Buffer.from(String(headBytes.length).padStart(digits, '0'))
  const target = cacheFile(place, root)
  const temporary = `${target}.${process.pid}.tmp`
  await mkdir(place.dir, { recursive: true })
  try {
    await writeFile(temporary, Buffer.concat([start, headBytes, ...parts]))
    await rename(temporary, target)
  } finally {
    await rm(temporary, { force: true })
  }
}

const cacheFile = (place: CachePlace, root: string): string =>
  `${place.dir}/facts-${createHash('sha1').update(root).digest('hex').slice(0, 20)}.bin`
