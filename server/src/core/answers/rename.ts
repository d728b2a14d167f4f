// Gives an entity or a field another name, everywhere at once, and keeps what devices hold under the old one.
import type { Catalog, Named } from '../catalog/catalog.ts'
import type { Renames } from '../engines/contract.ts'
import type { FixContext } from '../rules/rule.ts'
import { type Edit, isNewFile, type TextEdit } from '../text/edit.ts'
import type { Place, Span } from '../text/span.ts'
import { usesOf } from './names-at.ts'
import { oldPlaces } from './rename-places.ts'
import { type Refusal, type RenameSubject, renameSubject } from './rename-subject.ts'

/** What a rename asks of the world around the catalog. */
export interface RenameWorld {
  readonly renames: Renames
  readonly context: FixContext
  /** True when a file cannot be parsed at present. */
  hasError(file: string): boolean
}

/** The letters that the new name takes the place of. */
export interface Prepared {
  readonly span: Span
  readonly name: string
}

/** The edits of a rename; `note` where they change what devices hold, so that a person should look at them first. */
export interface Renamed {
  readonly edits: readonly Edit[]
  readonly note?: { readonly label: string; readonly description: string }
}

/**
 * What a rename at `offset` would be about, or why there can be none. Undefined where the name is not ours to change: a
 * property or a class, which the language renames without touching any data.
 */
export function prepareRename(catalog: Catalog, file: string, offset: number): Prepared | Refusal | undefined {
  const subject = renameSubject(catalog, file, offset)
  if (!subject || 'problem' in subject) return subject
  const problem = incompleteness(catalog, subject)
  return problem === undefined ? { span: subject.span, name: subject.name } : { problem }
}

/** The files that a rename at `offset` is about to look into. */
export function filesToRename(catalog: Catalog, file: string, offset: number): readonly string[] {
  const subject = renameSubject(catalog, file, offset)
  if (!subject || 'problem' in subject) return []
  const { thing, store } = subject
  const parts = [store, ...store.entities, ...store.migrations]
  const places = [...usesOf(catalog, [thing]), ...parts].map(({ at }) => at.file)
  return [...new Set(places)]
}

/**
 * The edits that rename what `offset` names to `to`: wherever its letters stand, and for what devices hold already the
 * migration that keeps the data. Nothing at all is renamed where any of it would be wrong.
 */
export function renameAt(
  catalog: Catalog,
  file: string,
  offset: number,
  to: string,
  worldOf: (subject: RenameSubject) => RenameWorld,
): Renamed | Refusal | undefined {
  const subject = renameSubject(catalog, file, offset)
  if (!subject || 'problem' in subject) return subject
  if (to === subject.name) return { edits: [] }
  const { renames, context, hasError } = worldOf(subject)
  const { thing, store, name, word } = subject
  const problem = incompleteness(catalog, subject) ?? takenBy(subject, to) ?? renames.problem?.(store, thing, to)
  if (problem !== undefined) return { problem }
  const broken = catalog.files().find(one => hasError(one) && mayName(catalog.text(one), name))
  if (broken !== undefined) return { problem: `${broken} has a syntax error and may use "${name}". Mend it first.` }

  const offered = thing.field === undefined ? renames.entity : renames.field
  if (!offered) return { problem: `A ${word} of ${catalog.engineTitle(store)} cannot be renamed.` }
  const kept =
    thing.field === undefined
      ? renames.entity?.(store, thing.entity, to, context)
      : renames.field?.(store, thing.entity, thing.field, to, context)
  if (kept && 'problem' in kept) return kept
  const found = oldPlaces(catalog, subject, kept?.edits)
  if ('problem' in found) return found
  const wordProblem = found.places.some(one => one.isBare) ? renames.wordProblem?.(to) : undefined
  if (wordProblem !== undefined) return { problem: `${wordProblem} It cannot stand in queries as "${name}" does.` }
  const edits = [
    ...found.places.map(one => edit(one.at, one.isShorthand ? `${to}: ${one.text}` : to)),
    ...(kept?.edits ?? []),
  ]
  if (overlap(edits)) return { problem: 'The migration would be written where the old name stands.' }
  if (!kept) return { edits }
  const isKnown = catalog.baseline(store)?.kind === 'release'
  const label = isKnown ? `Rename released ${word} "${name}" to "${to}"` : `Rename ${word} "${name}" to "${to}"`
  const reasons = [
    isKnown ? '' : `The ${word} may have been released.`,
    kept.message,
    found.isSynced ? `The server that is synced with must know the new name as well.` : '',
  ]
  return { edits, note: { label: `${label} with a migration`, description: reasons.filter(Boolean).join(' ') } }
}

/** Why the definition itself stands in the way. Where not everything can be read, something may use the name unseen. */
function incompleteness(catalog: Catalog, { store, entity, thing, name }: RenameSubject): string | undefined {
  const isTwice = (all: readonly { readonly name: Named }[], one: string): boolean =>
    all.filter(({ name }) => name.text === one).length > 1
  if (isTwice(store.entities, thing.entity)) return `"${thing.entity}" is defined more than once.`
  if (isTwice(entity.fields, thing.field ?? '')) return `"${name}" is defined more than once.`
  if (!store.complete) return `Some of what "${store.name}" holds cannot be read, so nothing in it is renamed.`
  return thing.field === undefined || entity.complete
    ? undefined
    : `Some ${catalog.terms(store).field[1]} of "${thing.entity}" cannot be read, so none of them is renamed.`
}

/** Databases differ in whether they tell upper case from lower case, so names that differ in nothing else are the same. */
function takenBy({ store, entity, thing, word }: RenameSubject, to: string): string | undefined {
  const others =
    thing.field === undefined
      ? store.entities.filter(one => one !== entity)
      : entity.fields.filter(one => one.name.text !== thing.field)
  const taken = others.find(one => one.name.text.toLowerCase() === to.toLowerCase())
  return taken && `There is a ${word} "${taken.name.text}" already.`
}

const mayName = (text: string | undefined, name: string): boolean =>
  text === undefined || new RegExp(`(?<![\\w$])${name.replace(/[^\w]/g, '\\$&')}(?![\\w$])`, 'i').test(text)

const edit = ({ file, span }: Place, text: string): TextEdit => ({ file, start: span.start, end: span.end, text })

/** True when two edits change the same text. Insertions may stand side by side. */
function overlap(edits: readonly Edit[]): boolean {
  const changes = edits.filter((one): one is TextEdit => !isNewFile(one))
  const ordered = changes.sort((a, b) =>
    a.file === b.file ? a.start - b.start || a.end - b.end : a.file < b.file ? -1 : 1,
  )
  return ordered.some((one, i) => {
    const next = ordered[i + 1]
    return next?.file === one.file && next.start < one.end
  })
}
