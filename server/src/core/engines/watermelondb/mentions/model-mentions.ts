// What a model class names: its table, the columns of its properties, and the tables that it is related to.
import type { Field } from '../../../catalog/catalog.ts'
import type { Choice, Mention } from '../../../catalog/mention.ts'
import { keyPlace } from '../../../catalog/name-at.ts'
import {
  entityMentions,
  fieldMentions,
  mentionsOfName,
  type Told,
  wordMentions,
} from '../../../catalog/name-mentions.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { Span } from '../../../text/span.ts'
import type { Association, DecoratorName, Model, ModelMember } from '../types.ts'

/** Everything a model names in a store, also what it inherits. A model whose table is not known names only types. */
export function* modelMentions(scope: Scope, store: string, model: Model): Generator<Mention> {
  const entity = model.table?.text
  const told: Told = { store, part: 'model', role: 'refers' }
  if (entity !== undefined) {
    yield { kind: 'entity', store, entity, at: model.nameAt, part: 'model', role: 'stands', whole: model.at }
    yield* entityMentions(scope, tableValue(scope, model), { ...told, whole: model.tableAt })
  }
  for (const member of model.members) yield* memberMentions(scope, store, entity, member)
  const keys = computedKeys(scope, model.associationsValue)
  for (const one of model.associations) yield* associationMentions(scope, store, entity, one, keys)
}

function* memberMentions(
  scope: Scope,
  store: string,
  entity: string | undefined,
  member: ModelMember,
): Generator<Mention> {
  const { binding } = member
  const [first, second] = binding?.args ?? []
  if (!binding?.name || !first) return
  const whole = member.at
  const isRelation = binding.name === 'relation' || binding.name === 'immutableRelation'
  const part = isRelation || binding.name === 'children' ? 'relation' : 'model'
  if (part === 'relation') yield* entityMentions(scope, first, { store, part, role: 'refers', whole })
  const column = part === 'model' ? first : isRelation ? second : undefined
  if (entity === undefined || !column) return
  const suits = suitable(binding.name)
  yield* fieldMentions(scope, column, entity, { store, part, role: 'refers', whole, ...(suits && { suits }) })
  if (member.column?.text)
    yield { kind: 'field', store, entity, field: member.column.text, at: member.nameAt, part, role: 'stands', whole }
}

/** Which columns a decorator can show as they are; undefined where it can show all (`src/decorators/*`). */
function suitable(name: DecoratorName): ((field: Field) => boolean) | undefined {
  if (name === 'date') return field => field.type?.text === 'number'
  if (name === 'text' || name === 'json') return field => field.type?.text === 'string'
  if (name === 'relation' || name === 'immutableRelation') return isKey
  return undefined
}

/** Columns that look like the id of another record. */
const isKey = (field: Field): boolean => field.type?.text === 'string' && field.name.text.endsWith('_id')

function* associationMentions(
  scope: Scope,
  store: string,
  entity: string | undefined,
  association: Association,
  keys: ReadonlyMap<Span, Located>,
): Generator<Mention> {
  const { table, keyAt, type, typeEntry, keyEntry } = association
  const told: Told = { store, part: 'relation', role: 'refers', whole: association.at }
  const written = keys.get(keyAt.span)
  if (written) yield* entityMentions(scope, written, told)
  else {
    const { at, isPlain } = keyPlace(table, keyAt)
    yield* mentionsOfName(
      { text: table, at, source: isPlain ? at : undefined },
      { kind: 'entity', entity: table, ...told },
    )
  }
  yield* wordMentions(typeEntry?.value, associationTypes)
  const holder = type?.text === 'has_many' ? table : type?.text === 'belongs_to' ? entity : undefined
  if (holder !== undefined) yield* fieldMentions(scope, keyEntry?.value, holder, { ...told, suits: isKey })
}

const associationTypes: readonly Choice[] = [
  { text: 'belongs_to', detail: 'this table holds the key of the other' },
  { text: 'has_many', detail: 'the other table holds the key of this one' },
]

/** The keys of associations that are written as expressions: `[Tables.posts]: {…}`, and the pairs of the helper `associations()`. */
function computedKeys(scope: Scope, value: Located | undefined, depth = 0): ReadonlyMap<Span, Located> {
  const keys = new Map<Span, Located>()
  const found = value && scope.follow(value)
  if (!found || depth > deepest) return keys
  const { file } = found
  if (found.value.kind === 'call')
    for (const argument of found.value.args) {
      const key = scope.items({ value: argument, file })?.items[0]
      if (key) keys.set(key.value.at, key)
    }
  if (found.value.kind === 'object')
    for (const prop of found.value.props) {
      if (prop.kind === 'computed') keys.set(prop.key.at, { value: prop.key, file })
      if (prop.kind === 'spread')
        for (const [span, key] of computedKeys(scope, { value: prop.value, file }, depth + 1)) keys.set(span, key)
    }
  return keys
}

/** Objects spread into one another deeper than this are taken for cycles. */
const deepest = 10

/** What `static table` is given, in this class or in the base class that has it. */
function tableValue(scope: Scope, { tableAt }: Model): Located | undefined {
  if (!tableAt) return undefined
  const { file, span } = tableAt
  for (const key of scope.classKeys(file)) {
    const fact = scope.classOf(file, key)
    const value =
      fact?.members.find(one => one.at === span)?.initializer ?? fact?.assigned.find(one => one.at === span)?.value
    if (value) return { value, file }
  }
  return undefined
}
