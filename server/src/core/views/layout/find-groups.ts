// Which boxes are drawn together: those of one file or folder, of one family of names, and what their links hold together.
import { agglomerate, type Cluster } from './agglomerate.ts'
import { type Bond, bondsOf } from './bonds.ts'
import { chunksBy } from './chunks.ts'
import { hashOf } from './hash.ts'
import type { Box, Link } from './layout.ts'

/** Groups grow up to this size by their bonds; a straggler may still join a group that is not much larger. */
const wantedSize = 14
export const largestSize = 20
/** So few boxes are one group: a small picture needs no frames within. */
export const fewBoxes = 12
/** A group smaller than this looks for company. */
const smallSize = 3

/**
 * Finds the groups of `boxes`, which are sorted by id. A small edit changes the groups near it, as each cluster looks no
 * further than its neighbours.
 */
export function findGroups(boxes: readonly Box[], links: readonly Link[]): readonly (readonly Box[])[] {
  if (boxes.length <= fewBoxes) return boxes.length > 0 ? [boxes] : []
  const bonds = bondsOf(boxes, links)
  const grown = agglomerate({
    count: boxes.length,
    bonds,
    strength: (bond, a, b) => {
      const size = a.members.length + b.members.length
      return size > wantedSize ? 0 : bond / Math.sqrt(a.members.length * b.members.length)
    },
  })
  return gather(grown, bonds, index => hashOf(boxes[index]!.id)).map(group => named(group, boxes))
}

const named = (members: readonly number[], boxes: readonly Box[]) => members.map(index => boxes[index]!)

/** Finds company for clusters that stayed small: the cluster they belong to most, or others with the same fate. */
function gather(clusters: readonly Cluster[], bonds: readonly Bond[], keyOf: (index: number) => number): number[][] {
  const groups = clusters.map(({ members }) => [...members])
  const groupOf = new Map<number, number>()
  groups.forEach((members, group) => {
    for (const member of members) groupOf.set(member, group)
  })
  const pull = new Map<number, Map<number, number>>()
  for (const [a, b, bond] of bonds) {
    const [from, to] = [groupOf.get(a)!, groupOf.get(b)!]
    if (from === to) continue
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      const pulls = pull.get(one) ?? new Map<number, number>()
      pull.set(one, pulls.set(other, (pulls.get(other) ?? 0) + bond))
    }
  }
  const result = new Map(groups.map((members, group) => [group, members]))
  const stragglers = new Map<number, number[]>()
  const lone: number[] = []
  groups.forEach((members, group) => {
    if (members.length >= smallSize) return
    const wanted = [...(pull.get(group) ?? [])].sort((a, b) => b[1] - a[1] || a[0] - b[0])
    const home = wanted.find(([other]) => {
      const size = groups[other]!.length
      return size >= smallSize && (result.get(other)?.length ?? largestSize) + members.length <= largestSize
    })
    const host = wanted.find(([other]) => groups[other]!.length >= smallSize)
    if (home) result.get(home[0])?.push(...members)
    else if (host) stragglers.set(host[0], [...(stragglers.get(host[0]) ?? []), ...members])
    else if (members.length === 1 && wanted.length === 0) lone.push(...members)
    else return
    result.delete(group)
  })
  const rest = [
    ...[...stragglers.values()].flatMap(list => chunksBy(ascending(list), keyOf)),
    ...chunksBy(ascending(lone), keyOf),
  ]
  return [...result.values(), ...rest].map(ascending)
}

const ascending = (list: readonly number[]) => [...list].sort((a, b) => a - b)
