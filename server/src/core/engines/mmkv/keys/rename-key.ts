// Keeps what phones hold under a key that gets another name: the value is moved when the instance is opened.

import type { FixContext } from '../../../rules/rule.ts'
import { quoted, styleOf } from '../../../write/style.ts'
import type { Generated, Renames } from '../../contract.ts'
import type { Key, MmkvStore, Opening, ValueType } from '../types.ts'
import { majorOf } from '../versions.ts'

/** How a value of each type is read again; the other side of `??` is never used, as the key is there. */
const readers: Readonly<Partial<Record<ValueType, readonly [getter: string, otherwise: string]>>> = {
  string: ['getString', "''"],
  object: ['getString', "''"],
  number: ['getNumber', '0'],
  boolean: ['getBoolean', 'false'],
}

/** Renames of keys; an id is not renamed, as the data stays in the file of the old one. */
export const renames: Renames = {
  field: (store, _entity, field, to, context) => moveKey(store as MmkvStore, field, to, context),
  entity: store => ({
    problem: `Phones keep the data of "${store.name}" in a file that is called by this id: under another one the instance would be empty.`,
  }),
  problem: (_store, _of, to) => (to === '' ? 'MMKV takes no empty key.' : undefined),
}

function moveKey(store: MmkvStore, field: string, to: string, context: FixContext): Generated {
  const key = store.entities[0]?.fields.find((one): one is Key => one.name.text === field)
  const reader = key?.written && readers[key.written]
  if (!reader) return { problem: `Nothing tells the type of "${field}", so its value cannot be moved to "${to}".` }
  const major = majorOf(store.project)
  if (major === undefined)
    return { problem: `The version of react-native-mmkv is not known, so the value cannot be moved to "${to}".` }
  for (const opening of store.openings) {
    const home = homeOf(store, opening)
    const text = home && context.text(home.file)
    if (!home || text === undefined) continue
    const style = styleOf(text)
    const { semicolon: end, indent, newline } = style
    const [getter, otherwise] = reader
    const [from, next] = [quoted(field, style), quoted(to, style)]
    const empty = otherwise === "''" ? quoted('', style) : otherwise
    const lines = [
      `// "${field}" is called "${to}" now: what phones hold under the old name is moved.`,
      `if (${home.name}.contains(${from})) {`,
      `${indent}${home.name}.set(${next}, ${home.name}.${getter}(${from}) ?? ${empty})${end}`,
      `${indent}${home.name}.${major >= 4 ? 'remove' : 'delete'}(${from})${end}`,
      '}',
    ]
    const edit = { file: home.file, start: home.end, end: home.end, text: newline + newline + lines.join(newline) }
    return { edits: [edit], message: `What phones hold under "${field}" is moved when the instance is opened.` }
  }
  return { problem: `No variable of a module holds this instance, so there is no place to move the value to "${to}".` }
}

/** The variable at the top level of a file that an opening is the value of, and the end of its statement. */
function homeOf({ scope }: MmkvStore, { fact, isOuter, value: { file } }: Opening) {
  const binding =
    isOuter && fact.fn === undefined && fact.into !== undefined ? scope.binding(file, fact.into) : undefined
  return binding?.statementAt && { file, name: binding.name, end: binding.statementAt.end }
}
