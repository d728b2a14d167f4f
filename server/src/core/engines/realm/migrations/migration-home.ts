// Where the migration of a realm is written, or is to be written, and the edits that put a branch there.
import type { Located } from '../../../catalog/scope.ts'
import type { FunctionFact } from '../../../facts/file-facts.ts'
import type { FixContext } from '../../../rules/rule.ts'
import type { Edit, TextEdit } from '../../../text/edit.ts'
import { addImport } from '../../../write/add-import.ts'
import { indentBlock, lineIndent, type Style, styleOf } from '../../../write/style.ts'
import { addKey, renameKey } from '../edit-object.ts'
import { isGiven } from '../openings/read-opening.ts'
import type { Opening, RealmStore } from '../types.ts'
import { addProp } from './add-prop.ts'
import type { MigrationPlan } from './plan-migration.ts'
import { migrationKey } from './upgrade-of.ts'
import { hasSteps, type StepStyle, writeBranch, writeFunction, writeSteps } from './write-steps.ts'

/** The place of a migration. */
export interface MigrationHome {
  readonly file: string
  readonly text: string
  readonly style: Style
  readonly names: { readonly oldRealm: string; readonly newRealm: string }
  /** The opening that gives the migration, or is to give it. */
  readonly opening: Opening
  /** The function that is there already. */
  readonly fn: FunctionFact | undefined
}

const plainNames = { oldRealm: 'oldRealm', newRealm: 'newRealm' }

/** Finds the function that migrates, or the one configuration that can be given one. */
export function migrationHome(store: RealmStore, context: FixContext): MigrationHome | undefined {
  const { scope } = store
  const openers = store.openings.filter(one => one.kind !== 'other')
  for (const opening of openers) {
    const entry = ['onMigration', 'migration'].map(key => opening.entries.get(key)).find(one => isGiven(scope, one))
    if (!entry) continue
    const found = scope.follow(entry.value)
    const fn = found.value.kind === 'function' ? scope.usage(found.file)?.functions[found.value.id] : undefined
    const text = context.text(found.file)
    const names = fn && namesOf(store, found.file, fn)
    if (!fn?.bodyAt || text === undefined || !names) return undefined
    return { file: found.file, text, style: styleOf(text), names, opening, fn }
  }
  const writable = openers.filter(one => isGiven(scope, one.entries.get('schema')) && placeToWrite(one))
  const places = new Set(writable.map(one => placeToWrite(one)!.value))
  const [opening] = writable
  if (!opening || places.size !== 1) return undefined
  const { file } = placeToWrite(opening)!
  const text = context.text(file)
  return text === undefined
    ? undefined
    : { file, text, style: styleOf(text), names: plainNames, opening, fn: undefined }
}

/** The configuration that can be written into: an object, or the props of a provider. */
function placeToWrite({ config, value, entries }: Opening): Located | undefined {
  if (value.value.kind !== 'jsx') return config
  const own = value.value.props.some(prop => prop.kind === 'named' && prop.name === 'schema')
  return config && !own && entries.has('schema') ? config : value
}

/** What the parameters are called; undefined where they are taken apart. */
function namesOf({ scope }: RealmStore, file: string, { params }: FunctionFact): MigrationHome['names'] | undefined {
  if (params.some(keys => keys.length !== 1)) return undefined
  const [first, second] = params.map(([key]) => scope.binding(file, key!)?.name)
  const [firstKey] = params[0] ?? []
  // `({ schemaVersion })` has one name as well, which is no realm's.
  if (first === 'schemaVersion' && firstKey !== undefined) return undefined
  return { oldRealm: first ?? plainNames.oldRealm, newRealm: second ?? plainNames.newRealm }
}

