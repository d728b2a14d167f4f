// Reads `key: value` pairs, where what is spread among them is more than an object literal.
import type { Prop } from '../source/value.ts'
import type { Entry, Located, Scope, Shape } from './scope.ts'

/** The entries, later ones over earlier ones. `spread` reads what is spread. */
export function readEntries(
  scope: Scope,
  props: readonly Prop[],
  file: string,
  spread: (located: Located) => Shape,
): Shape {
  const entries = new Map<string, Entry>()
  let complete = true
  for (const prop of props) {
    if (prop.kind === 'spread') {
      const inner = spread({ value: prop.value, file })
      if (!inner.complete) complete = false
      for (const entry of inner.entries.values()) entries.set(entry.name, entry)
      continue
    }
    const name = prop.kind === 'named' ? prop.name : scope.text({ value: prop.key, file })?.text
    if (name === undefined) {
      complete = false
      continue
    }
    const nameAt = { file, span: prop.kind === 'named' ? prop.nameAt : prop.key.at }
    entries.set(name, { name, value: { value: prop.value, file }, nameAt, at: { file, span: prop.at } })
  }
  return { entries, complete }
}
