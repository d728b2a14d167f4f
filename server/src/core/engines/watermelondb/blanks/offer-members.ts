// What may be written into the body of a model: a property for each column that has none, and what else a model needs.
import type { Needed, Offer } from '../../../catalog/mention.ts'
import type { ModuleFacts } from '../../../facts/file-facts.ts'
import { choice, plain } from '../../../write/snippet.ts'
import type { Style } from '../../../write/style.ts'
import { isJavaScript } from '../is-javascript.ts'
import { packageOf } from '../migrations/write-migration.ts'
import { camelCase, classNameOf } from '../models/naming.ts'
import { exportOf } from '../models/register-model.ts'
import { writeAssociation } from '../models/write-association.ts'
import { childrenOf as childrenMember, fieldOf, type Member, relationOf } from '../models/write-model.ts'
import type { Model, Table, WatermelonStore } from '../types.ts'
import { type Habits, habitsOf } from './habits.ts'
import { childrenOf, parentsOf } from './kin.ts'
import { lackingAssociations } from './offer-associations.ts'

/** A model and the tables of its name, one for each store that may be meant. */
export interface ModelBlank {
  readonly model: Model
  readonly tables: readonly { readonly store: WatermelonStore; readonly table: Table }[]
  /** Stores that may be meant where the model names no table. */
  readonly stores: readonly WatermelonStore[]
}

/** The members that a model lacks, columns first. */
export function offerMembers({ model, tables, stores }: ModelBlank, text: string, style: Style): readonly Offer[] {
  if (model.lacksTable) return offerTable(model, stores, style)
  const offers = new Map<string, Offer>()
  const habits = habitsOf(model, text)
  const named = new Set(model.members.map(member => member.name))
  for (const { store, table } of tables)
    for (const wanted of lackingMembers(model, store, table, habits, style)) {
      if (named.has(nameOf(wanted.member)) || offers.has(nameOf(wanted.member))) continue
      offers.set(nameOf(wanted.member), memberOffer(wanted, model, store, habits, style))
    }
  const associations = model.associationsAt ? [] : tables.flatMap(of => associationsOffer(model, of, style))
  return [...offers.values(), ...associations.slice(0, 1)]
}

interface WantedMember {
  readonly member: Member
  /** The table whose class the type names. */
  readonly related?: string
}

/** Columns that no property shows, keys as relations where their table is known; then the tables that point here. */
function* lackingMembers(
  model: Model,
  store: WatermelonStore,
  table: Table,
  habits: Habits,
  style: Style,
): Generator<WantedMember> {
  const shown = new Set(model.members.flatMap(({ binding, column }) => (binding && column ? [column.text] : [])))
  const parents = new Map(parentsOf(store, table).map(one => [one.column, one.table]))
  const keys: WantedMember[] = []
  for (const column of table.columns.values()) {
    if (shown.has(column.name.text) || column.name.text === 'id') continue
    const field = { member: named(fieldOf(column, style), column.name.text, habits) }
    const related = parents.get(column)
    if (related === undefined) yield field
    else {
      yield { member: relationOf(column, related, classOf(model, store, related), style), related }
      keys.push(field)
    }
  }
  yield* keys
  const listed = new Set(
    model.members.flatMap(one => (one.binding?.name === 'children' ? (one.target?.text ?? []) : [])),
  )
  for (const { table: child } of childrenOf(store, table))
    if (!listed.has(child)) yield { member: childrenMember(child, classOf(model, store, child), style), related: child }
}

/** A member that is called like its column, where the class's others are. */
function named(member: Member, column: string, { keepsNames }: Habits): Member {
  const isName = keepsNames && /^[A-Za-z_$][\w$]*$/.test(column) && nameOf(member) === camelCase(column)
  return isName ? { ...member, text: member.text.slice(0, -nameOf(member).length) + column } : member
}

const nameOf = ({ text }: Member): string => text.slice(text.lastIndexOf(' ') + 1)

