// All calls of a file by name, and what each function is given to: built once for the facts of a file, from syntax alone.
import type { CallFact, UsageFacts } from '../facts/file-facts.ts'
import { type CallValue, childrenOf, type Value } from '../source/value.ts'

/** A call, maybe deep inside another. `isOuter` is true for the outermost one, whose `use` says what becomes of its result. */
export interface Part {
  readonly call: CallValue
  readonly fact: CallFact
  readonly isOuter: boolean
}

/** Where a function expression is written. */
export interface Home {
  /** The call it is an argument of, or the callee of (`isCalled`). */
  readonly call: CallValue | undefined
  /** Which argument. */
  readonly index: number
  readonly isCalled: boolean
  /** The property (of an object argument, or of a JSX element) that it is the value of. */
  readonly prop: string | undefined
  readonly fact: CallFact
}

/** The calls of a file. */
export interface CallIndex {
  /** By the last name of what is called: `update` for `post.update(…)`, `fetch` for `fetch(…)`. */
  readonly byName: ReadonlyMap<string, readonly Part[]>
  readonly homes: ReadonlyMap<number, Home>
  /** Outermost calls by the function they stand in; -1 for the top level. */
  readonly byFunction: ReadonlyMap<number, readonly CallFact[]>
}

const nothing: CallIndex = { byName: new Map(), homes: new Map(), byFunction: new Map() }

/**
 * Makes the indexes of files' calls. Facts never change, so an index is kept for as long as they are. The arguments of
 * functions whose names `isData` tells are not walked: they are data, and may be long.
 */
export function createCallIndexes(
  isData: (name: string) => boolean = () => false,
): (usage: UsageFacts | undefined) => CallIndex {
  const known = new WeakMap<UsageFacts, CallIndex>()
  return usage => {
    if (!usage || usage.calls.length === 0) return nothing
    const index = known.get(usage) ?? build(usage, isData)
    known.set(usage, index)
    return index
  }
}

/** The last name of what a call calls. */
export const nameOfCall = ({ callee }: CallValue): string | undefined =>
  callee.kind === 'name' || callee.kind === 'member' ? callee.name : undefined

function build(usage: UsageFacts, isData: (name: string) => boolean): CallIndex {
  const byName = new Map<string, Part[]>()
  const homes = new Map<number, Home>()
  const byFunction = new Map<number, CallFact[]>()

  const visit = (value: Value, fact: CallFact): void => {
    if (value.kind === 'call') {
      const name = nameOfCall(value)
      if (name !== undefined) {
        if (value.callee.kind === 'name' && isData(name)) return
        add(byName, name, { call: value, fact, isOuter: value === fact.value })
      }
      if (value.callee.kind === 'function')
        homes.set(value.callee.id, { call: value, index: -1, isCalled: true, prop: undefined, fact })
      value.args.forEach((argument, index) => {
        place(argument, value, index, fact)
      })
    }
    if (value.kind === 'jsx')
      for (const prop of value.props)
        if (prop.kind === 'named' && prop.value.kind === 'function')
          homes.set(prop.value.id, { call: undefined, index: -1, isCalled: false, prop: prop.name, fact })
    for (const child of childrenOf(value)) visit(child, fact)
  }
  const place = (value: Value, call: CallValue, index: number, fact: CallFact): void => {
    if (value.kind === 'function') homes.set(value.id, { call, index, isCalled: false, prop: undefined, fact })
    const objects = value.kind === 'array' ? value.items : [value]
    for (const object of objects)
      if (object.kind === 'object')
        for (const prop of object.props)
          if (prop.kind === 'named' && prop.value.kind === 'function')
            homes.set(prop.value.id, { call, index, isCalled: false, prop: prop.name, fact })
  }

  for (const fact of usage.calls) {
    add(byFunction, fact.fn ?? -1, fact)
    visit(fact.value, fact)
  }
  return { byName, homes, byFunction }
}

function add<K, T>(map: Map<K, T[]>, key: K, item: T): void {
  const list = map.get(key)
  if (list) list.push(item)
  else map.set(key, [item])
}
