// Writes a file for another version of react-native-mmkv: what it creates, what it calls, and what it imports.
import type { CallValue, Value } from '../../../source/value.ts'
import type { TextEdit } from '../../../text/edit.ts'
import type { Span } from '../../../text/span.ts'
import { isAtLeast } from '../../../text/version.ts'
import { quoted, styleOf } from '../../../write/style.ts'
import { modes } from './api.ts'
import { type ApiUse, apiUses } from './api-uses.ts'
import { migrateBuffers } from './migrate-buffers.ts'
import { migrateNames } from './migrate-names.ts'
import type { Reading } from './proven-instance.ts'

const wanted = new Set(['delete', 'remove', 'recrypt', 'size', 'getBuffer', 'set'])

/** The edits after which `file` uses the API of `version`, as far as what it says is certain; none where it does already. */
export function migrateFile(reading: Reading, file: string, text: string, version: string): readonly TextEdit[] {
  if (reading.scope.isBroken(file)) return []
  const uses = apiUses(reading, file, name => wanted.has(name))
  const edits = uses.flatMap(use => editsOf(reading, file, text, version, use))
  const buffers = isAtLeast(version, '3.0') ? migrateBuffers(reading.scope, file, text, uses) : []
  const names = migrateNames(reading, file, text, version, uses)
  return [...edits, ...names.edits, ...buffers, ...constructions(file, text, version, uses, names.createdBy)]
}

function editsOf(reading: Reading, file: string, text: string, version: string, use: ApiUse): readonly TextEdit[] {
  const replace = ({ start, end }: Span, by: string): TextEdit[] => [{ file, start, end, text: by }]
  const isFour = isAtLeast(version, '4.0')
  if (use.kind === 'mode' && isFour) {
    const mode = Object.hasOwn(modes, use.name) ? modes[use.name] : undefined
    return mode === undefined ? [] : replace(use.at, quoted(mode, styleOf(text)))
  }
  // A name in brackets, as in `storage['delete']`, is left alone.
  if (use.kind !== 'member' || text.slice(use.at.start, use.at.end) !== use.name) return []
  if (use.name === 'delete' && isFour) return replace(use.at, 'remove')
  if (use.name === 'remove' && !isFour) return replace(use.at, 'delete')
  if (!isAtLeast(version, '4.2')) return []
  if (use.name === 'size') return replace(use.at, 'byteSize')
  if (use.name !== 'recrypt' || use.call?.args.length !== 1) return []
  const [key] = use.call.args
  const isNone = key?.kind === 'undefined' || (key?.kind === 'name' && key.name === 'undefined')
  if (isNone) return [...replace(use.at, 'decrypt'), ...replace(use.call.argsAt, '()')]
  return key && isText(reading, file, key) ? replace(use.at, 'encrypt') : []
}

/** True for what certainly is a text: `encrypt` takes nothing else, while `recrypt` took `undefined` as well. */
function isText({ scope }: Reading, file: string, value: Value): boolean {
  if (value.kind === 'template' || scope.text({ value, file }) !== undefined) return true
  return value.kind === 'name' && value.key !== undefined && scope.binding(file, value.key)?.type?.text === 'string'
}

/** `new MMKV(…)` to `createMMKV(…)`, or back. `createdBy` says by which expression the file has what creates instances. */
function constructions(
  file: string,
  text: string,
  version: string,
  uses: readonly ApiUse[],
  createdBy: (callee: CallValue['callee']) => string | undefined,
): TextEdit[] {
  const old = isAtLeast(version, '4.0') ? 'construct' : 'create'
  return uses.flatMap(use => {
    if (use.kind !== old) return []
    const { callee, argsAt, at } = use.call
    const name = createdBy(callee)
    if (name === undefined) return []
    const hasArguments = text[argsAt.start] === '('
    const now = `${old === 'construct' ? '' : 'new '}${name}${hasArguments ? '' : '()'}`
    return [{ file, start: at.start, end: hasArguments ? argsAt.start : at.end, text: now }]
  })
}