/** The class of another table, where one can be imported; the library's own else. */
function classOf(model: Model, store: WatermelonStore, table: string): string {
  const found = relatedClass(store, table)
  if (!found) return 'Model'
  if (found.file === model.file && found.name === model.name) return model.name
  return isNameFree(store.scope.module(model.file), found.name, found.file === model.file) ? found.name : 'Model'
}

/** A name may be used that the file does not have yet, or has from somewhere else than a declaration of its own. */
const isNameFree = (module: ModuleFacts | undefined, name: string, isOwn: boolean): boolean => {
  const binding = module && Object.hasOwn(module.bindings, name) ? module.bindings[name] : undefined
  return isOwn || !binding || binding.kind === 'import'
}

const relatedClass = (store: WatermelonStore, table: string) => {
  const [model] = store.modelsOf(table)
  return model && exportOf(store, model)
}

function memberOffer(
  { member, related }: WantedMember,
  model: Model,
  store: WatermelonStore,
  habits: Habits,
  style: Style,
): Offer {
  const isTyped = !isJavaScript(model.file)
  const name = nameOf(member)
  const decorators = member.text.slice(0, -name.length - 1)
  const gap = habits.ownLines ? '\n' : ' '
  const type = isTyped ? `${habits.mark}: ${member.type}` : ''
  return {
    label: name,
    snippet: plain(`${decorators}${gap}${name}${type}${style.semicolon}`),
    detail: isTyped ? `${decorators} ${member.type}` : decorators,
    imports: importsOf(member, related, model, store, isTyped),
  }
}

function importsOf(
  { decorators, type }: Member,
  related: string | undefined,
  model: Model,
  store: WatermelonStore,
  isTyped: boolean,
): readonly Needed[] {
  const library = packageOf(store)
  const own: Needed = { from: `${library}/decorators`, names: decorators }
  const wrapper = isTyped ? /^(?:Query|Relation)(?=<)/.exec(type)?.[0] : undefined
  if (wrapper === undefined || related === undefined) return [own]
  const wrapped: Needed = { from: library, names: [wrapper], isType: true }
  const found = relatedClass(store, related)
  if (!found || !type.endsWith(`<${found.name}>`) || found.file === model.file) return [own, wrapped]
  const { file, name, isDefault } = found
  return [own, wrapped, { from: { file }, names: [name], isDefault, isType: true }]
}

/** `static table`, for a class that has none: the table that is called like it first, then those without a model. */
function offerTable(model: Model, stores: readonly WatermelonStore[], style: Style): readonly Offer[] {
  const all = stores.flatMap(store => store.tableNames().filter(name => store.modelsOf(name).length === 0))
  const bare = model.name.replace(/(?:Model|Entity)$/, '')
  const likely = all.filter(name => classNameOf(name) === bare || classNameOf(name) === model.name)
  const words = [...new Set([...likely, ...all])].slice(0, mostWords)
  const name = words.length > 0 ? choice(1, words) : '$1'
  const snippet = `static table = ${style.quote}${name}${style.quote}${style.semicolon}`
  return [{ label: 'static table', snippet, detail: 'the table that this model stands for' }]
}

/** Longer choices are no help. */
const mostWords = 30

function associationsOffer(
  model: Model,
  { store, table }: ModelBlank['tables'][number],
  style: Style,
): readonly Offer[] {
  const specs = lackingAssociations(model, store, table)
  if (specs.length === 0) return []
  const comma = style.trailingComma ? ',' : ''
  const lines = [
    'static associations = {',
    `${specs.map(spec => style.indent + writeAssociation(spec, style)).join(',\n')}${comma}`,
    `}${isJavaScript(model.file) ? '' : ' as const'}${style.semicolon}`,
  ]
  const detail = specs.map(spec => spec.table).join(', ')
  return [{ label: 'static associations', snippet: plain(lines.join('\n')), detail }]
}
