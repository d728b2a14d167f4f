// What becomes of a value that a column cannot hold.
import type { Field } from '../../../catalog/catalog.ts'

/**
 * What the library stores in the place of a value of another type, in one sentence; undefined for a type that it does
 * not know. (`_setRaw` in `src/RawRecord/index.js`: it runs on every write, on every read and on what sync brings.)
 */
export function valueNote({ type, optional }: Field): string | undefined {
  switch (type?.text) {
    case 'string':
      return `Anything that is no string becomes ${optional ? 'null' : "''"}, without an error.`
    case 'number':
      return `Anything that is no finite number becomes ${optional ? 'null' : '0'}, without an error.`
    case 'boolean':
      return `Anything but true, false, 1 and 0 becomes ${optional ? 'null' : 'false'}, without an error.`
    default:
      return undefined
  }
}
