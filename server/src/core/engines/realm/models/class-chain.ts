// A class and its bases, as far as they can be followed.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { ClassFact } from '../../../facts/file-facts.ts'
import type { ClassRef } from '../types.ts'

/** A class of a chain. */
export interface ChainLink extends ClassRef {
  readonly fact: ClassFact
}

/** Base classes deeper than this are taken for a cycle. */
const deepest = 12

/** The class first, then what it extends. */
export function classChain(scope: Scope, { file, key }: ClassRef): readonly ChainLink[] {
  const links: ChainLink[] = []
  let next: ClassRef | undefined = { file, key }
  while (next && links.length < deepest) {
    const fact: ClassFact | undefined = scope.classOf(next.file, next.key)
    if (!fact) break
    links.push({ ...next, fact })
    const base: Located | undefined = fact.superclass && scope.follow({ value: fact.superclass, file: next.file })
    next = base?.value.kind === 'class' ? { file: base.file, key: base.value.key } : undefined
  }
  return links
}
