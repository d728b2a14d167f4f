// Reads JavaScript classes that stand for Realm objects: their chain of bases, their members, their schema.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { ClassFact, MemberFact } from '../../../facts/file-facts.ts'
import type { Value } from '../../../source/value.ts'
import type { Place } from '../../../text/span.ts'
import type { Library } from '../imports.ts'
import type { ClassRef, Member, ModelClass } from '../types.ts'

/** A class as a text that tells it from all others. */
export const refId = ({ file, key }: ClassRef): string => `${file}#${key}`

/** A class with what its bases give it. */
export interface ModelRead {
  readonly model: ModelClass
  /** A static member, own or inherited, written in the class, as a getter, or assigned behind it. */
  staticOf(name: string): StaticMember | undefined
}

/** A static member of a class or of one of its bases. */
export interface StaticMember {
  readonly value: Located
  readonly at: Place
  /** The member itself; absent for what is assigned behind the class. */
  readonly fact: MemberFact | undefined
}

interface Link {
  readonly fact: ClassFact
  readonly file: string
}

interface Chain {
  readonly links: readonly Link[]
  readonly end: 'realm' | 'plain' | 'unknown'
}

/** Reads a class; undefined where there is none (any more). */
export function readModelClass(scope: Scope, library: Library, { file, key }: ClassRef): ModelRead | undefined {
  const fact = scope.classOf(file, key)
  if (!fact) return undefined
  const chain = chainOf(scope, library, { fact, file })
  const model: ModelClass = {
    name: fact.name,
    file,
    key,
    fact,
    at: { file, span: fact.at },
    nameAt: { file, span: fact.nameAt },
    extendsRealm: chain.end === 'unknown' ? undefined : chain.end === 'realm',
    members: chain.links.flatMap(membersOf),
    chainComplete: chain.end !== 'unknown',
  }
  return { model, staticOf: name => staticMember(scope, chain, name) }
}

/** Base classes deeper than this are taken for a cycle. */
const deepest = 12

function chainOf(scope: Scope, library: Library, first: Link): Chain {
  const links: Link[] = [first]
  let link = first
  while (links.length < deepest) {
    const base: Value | undefined = link.fact.superclass
    if (!base) return { links, end: 'plain' }
    const located: Located = { value: base, file: link.file }
    if (library.nameOf(scope, located) === 'Realm.Object') return { links, end: 'realm' }
    const found = scope.follow(located)
    const fact = found.value.kind === 'class' ? scope.classOf(found.file, found.value.key) : undefined
    if (!fact) return { links, end: 'unknown' }
    link = { fact, file: found.file }
    links.push(link)
  }
  return { links, end: 'unknown' }
}

const membersOf = ({ fact, file }: Link): Member[] =>
  fact.members
    .filter(member => !member.isStatic)
    .map(member => ({
      fact: member,
      file,
      nameAt: { file, span: member.nameAt },
      at: { file, span: member.at },
    }))

function staticMember(scope: Scope, chain: Chain, name: string): StaticMember | undefined {
  for (const { fact, file } of chain.links) {
    const assigned = fact.assigned.find(one => one.name === name)
    if (assigned) return { fact: undefined, at: { file, span: assigned.at }, value: { file, value: assigned.value } }
    const member = fact.members.find(one => one.isStatic && one.name === name)
    // A member that is only declared is given its value by somebody else.
    if (!member || (member.kind === 'property' && !member.initializer)) continue
    const value = member.initializer ?? getterResult(scope, file, member) ?? { kind: 'unknown', at: member.nameAt }
    return { fact: member, at: { file, span: member.at }, value: { file, value } }
  }
  return undefined
}

function getterResult(scope: Scope, file: string, member: MemberFact): Value | undefined {
  const fn = member.kind === 'getter' && member.fn !== undefined ? scope.usage(file)?.functions[member.fn] : undefined
  return fn?.returns.length === 1 ? fn.returns[0] : undefined
}
