// Writes what a file imports of react-native-mmkv, and hands on, for another version.
import type { ImportFact } from '../../../facts/file-facts.ts'
import type { Value } from '../../../source/value.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { contains, type Span } from '../../../text/span.ts'
import { isAtLeast } from '../../../text/version.ts'
import { packageName } from './api.ts'
import type { ApiUse } from './api-uses.ts'
import { nameUses } from './name-uses.ts'
import type { Reading } from './proven-instance.ts'

/** The edits of imports, and the expression that creates an instance where `callee` did; undefined where that cannot be said. */
export interface MigratedNames {
  readonly edits: readonly TextEdit[]
  createdBy(callee: Value): string | undefined
}

type ImportedName = ImportFact['names'][number]

/** Imports of `file` for `version`, where `uses` are rewritten as well. */
export function migrateNames(
  reading: Reading,
  file: string,
  text: string,
  version: string,
  uses: readonly ApiUse[],
): MigratedNames {
  const { scope, library } = reading
  const module = scope.module(file)
  const imports = module?.imports ?? []
  const isTyped = /\.[cm]?tsx?$/.test(file)
  const isFour = isAtLeast(version, '4.0')
  const created = isFour ? 'createMMKV' : 'MMKV'
  const old = isFour ? 'MMKV' : 'createMMKV'
  const constructed = uses.filter(use => use.kind === (isFour ? 'construct' : 'create'))
  const rewritten = [...constructed, ...uses.filter(use => isFour && use.kind === 'mode')].map(use => use.at)

  const nameOf = (imp: ImportFact, { name, local, at }: ImportedName): string | undefined => {
    if (imp.from === packageName) return name
    return library.nameOf(scope, { value: { kind: 'name', name: local, key: local, at }, file })
  }
  const isTaken = module?.bindings[created] !== undefined && !isImported(created)
  const createdAs = isTaken ? `open${created[0]!.toUpperCase()}${created.slice(1)}` : created

  function isImported(local: string): boolean {
    return imports.some(imp => imp.names.some(one => one.local === local && nameOf(imp, one) === local))
  }

  /** Uses of a local name that stay: types, and what is not rewritten. */
  const remaining = (local: string): readonly number[] =>
    nameUses(text, local).filter(
      at =>
        !imports.some(imp => imp.at.start <= at && at < imp.at.end) &&
        !rewritten.some(span => span.start <= at && at < span.end),
    )

  const handedOn = (local: string): Span | undefined =>
    Object.values(module?.exports ?? {}).find(one => one.kind === 'binding' && one.key === local)?.at

  const isHandOn = (imp: ImportFact): boolean => text.startsWith('export', imp.at.start)

  /** What stands in the list of names instead of one of them; undefined where it stays. */
  const specifiers = (imp: ImportFact, one: ImportedName): readonly string[] | undefined => {
    const name = nameOf(imp, one)
    const { local } = one
    const isType = imp.typeOnly || /^type\s/.test(text.slice(one.at.start, one.at.end))
    if (name === 'MMKVConfiguration' && isAtLeast(version, '3.0') && imp.from === packageName)
      return [`${isType && !imp.typeOnly ? 'type ' : ''}${renamedConfiguration(one, isHandOn(imp))}`]
    if (isType) return undefined
    const asType = `type ${one.name === local ? local : `${one.name} as ${local}`}`
    const stays = isTyped && (isHandOn(imp) || remaining(local).length > 0)
    if (name === 'Mode' && isFour) {
      const isRewritten = uses.some(use => use.kind === 'mode')
      return stays ? [asType] : isRewritten ? [] : undefined
    }
    if (name !== old) return undefined
    const isConstructed = constructed.some(use => namedBy(use, local))
    const isNeeded = isHandOn(imp) || isConstructed || handedOn(local) !== undefined
    if (!isNeeded && !stays) return undefined
    const hasIt = imp.names.some(other => nameOf(imp, other) === created && !/^type\s/.test(text.slice(other.at.start)))
    const asValue = createdAs === created ? created : `${created} as ${createdAs}`
    // The class of version 3 is a type as well.
    const types = stays && isFour ? [asType] : []
    return [...(isNeeded && !hasIt ? [asValue] : []), ...types]
  }

  function renamedConfiguration({ name, local }: ImportedName, isHandedOn: boolean): string {
    const isFree = name === local && !isHandedOn && module?.bindings['Configuration'] === undefined
    return isFree && nameUses(text, 'Configuration').length === 0 ? 'Configuration' : `Configuration as ${local}`
  }

  const edits: TextEdit[] = []
  for (const imp of imports) {
    const lists = imp.names.map(one => specifiers(imp, one))
    edits.push(...(imp.namedAt ? editsOfList(file, text, imp, lists) : editsOfMember(file, text, imp, lists)))
    for (const [i, one] of imp.names.entries()) {
      const exported = handedOn(one.local)
      const isOld = lists[i] !== undefined && nameOf(imp, one) === old
      if (exported && isOld && isFour && text.slice(exported.start, exported.end) === one.local)
        edits.push({ file, ...spanOf(exported), text: isTyped ? `${createdAs}, type ${one.local}` : createdAs })
      if (lists[i]?.some(now => /^(?:type )?Configuration$/.test(now)))
        for (const start of remaining('MMKVConfiguration'))
          edits.push({ file, start, end: start + 'MMKVConfiguration'.length, text: 'Configuration' })
    }
  }
  return {
    edits,
    createdBy(callee) {
      if (callee.kind === 'member') return `${text.slice(callee.of.at.start, callee.of.at.end)}.${created}`
      if (callee.kind !== 'name') return undefined
      const isOwn = imports.some(imp => imp.names.some(one => one.local === callee.name && nameOf(imp, one) === old))
      return isOwn && callee.key === callee.name ? createdAs : undefined
    },
  }
}