/** The edits that write a plan at its home. `isRaised`: the version, where none is given, is written as well. */
export function giveMigration(
  store: RealmStore,
  home: MigrationHome,
  plan: MigrationPlan,
  toVersion: number,
  isRaised: boolean,
  context: FixContext,
): readonly Edit[] | undefined {
  const { opening } = home
  const keys: string[] = []
  if (isRaised && !isGiven(store.scope, opening.entries.get('schemaVersion'))) keys.push('schemaVersion')
  if (plan.resolvesEmbedded) keys.push('migrationOptions')
  const how: StepStyle = { style: home.style, ...home.names, isTyped: /\.[cm]?tsx?$/.test(home.file) }
  const needsCode = hasSteps(plan)
  const branch = needsCode ? writeBranch(plan, toVersion, how) : ''
  const texts: Readonly<Record<string, string>> = {
    schemaVersion: String(toVersion),
    migrationOptions: '{ resolveEmbeddedConstraints: true }',
  }
  if (home.fn) {
    const written = needsCode ? appendBranch(store, home, plan, branch, toVersion, how) : []
    const more = keys.map(key => addSetting(opening, key, texts[key]!, context))
    return more.includes(undefined)
      ? undefined
      : [...written, ...renamedKey(store, opening, context), ...more.flatMap(edit => edit ?? [])]
  }
  const place = placeToWrite(opening)
  if (!place) return undefined
  if (place.value.kind === 'jsx') {
    const jsx = { value: place.value, file: place.file }
    const hoisted = needsCode ? hoistFunction(store, home, branch, how) : undefined
    const props = [
      ...keys.map(key => [key, texts[key]!] as const),
      ...(hoisted ? [['onMigration', hoisted.name] as const] : []),
    ]
    return [...(hoisted?.edits ?? []), ...props.map(([name, value]) => addProp(jsx, name, value, home.text))]
  }
  const entries = keys.map(key => `${key}: ${texts[key]}`)
  const types = annotation(store, place, how)
  if (needsCode) entries.push(`${migrationKey(store.scope, place.file)}: ${writeFunction(branch, how, types)}`)
  if (entries.length === 0) return []
  const spread = needsCode ? openUp(place, entries, home) : undefined
  const edit = spread ?? addKey(place, entries.join(',\n'), context)
  return edit && [edit].flat()
}

/** An object on one line is opened over several, so that a function finds room in it. */
function openUp({ value, file }: Located, entries: readonly string[], { text, style }: MigrationHome) {
  if (value.kind !== 'object' || value.props.length === 0) return undefined
  const { start, end } = value.at
  const { newline } = style
  const outer = lineIndent(text, start)
  const inner = outer + style.indent
  const gaps = [...value.props.map(prop => prop.at.end), end - 1].map((to, i) => ({
    from: i === 0 ? start + 1 : value.props[i - 1]!.at.end,
    to: i < value.props.length ? value.props[i]!.at.start : to,
  }))
  const isPlain = gaps.every(gap => /^[ ]*,?[ ]*$/.test(text.slice(gap.from, gap.to)))
  if (!isPlain || text.slice(start, end).includes('\n')) return undefined
  const added = entries.map(entry => `${newline}${inner}${indentBlock(entry, inner, newline)}`).join(',')
  return gaps.map(({ from, to }, i): TextEdit => {
    const isLast = i === value.props.length
    const last = `,${added}${style.trailingComma ? ',' : ''}${newline}${outer}`
    return { file, start: from, end: to, text: isLast ? last : `${i > 0 ? ',' : ''}${newline}${inner}` }
  })
}

/** A key, or a prop, with a value. */
function addSetting(opening: Opening, key: string, value: string, context: FixContext): TextEdit | undefined {
  const place = placeToWrite(opening)
  if (place?.value.kind !== 'jsx') return addKey(place, `${key}: ${value}`, context)
  const text = context.text(place.file)
  return text === undefined ? undefined : addProp({ value: place.value, file: place.file }, key, value, text)
}

/** Realm from 11 on does not look at `migration`. */
function renamedKey({ scope }: RealmStore, opening: Opening, context: FixContext): readonly TextEdit[] {
  const dead = opening.entries.get('migration')
  if (!dead || opening.entries.has('onMigration') || migrationKey(scope, opening.at.file) === 'migration') return []
  return [renameKey(dead, 'onMigration', context) ?? []].flat()
}

function appendBranch(
  store: RealmStore,
  { file, text, fn }: MigrationHome,
  plan: MigrationPlan,
  branch: string,
  toVersion: number,
  how: StepStyle,
): readonly TextEdit[] {
  const { newline, indent, semicolon } = how.style
  const body = fn!.bodyAt!
  const parameters = addParameters(store, file, text, fn!, how)
  const insert = (at: number, added: string, end = at): readonly TextEdit[] => [
    ...parameters,
    { file, start: at, end, text: added },
  ]
  const isBlock = text[body.start] === '{'
  if (!isBlock) {
    const outer = lineIndent(text, body.start)
    const inner = outer + indent
    // `=> (expression)`: the parentheses are around the expression.
    const start = text.slice(fn!.at.start, body.start).lastIndexOf('=>') + 2 + fn!.at.start
    const expression = text.slice(start, fn!.at.end).trim()
    const lines = [`{`, `${inner}${expression}${semicolon}`, `${inner}${indentBlock(branch, inner)}`, `${outer}}`]
    return insert(start, ` ${lines.join('\n').replaceAll('\n', newline)}`, fn!.at.end)
  }
  const open = store.migration?.branches.find(
    ({ toVersion: version, at }) =>
      version === toVersion &&
      at.file === file &&
      at.span.start > body.start &&
      at.span.end < body.end &&
      text[at.span.start] === '{',
  )
  if (open) return insert(...endOf(text, open.at.span, writeSteps(plan, how), how.style))
  // Behind a `return` a branch might not run.
  const leaves = /\breturn\b/.test(text.slice(body.start, body.end))
  if (!leaves) return insert(...endOf(text, body, branch, how.style))
  const inner = lineIndent(text, body.start) + indent
  return insert(body.start + 1, `${newline}${inner}${indentBlock(branch, inner, newline)}`)
}

