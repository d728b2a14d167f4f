// A folder for one test, gone when the test is over.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { toSlashes } from '../../src/host/slashes.ts'

const made: string[] = []

/** Makes a folder with `files` by relative path, and gives its path. Call `removeTempFolders` after each test. */
export function tempFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = toSlashes(realpathSync(mkdtempSync(join(tmpdir(), 'offline-storage-'))))
  made.push(folder)
  writeFiles(folder, files)
  return folder
}

/** Writes `files` by relative path below `folder`. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(`${folder}/${path}`), { recursive: true })
    writeFileSync(`${folder}/${path}`, content)
  }
}

/** Removes what `tempFolder` has made. */
export function removeTempFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
}
