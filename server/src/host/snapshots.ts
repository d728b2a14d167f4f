// Snapshot files: the schemas that have been released, kept beside the sources.
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { findNodeAtLocation, type ParseError, parse, parseTree } from 'jsonc-parser'
import { type Snapshot, snapshotSchema } from '../core/baseline/snapshot.ts'
import { snapshotFolder, snapshotPath, snapshotText } from '../core/baseline/snapshot-file.ts'
import { dirname } from '../core/text/path.ts'
import { isSnapshotPath } from './file-kinds.ts'
import { jsonErrorWords } from './json-error.ts'
import { asRecord } from './package-info.ts'
import type { Problem } from './problem.ts'
import { readText } from './read-text.ts'

/** A snapshot and the file that holds it. */
export interface SnapshotFile {
  readonly file: string
  readonly snapshot: Snapshot
}

/** What snapshot files hold, and what is wrong with those that hold nothing usable. */
export interface LoadedSnapshots {
  readonly snapshots: readonly SnapshotFile[]
  readonly problems: readonly Problem[]
}

/** The snapshot files directly under `folder`: `offline-storage/<store>/v<N>.json`. None when there is no such folder. */
export async function snapshotFilesIn(folder: string): Promise<readonly string[]> {
  const base = `${folder}/offline-storage`
  const stores = await readdir(base, { withFileTypes: true }).catch(() => [])
  const lists = stores.map(async store => {
    if (!store.isDirectory()) return []
    const names = await readdir(`${base}/${store.name}`).catch(() => [])
    return names.map(name => `${base}/${store.name}/${name}`).filter(isSnapshotPath)
  })
  return (await Promise.all(lists)).flat().sort()
}

/** Reads snapshot files, lowest version first. A file that cannot be used is a problem in the answer, not an error. */
export async function loadSnapshots(files: readonly string[]): Promise<LoadedSnapshots> {
  const snapshots: SnapshotFile[] = []
  const problems: Problem[] = []
  for (const file of files) {
    const read = await readText(file)
    if (read.problem !== undefined) {
      problems.push({ file, message: read.message.replace(file, 'This file'), reason: read.problem })
      continue
    }
    const parsed = parseSnapshot(file, read.text)
    if ('snapshot' in parsed) snapshots.push(parsed)
    else problems.push(parsed)
  }
  snapshots.sort((a, b) => a.snapshot.version - b.snapshot.version || (a.file < b.file ? -1 : 1))
  return { snapshots, problems }
}

/** Reads the text of a snapshot file, or says what is wrong with it and where. */
export function parseSnapshot(file: string, text: string): SnapshotFile | Problem {
  const errors: ParseError[] = []
  const json: unknown = parse(text, errors, { disallowComments: true, allowTrailingComma: false })
  const [error] = errors
  if (error) {
    const { offset, length } = error
    return {
      file,
      offset,
      length,
      message: `This snapshot is not valid JSON (${jsonErrorWords(error)}). Restore it from version control.`,
    }
  }
  const record = asRecord(json)
  if (record?.['format'] !== 'offline-storage/snapshot')
    return {
      file,
      ...placeOf(text, ['format']),
      message: 'This file is not a snapshot of Offline Storage, so it is not compared with.',
    }
  const formatVersion = record['formatVersion']
  if (typeof formatVersion === 'number' && formatVersion > 1)
    return {
      file,
      ...placeOf(text, ['formatVersion']),
      message:
        'This snapshot was written by a newer version of Offline Storage. Update Offline Storage to have it compared.',
    }
  const result = snapshotSchema.safeParse(json)
  if (!result.success) {
    const issue = result.error.issues[0]
    const path = (issue?.path ?? []).filter(part => typeof part !== 'symbol')
    return {
      file,
      ...placeOf(text, path),
      message: `This snapshot is damaged at ${path.join('.') || 'its top'}: ${issue?.message}. Restore it from version control.`,
    }
  }
  const named = Number(/\/v(\d+)\.json$/.exec(file)?.[1])
  if (!Number.isNaN(named) && named !== result.data.version)
    return {
      file,
      ...placeOf(text, ['version']),
      message: `This snapshot says version ${result.data.version}, but its file is named v${named}.json. Restore it from version control.`,
    }
  const folder = /\/offline-storage\/([^/]+)\/v\d+\.json$/.exec(file)?.[1]
  if (folder !== undefined && folder !== snapshotFolder(result.data.store))
    return {
      file,
      ...placeOf(text, ['store']),
      message: `This snapshot is of the store "${result.data.store}", but its folder is named "${folder}". Restore it from version control.`,
    }
  return { file, snapshot: result.data }
}

/** What became of a snapshot that was to be written. */
export type SnapshotWritten =
  | { readonly kind: 'written' | 'same'; readonly file: string }
  | { readonly kind: 'differs' | 'not-ours' | 'refused'; readonly file: string; readonly message: string }

/**
 * Writes a snapshot below `folder`. A file that holds another content is kept unless `replace` is given, and a file that
 * is no snapshot of this program is always kept. Never rejects: where the disk refuses, the answer says so.
 */
export async function writeSnapshot(folder: string, snapshot: Snapshot, replace = false): Promise<SnapshotWritten> {
  const file = snapshotPath(folder, snapshot)
  try {
    return await writeOrKeep(file, snapshot, replace)
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : error
    return { kind: 'refused', file, message: `${file} could not be written (${reason}).` }
  }
}

async function writeOrKeep(file: string, snapshot: Snapshot, replace: boolean): Promise<SnapshotWritten> {
  const text = snapshotText(snapshot)
  await mkdir(dirname(file), { recursive: true })
  const before = await readText(file)
  if (before.problem === 'missing') {
    // `wx` fails when somebody else has made the file in the meantime.
    const handle = await open(file, 'wx')
    await handle.writeFile(text).finally(() => handle.close())
    return { kind: 'written', file }
  }
  if (before.problem !== undefined) return { kind: 'not-ours', file, message: `${before.message} It is left as it is.` }
  const present = parseSnapshot(file, before.text)
  if ('snapshot' in present && snapshotText(present.snapshot) === text) return { kind: 'same', file }
  if (asRecord(parse(before.text))?.['format'] !== 'offline-storage/snapshot')
    return { kind: 'not-ours', file, message: `${file} is not a snapshot of Offline Storage and is left as it is.` }
  if (!replace) {
    const why =
      'snapshot' in present
        ? `holds another schema for version ${snapshot.version}, which may be on users' devices already.`
        : `is left as it is. ${present.message}`
    return { kind: 'differs', file, message: `${file} ${why}` }
  }
  const temporary = `${file}.${process.pid}.tmp`
  try {
    await writeFile(temporary, text)
    await rename(temporary, file)
  } finally {
    await rm(temporary, { force: true })
  }
  return { kind: 'written', file }
}

/** Where the value at `path` of a JSON text stands, or the nearest value around it. */
function placeOf(text: string, path: readonly (string | number)[]): { offset: number; length: number } | undefined {
  const tree = parseTree(text)
  for (let length = path.length; tree && length >= 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length))
    if (node) return { offset: node.offset, length: node.length }
  }
  return undefined
}
