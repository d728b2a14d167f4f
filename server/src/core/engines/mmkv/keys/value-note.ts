// What getters of another type give for what is stored under a key.
import type { Key, ValueType } from '../types.ts'

/** Measured with MMKV core 2.4.1; 2.0.0 and 1.3.3 give the same. */
const notes: Readonly<Record<ValueType, string>> = {
  string:
    'Read as another type it gives garbage: `getNumber` makes a number of its bytes when there are 7 or more and gives undefined otherwise, and `getBoolean` is true unless it is empty.',
  object:
    'It is stored as a text of JSON: `getNumber` makes a number of its bytes, and `getBoolean` is true whatever it holds.',
  number:
    'Read as another type it gives garbage: `getString` gives an empty text or undefined, and `getBoolean` true or false by its bytes (42 gives false).',
  boolean:
    'Read as another type it gives garbage: `getString` gives an empty text for false and undefined for true, and `getNumber` gives undefined.',
  buffer:
    'Read as another type it gives garbage: `getString` reads its bytes as a text, and `getBoolean` is true unless it is empty.',
}

/** One sentence from the truth table; undefined for a key whose type is not known. */
export const valueNote = ({ written }: Key): string | undefined => written && notes[written]