const namedBy = (use: ApiUse, local: string): boolean =>
  (use.kind === 'construct' || use.kind === 'create') &&
  use.call.callee.kind === 'name' &&
  use.call.callee.key === local

const spanOf = ({ start, end }: Span): { readonly start: number; readonly end: number } => ({ start, end })

/** The edits of `{ a, b }`; a list that loses a name is written anew, and one that loses all goes with its statement. */
function editsOfList(
  file: string,
  text: string,
  imp: ImportFact,
  lists: readonly (readonly string[] | undefined)[],
): readonly TextEdit[] {
  if (lists.every(list => list === undefined)) return []
  const inside = text.slice(imp.namedAt!.start, imp.namedAt!.end)
  const listed = imp.names
    .map((one, i) => ({ one, list: lists[i] }))
    .filter(({ one }) => contains(imp.namedAt!, one.at))
  if (listed.every(({ list }) => list?.length !== 0))
    return listed.flatMap(({ one, list }) => (list ? [{ file, ...spanOf(one.at), text: list.join(', ') }] : []))
  const texts = listed.flatMap(({ one, list }) => list ?? [text.slice(one.at.start, one.at.end)])
  if (texts.length === 0 && listed.length === imp.names.length) {
    const { start, end } = spanOf(imp.at)
    const rest = /^[ \t]*;?[ \t]*(?:\r?\n)?/.exec(text.slice(end))![0].length
    return [{ file, start, end: end + rest, text: '' }]
  }
  const [lead = ''] = /^\s*/.exec(inside)!
  const [trail = ''] = /,?\s*$/.exec(inside)!
  const between = lead.includes('\n') ? `,${lead}` : ', '
  return [{ file, ...spanOf(imp.namedAt!), text: `${lead}${texts.join(between)}${trail}` }]
}

/** `const MMKV = require('react-native-mmkv').MMKV` */
function editsOfMember(
  file: string,
  text: string,
  imp: ImportFact,
  lists: readonly (readonly string[] | undefined)[],
): readonly TextEdit[] {
  const [one] = imp.names
  const now = lists[0]?.[0]
  if (!one || now === undefined || one.name === '*') return []
  const statement = text.slice(imp.at.start, imp.at.end)
  const member = statement.lastIndexOf(`.${one.name}`)
  if (member < 0) return []
  const start = imp.at.start + member + 1
  const local = now.split(' as ').at(-1)!
  return [
    { file, ...spanOf(one.at), text: local },
    { file, start, end: start + one.name.length, text: now.split(' as ')[0]! },
  ]
}
