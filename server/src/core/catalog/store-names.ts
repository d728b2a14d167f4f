// Names of stores are given once in a workspace, though no engine knows of the others: some yield to what others chose.
import { gated, sameItems } from './remembered.ts'

/** The names that the engines of a workspace have given. */
export interface StoreNames {
  /** Tells the names of one engine. Whoever has a higher rank yields to them. */
  add(rank: number, names: () => readonly string[]): void
  /** What engines of a lower rank have given. Ask only in a computation, as it is read anew when they change. */
  before(rank: number): ReadonlySet<string>
}

/** No names yet. */
export function createStoreNames(): StoreNames {
  const lists: { readonly rank: number; readonly names: () => readonly string[] }[] = []
  return {
    add: (rank, names) => void lists.push({ rank, names: gated(names, sameItems) }),
    before: rank => new Set(lists.filter(one => one.rank < rank).flatMap(one => one.names())),
  }
}

/** `name`, with a number behind it where it is taken. What is given is taken from now on. */
export function takeName(taken: Set<string>, name: string): string {
  let unique = name
  for (let i = 2; taken.has(unique); i++) unique = `${name}-${i}`
  taken.add(unique)
  return unique
}
