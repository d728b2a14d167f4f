// Follows a key path through the classes of a realm.
import { closest } from '../../../text/similar.ts'
import { type Checking, reject, rejected } from './checking.ts'
import type { RqlPathElement, RqlPathName } from './syntax.ts'
import { propertyCalled, type RqlClass, type RqlProperty } from './world.ts'

/** One step over a link. */
export interface Hop {
  readonly over: 'link' | 'list' | 'set' | 'dictionary' | 'backlink'
  /** True when one element of the collection is picked. */
  readonly indexed: boolean
  readonly property?: RqlProperty
}

/** How far a path leads over links. */
export interface Followed {
  readonly hops: readonly Hop[]
  /** The class it has come to. */
  readonly className: string
  /** The index of the first element that is no step over a link; the length of the path where all are. */
  readonly rest: number
}

/** Follows a path as far as it goes over links. Undefined where something is unknown, or wrong and reported. */
export function followPath(check: Checking, elements: readonly RqlPathElement[]): Followed | undefined {
  const hops: Hop[] = []
  let className = check.className
  let i = 0
  while (i < elements.length) {
    const element = elements[i]!
    const last = hops.at(-1)
    if (element.kind === 'index') {
      if (element.of.type === 'argument' || element.of.type === 'path-argument' || last?.over === 'backlink')
        return undefined
      if (!last || !takesIndex(last, element)) break
      if (element.of.type !== 'all') hops[hops.length - 1] = { ...last, indexed: true }
      i++
      continue
    }
    if (element.name === '@links') {
      const target = followBacklink(check, elements.slice(i), className)
      if (!target) return undefined
      hops.push({ over: 'backlink', indexed: false })
      className = target
      i += 3
      continue
    }
    if (element.name === '@values' && last) {
      if (last.over !== 'dictionary') {
        // Core 13 drops it at the end of every path.
        const isRejected = rejected(check, { core13: i < elements.length - 1, core14: true })
        return isRejected ? reject(check, 'type', element.at, '@values only allowed on dictionaries') : undefined
      }
      i++
      continue
    }
    if (check.variables.some(variable => variable.name === element.name && variable.className === className)) {
      i++
      continue
    }
    const one = check.world.classOf(className)
    if (!one) return undefined
    const property = propertyCalled(one, element.name)
    if (property) mention(check, element, one, property)
    const isStep = property && (property.type === 'object' || property.type === 'linkingObjects')
    if (isStep) {
      if (!property.objectType) return undefined
      const over = property.type === 'linkingObjects' ? 'backlink' : (property.collection ?? 'link')
      hops.push({ over, indexed: false, property })
      className = property.objectType
      i++
      continue
    }
    if (!property && last?.over === 'dictionary' && !last.indexed && one.complete) {
      hops[hops.length - 1] = { ...last, indexed: true }
      i++
      continue
    }
    break
  }
  return { hops, className, rest: i }
}

/** The property that a name means in a class. Undefined where it has none (which is reported) or where it is unknown. */
export function resolveName(check: Checking, className: string, element: RqlPathName): RqlProperty | undefined {
  const one = check.world.classOf(className)
  if (!one) return undefined
  const property = propertyCalled(one, element.name)
  if (property) {
    mention(check, element, one, property)
    return property
  }
  if (one.complete) rejectUnknown(check, one, element)
  return undefined
}

/** Reports a name that a class does not have. */
export function rejectUnknown(check: Checking, one: RqlClass, { at, name }: RqlPathName): void {
  const message = `'${one.name}' has no property '${name}'`
  const meant = closest(
    name,
    one.properties.map(property => property.name),
  )
  if (!meant) reject(check, 'unknown-property', at, message)
  else reject(check, 'unknown-property', at, `${message}: did you mean '${meant}'?`, { at, text: meant })
}

/** Remembers what a name means. */
export function mention({ mentions }: Checking, { at, name }: RqlPathName, one: RqlClass, property: RqlProperty): void {
  if (mentions.some(known => known.at === at)) return
  const byPersistedName = property.name !== name
  mentions.push({ at, className: one.name, property: property.name, ...(byPersistedName ? { byPersistedName } : {}) })
}

function takesIndex({ over, indexed }: Hop, { of }: Extract<RqlPathElement, { kind: 'index' }>): boolean {
  if (indexed) return false
  if (of.type === 'all') return true
  return of.type === 'string' ? over === 'dictionary' : over === 'list'
}

/** `@links.Class.property`; gives back the class. */
function followBacklink(check: Checking, elements: readonly RqlPathElement[], to: string): string | undefined {
  const [links, origin, via] = elements
  if (origin?.kind !== 'name' || via?.kind !== 'name') {
    return reject(check, 'type', links!.at, 'After @links stand a class and its property that links here')
  }
  const one = check.world.classOf(origin.name)
  if (!one) {
    if (!check.world.complete) return undefined
    const meant = closest(origin.name, check.world.classNames)
    const mend = meant === undefined ? undefined : { at: origin.at, text: meant }
    return reject(
      check,
      'unknown-class',
      origin.at,
      `No property '${via.name}' found in type '${origin.name}' which links to type '${to}'${mend ? `: did you mean '${meant}'?` : ''}`,
      mend,
    )
  }
  check.mentions.push({ at: origin.at, className: one.name })
  const property = resolveName(check, one.name, via)
  if (!property) return undefined
  if (property.type === 'unknown' || (property.type === 'object' && !property.objectType)) return undefined
  if (property.type !== 'object' || property.objectType !== to) {
    return reject(check, 'type', via.at, `'${one.name}.${property.name}' does not link to '${to}'`)
  }
  return one.name
}
