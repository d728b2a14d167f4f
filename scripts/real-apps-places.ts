// Chooses places in an app at which answers are asked for: the same ones in every run.
import type { Catalog } from '../server/src/core/catalog/catalog.ts'
import type { Claim, Scan } from './real-apps-scan-names.ts'

/** A caret. With `isCut` the rest of its line is taken away first, as if it were being typed. */
export interface Caret {
  readonly file: string
  readonly offset: number
  readonly isCut: boolean
  /** Why it was chosen. */
  readonly why: string
}

/** How many of the places are of which kind. */
const shares = { mention: 0.35, claim: 0.25, cut: 0.2, any: 0.2 }

/**
 * Chooses `count` places: in names that the catalog knows of, spread over all their kinds and roles; in names that a plain
 * search finds; in either where the line ends behind the caret; and anywhere.
 */
export function choosePlaces(catalog: Catalog, scan: Scan, seed: string, count: number): readonly Caret[] {
  const random = randomFrom(seed)
  const files = catalog.files().filter(file => scan.files.has(file))
  const mentions = files.flatMap(file =>
    catalog.mentions(file).map(one => ({
      file,
      start: one.at.span.start,
      end: one.at.span.end,
      why: one.kind === 'word' ? 'word' : `${one.kind} ${one.part} ${one.role}`,
    })),
  )
  const claims = scan.claims
    .filter(one => files.includes(one.file))
    .map(one => ({ ...one, why: `${one.column === undefined ? 'table' : 'column'} ${one.form}` }))
  const inside = (one: Ranged, isCut: boolean): Caret => ({
    file: one.file,
    offset: one.start + Math.floor(random() * (one.end - one.start + 1)),
    isCut,
    why: one.why,
  })
  const places = [
    ...spread(mentions, Math.round(count * shares.mention), random).map(one => inside(one, false)),
    ...spread(claims, Math.round(count * shares.claim), random).map(one => inside(one, false)),
    ...spread(claims.filter(isUse), Math.round((count * shares.cut) / 2), random).map(one => inside(one, true)),
  ]
  const home = files.filter(file => catalog.mentions(file).length > 0)
  while (places.length < count && files.length > 0) {
    const file = pick(random() < 0.6 && home.length > 0 ? home : files, random)!
    places.push(anywhere(file, scan.files.get(file)!.text, random, places.length >= count * (1 - shares.cut / 2)))
  }
  return places
}

interface Ranged {
  readonly file: string
  readonly start: number
  readonly end: number
  readonly why: string
}

const isUse = ({ form, isLiteral }: Claim): boolean =>
  isLiteral && form !== 'schema' && form !== 'class' && form !== 'property'

/** As many items, taken in turn from each group of the same `why`. */
function spread<T extends Ranged>(items: readonly T[], count: number, random: () => number): readonly T[] {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(item.why)
    if (group) group.push(item)
    else groups.set(item.why, [item])
  }
  const left = [...groups.values()]
  const chosen: T[] = []
  for (let turn = 0; chosen.length < count && left.length > 0; turn++) {
    const group = left[turn % left.length]!
    const [item] = group.splice(Math.floor(random() * group.length), 1)
    if (item) chosen.push(item)
    if (left.every(one => one.length === 0)) break
  }
  return chosen
}

/** A word, a string or just a position. */
function anywhere(file: string, text: string, random: () => number, isCut: boolean): Caret {
  const from = Math.floor(random() * (text.length + 1))
  const kind = pick(['position', 'word', 'string'], random)!
  const found = (kind === 'word' ? /[\w$]+/g : kind === 'string' ? /(?<=['"`])[^'"`\n]*(?=['"`])/g : /(?:)/g).exec(
    text.slice(from, from + 3000),
  )
  const offset = found ? from + found.index + Math.floor(random() * (found[0].length + 1)) : from
  return { file, offset, isCut, why: `any ${kind}` }
}

const pick = <T>(items: readonly T[], random: () => number): T | undefined => items[Math.floor(random() * items.length)]

/** Numbers from 0 to below 1 that depend on the seed alone (mulberry32). */
function randomFrom(seed: string): () => number {
  let state = 0
  for (const sign of seed) state = (Math.imul(state, 31) + sign.charCodeAt(0)) | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