/** Where a block ends, what is to be written there, and how far it replaces what stands there. */
function endOf(
  text: string,
  block: { readonly start: number; readonly end: number },
  added: string,
  { indent, newline }: Style,
): readonly [number, string, number] {
  const outer = lineIndent(text, block.start)
  const inside = text.slice(block.start + 1, block.end - 1)
  const kept = inside.trimEnd()
  const inner = /\n([ \t]+)\S/.exec(inside)?.[1] ?? outer + indent
  const at = block.start + 1 + kept.length
  const isOneLine = kept.trim() !== '' && !kept.includes('\n')
  if (isOneLine) {
    const moved = `${newline}${inner}${kept.trim()}${newline}${inner}${indentBlock(added, inner, newline)}${newline}${outer}`
    return [block.start + 1, moved, block.end - 1]
  }
  return [at, `${newline}${inner}${indentBlock(added, inner, newline)}${newline}${outer}`, block.end - 1]
}

/** The parameters that the function lacks. */
function addParameters(
  { scope }: RealmStore,
  file: string,
  text: string,
  fn: FunctionFact,
  { oldRealm, newRealm }: StepStyle,
): readonly TextEdit[] {
  if (fn.params.length >= 2) return []
  const last = fn.params.length === 1 ? scope.binding(file, fn.params[0]?.[0] ?? '') : undefined
  const head = text.slice(fn.at.start, fn.bodyAt?.start ?? fn.at.start)
  if (!last) {
    const open = fn.at.start + head.indexOf('(') + 1
    return head.includes('(') ? [{ file, start: open, end: open, text: `${oldRealm}, ${newRealm}` }] : []
  }
  const end = last.type?.at.end ?? last.at.end
  const type = last.type ? `: ${last.type.text}` : ''
  const isBare = !head.includes('(')
  const added: TextEdit = { file, start: end, end, text: `, ${newRealm}${type}${isBare ? ')' : ''}` }
  return isBare ? [{ file, start: last.at.start, end: last.at.start, text: '(' }, added] : [added]
}

/** Types for the parameters where nothing else gives them any: the object is a constant without a type. */
function annotation({ scope }: RealmStore, { value, file }: Located, { isTyped }: StepStyle): string {
  const bindings = Object.values(scope.module(file)?.bindings ?? {})
  const own = bindings.find(binding => binding.value === value)
  return isTyped && own && !own.type && bindings.some(isRealm) ? ': Realm' : ''
}

const isRealm = ({ name, import: from }: { readonly name: string; readonly import?: { readonly from: string } }) =>
  name === 'Realm' && from?.from === 'realm'

/** Props of a provider are compared at each render, so their functions stand outside of components. */
function hoistFunction(
  { scope }: RealmStore,
  { file, text, style }: MigrationHome,
  branch: string,
  { oldRealm, newRealm, isTyped }: StepStyle,
): { readonly name: string; readonly edits: readonly TextEdit[] } {
  const module = scope.module(file)
  const taken = new Set(Object.keys(module?.bindings ?? {}))
  const name = ['migrate', 'migrateRealm', 'onRealmMigration'].find(one => !taken.has(one)) ?? 'migrateRealmSchema'
  const hasRealm = Object.values(module?.bindings ?? {}).some(isRealm)
  const imports =
    isTyped && !hasRealm && module
      ? addImport(file, text, module, { from: 'realm', names: ['Realm'], isDefault: true }, style)
      : []
  const type = isTyped ? ': Realm' : ''
  const lines = [
    `function ${name}(${oldRealm}${type}, ${newRealm}${type}) {`,
    `${style.indent}${indentBlock(branch, style.indent)}`,
    '}',
  ]
  const last = module?.imports.at(-1)
  const lineEnd = last ? text.indexOf('\n', last.at.end) : 0
  const at = lineEnd < 0 ? text.length : lineEnd
  const { newline } = style
  const added = lines.join('\n').replaceAll('\n', newline)
  return {
    name,
    edits: [
      ...imports,
      { file, start: at, end: at, text: last ? `${newline}${newline}${added}` : `${added}${newline}${newline}` },
    ],
  }
}
