// Where a new object schema belongs, and which neighbour it is to look like.
import type { FixContext } from '../../../rules/rule.ts'
import type { Span } from '../../../text/span.ts'
import { fileLike } from '../../../write/file-like.ts'
import type { RealmClass, RealmStore } from '../types.ts'

/** A neighbour and the names that its declaration goes by. */
export interface Neighbour {
  readonly class: RealmClass
  readonly file: string
  readonly text: string
  /** The key of its binding: the constant or the JavaScript class. Undefined where it stands in the schema list itself. */
  readonly key: string | undefined
  /** The statements that declare it, `Task.schema = …` included. */
  readonly at: Span
}

/** The neighbour and the file. */
export interface SchemaHome {
  readonly neighbour: Neighbour
  readonly file: string
  /** True when the file is to be made. */
  readonly isNew: boolean
}

/** The home of a new class among those of the form and in the file that the store has most of. */
export function schemaHome(store: RealmStore, name: string, context: FixContext): SchemaHome | undefined {
  const neighbours = store.classes.flatMap(one => neighbourOf(store, one, context) ?? [])
  const formOf = (one: Neighbour) => one.class.form
  const form = commonest(neighbours.map(formOf))
  const alike = neighbours.filter(one => formOf(one) === form && !one.class.embedded && !one.class.asymmetric)
  const own = alike.length > 0 ? alike : neighbours.filter(one => formOf(one) === form)
  const file = commonest(own.map(one => one.file))
  const [first, ...others] = own.filter(one => one.file === file)
  if (!first) return undefined
  const last = others.at(-1) ?? first
  if (others.length > 0 || last.key === undefined) return { neighbour: last, file: last.file, isNew: false }
  const names = [last.key, last.class.name.text].map(old => [old, newName(old, last.class.name.text, name)] as const)
  const made = fileLike(last.file, names)
  if (made === undefined) return { neighbour: last, file: last.file, isNew: false }
  return context.text(made) === undefined ? { neighbour: last, file: made, isNew: true } : undefined
}

/** What a declaration called `old`, for the class `name`, is called for another: `TaskSchema` → `NoteSchema`. */
export function newName(old: string, name: string, now: string): string {
  const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
  if (old.includes(name)) return old.replace(name, () => now)
  if (old.startsWith(lower(name))) return lower(now) + old.slice(name.length)
  const upper = (text: string) => text.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase()
  if (old.includes(upper(name))) return old.replace(upper(name), () => upper(now))
  return /schema$/i.test(old) ? `${now}Schema` : now
}

function neighbourOf({ scope }: RealmStore, one: RealmClass, context: FixContext): Neighbour | undefined {
  if (!one.isNamed || one.form === 'missing') return undefined
  const { model, spec } = one
  const file = model?.file ?? spec?.file
  const text = file === undefined ? undefined : context.text(file)
  if (file === undefined || text === undefined) return undefined
  const around = { class: one, file, text }
  if (model) {
    const assigned = model.fact.assigned.find(given => given.name === 'schema')
    const end = assigned?.at.end ?? model.fact.at.end
    return { ...around, key: model.key, at: { start: model.fact.at.start, end: text[end] === ';' ? end + 1 : end } }
  }
  if (spec?.value.kind !== 'object') return undefined
  for (const [key, binding] of Object.entries(scope.module(file)?.bindings ?? {}))
    if (binding.value === spec.value && binding.statementAt) return { ...around, key, at: binding.statementAt }
  return { ...around, key: undefined, at: spec.value.at }
}

function commonest<T>(all: readonly T[]): T | undefined {
  const counts = new Map<T, number>()
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}
