// Writes a file, and every file of its package, for the installed version of react-native-mmkv.
import type { Fix, FixContext } from '../../../rules/rule.ts'
import type { Edit } from '../../../text/edit.ts'
import { versionIn } from './api.ts'
import { migrateFile } from './migrate-file.ts'
import type { Reading } from './proven-instance.ts'

/** Files without any of these have nothing to be written anew. */
const words = /MMKV|Mode\b|\b(?:delete|remove|recrypt|size|getBuffer|set)\b/

/** Fixes that move `file`, and then all files that use MMKV, to `version`; none where nothing can be written. */
export function migrations(reading: Reading, file: string, version: string, context: FixContext): readonly Fix[] {
  const { scope } = reading
  const own = editsOf(reading, file, version, context)
  const all = new Map<string, readonly Edit[]>()
  for (const one of scope.files()) {
    if (versionIn(scope.workspace().project(one)) !== version) continue
    const edits = one === file ? own : editsOf(reading, one, version, context)
    if (edits.length > 0) all.set(one, edits)
  }
  const [major = ''] = /\d+/.exec(version) ?? []
  const title = `Use the API of react-native-mmkv ${major} in`
  const fixes: Fix[] = own.length > 0 ? [{ title: `${title} this file`, safe: true, edits: own }] : []
  if (all.size > fixes.length)
    fixes.push({
      title: `${title} ${all.size === 1 ? 'the file' : `all ${all.size} files`} that ${all.size === 1 ? 'needs' : 'need'} it`,
      safe: false,
      edits: [...all.values()].flat(),
    })
  return fixes
}

function editsOf(reading: Reading, file: string, version: string, context: FixContext): readonly Edit[] {
  const text = context.text(file)
  return text === undefined || !words.test(text) ? [] : migrateFile(reading, file, text, version)
}
