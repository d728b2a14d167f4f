// How the properties of a model are written, so that a new one looks like them.
import type { Model } from '../types.ts'

/** The ways of a class. */
export interface Habits {
  /** True when properties are called like their columns, underscores and all. */
  readonly keepsNames: boolean
  /** True when decorators stand on lines of their own. */
  readonly ownLines: boolean
  /** What stands between a name and its type. */
  readonly mark: '!' | ''
}

/** Reads the habits out of the bound members of a class; `text` is that of its file. */
export function habitsOf(model: Model, text: string): Habits {
  const own = model.members.filter(member => member.binding && member.file === model.file)
  const most = (test: (member: (typeof own)[number]) => boolean): boolean => own.filter(test).length * 2 > own.length
  const typed = own.filter(({ fact }) => fact.type)
  const lax = typed.filter(({ fact }) => !fact.isDefinite && !fact.isOptional)
  return {
    keepsNames: own.some(({ name }) => name.includes('_')) && most(({ name, column }) => name === column?.text),
    // A decorator that is being typed takes in the next member: only what stands right before the name tells.
    ownLines: most(({ decorators, nameAt }) =>
      text.slice(decorators.at(-1)?.at.span.end, nameAt.span.start).includes('\n'),
    ),
    mark: lax.length * 2 > typed.length ? '' : '!',
  }
}
