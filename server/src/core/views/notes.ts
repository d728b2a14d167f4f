// What a person should know about a picture before they trust it.
import type { DrawnStore } from './drawn.ts'
import type { DiagramSource } from './source.ts'

const mostNamed = 3

/** True when a store is to be seen; `wanted` has ids or names, undefined means all. */
export const isAsked = (wanted: readonly string[] | undefined, id: string, name: string): boolean =>
  wanted === undefined || wanted.length === 0 || wanted.includes(id) || wanted.includes(name)

/** Notes for a picture of `stores`; `left` entities were too many to draw. */
export function notesOf(
  sources: readonly DiagramSource[],
  stores: readonly DrawnStore[],
  wanted: readonly string[] | undefined,
  left: number,
): readonly string[] {
  const notes: string[] = []
  const isEmpty = sources.every(({ catalog }) => catalog.stores().length === 0)
  if (isEmpty) notes.push('No database was found here. As soon as some code defines a schema, it is drawn.')
  else
    for (const name of wanted ?? [])
      if (!stores.some(store => store.id === name || store.name === name)) notes.push(`There is no store “${name}”.`)
  const broken = sources.flatMap(source => source.broken ?? [])
  if (broken.length > 0)
    notes.push(
      `${listed(broken)} ${broken.length === 1 ? 'does' : 'do'} not parse at the moment: what is defined there may be missing or out of date.`,
    )
  for (const store of stores) notes.push(...storeNotes(store))
  if (left > 0) {
    const drawn = stores.reduce((sum, store) => sum + store.entities.length, 0) - left
    notes.push(
      `There are ${drawn + left} entities, which is too many for one picture: the ${drawn} with most relations are drawn. Choose a store, or search and focus on what you look for.`,
    )
  }
  return notes
}

function storeNotes({ name, entities, complete }: DrawnStore): string[] {
  const notes: string[] = []
  if (entities.length === 0)
    notes.push(complete ? `“${name}” has no entities yet.` : `The entities of “${name}” could not be read.`)
  else if (!complete) notes.push(`Some entities of “${name}” could not be read and are not drawn.`)
  const partly = entities.filter(entity => !entity.complete).map(entity => entity.name)
  if (partly.length > 0) notes.push(`Some fields of ${listed(partly)} could not be read and are not drawn.`)
  return notes
}

/** "a, b, c and 4 more" */
function listed(words: readonly string[]): string {
  if (words.length > mostNamed + 1)
    return `${words.slice(0, mostNamed).join(', ')} and ${words.length - mostNamed} more`
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '')
}
