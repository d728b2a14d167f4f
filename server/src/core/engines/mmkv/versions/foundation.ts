// The package that react-native-mmkv 4 stands on, and how a package.json comes to ask for it.
import type { TextEdit } from '../../../text/edit.ts'
import { packageName } from './api.ts'

export const foundation = 'react-native-nitro-modules'

/** What react-native-mmkv 4.3.2 is built with, and its patches. */
const version = '^0.35.9'

/** The edit by which the `dependencies` in `text` name it, behind react-native-mmkv; undefined where that is not found there. */
export function addDependency(file: string, text: string | undefined): TextEdit | undefined {
  const list = /"dependencies"\s*:\s*\{/.exec(text ?? '')
  if (text === undefined || !list) return undefined
  const from = list.index + list[0].length
  const entry = new RegExp(`([ \\t]*\\r?\\n[ \\t]*|[ \\t]*)"${packageName}"\\s*:\\s*"[^"]*"`, 'd').exec(
    text.slice(from, text.indexOf('}', from)),
  )
  if (!entry) return undefined
  const at = from + entry.index + entry[0].length
  return { file, start: at, end: at, text: `,${entry[1]}"${foundation}": "${version}"` }
}
