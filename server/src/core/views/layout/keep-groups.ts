// The groups of a picture after an edit: those that were there, and each box that came where it belongs most.
import { bondsOf } from './bonds.ts'
import { largestSize } from './find-groups.ts'
import type { Box, Group, Layout, Link } from './layout.ts'

/** A group, and what it was before; that is missing where it is new. */
export interface KeptGroup {
  readonly members: readonly Box[]
  readonly was?: Group
}

/** A group that has its place may grow a little above what a new one may be. */
const mostMembers = largestSize + 4
/** Weaker than any bond. */
const fellowship = 0.01

interface Growing {
  readonly members: Box[]
  readonly was?: Group
}

/** Groups of `boxes`, which are sorted by id; `before` had some of them. Groups that have lost all members are gone. */
export function keepGroups(boxes: readonly Box[], links: readonly Link[], before: Layout): readonly KeptGroup[] {
  const groups = before.groups.map((was): Growing => ({ members: [], was }))
  const homes = new Map(groups.flatMap(group => group.was!.members.map(id => [id, group] as const)))
  const came: Box[] = []
  for (const box of boxes) {
    const home = homes.get(box.id)
    if (home) home.members.push(box)
    else came.push(box)
  }
  const [only, ...more] = came
  const ids = new Set(boxes.map(({ id }) => id))
  const gone = [...homes.keys()].filter(id => !ids.has(id))
  // One that goes while another comes has got another name.
  if (only && more.length === 0 && gone.length === 1) homes.get(gone[0]!)!.members.push(only)
  else if (only) settle(came, { boxes, links, groups })
  return groups
    .filter(({ members }) => members.length > 0)
    .map(({ members, was }) => ({ members: members.sort((a, b) => (a.id < b.id ? -1 : 1)), ...(was && { was }) }))
}

/** Puts boxes into groups: those that are drawn most to one first, as others may be drawn to them. */
function settle(
  came: readonly Box[],
  { boxes, links, groups }: { boxes: readonly Box[]; links: readonly Link[]; groups: Growing[] },
): void {
  const bonds = new Map<Box, Map<Box, number>>()
  for (const [a, b, strength] of bondsOf(boxes, links))
    for (const [one, other] of [
      [boxes[a]!, boxes[b]!],
      [boxes[b]!, boxes[a]!],
    ] as const)
      bonds.set(one, (bonds.get(one) ?? new Map<Box, number>()).set(other, strength))
  const pullOf = (box: Box, { members }: Growing) => {
    const own = bonds.get(box)
    // What belongs nowhere joins others of that kind, the fewest first.
    if (!own) return members.some(member => bonds.has(member)) ? 0 : 1 / members.length
    const pull = members.reduce((sum, member) => sum + (own.get(member) ?? 0), 0) / Math.sqrt(members.length)
    if (pull > 0) return pull
    // Whose own group is full joins those who belong to the same, much rather than staying alone.
    const isFellow = (member: Box) => [...own.keys()].some(other => bonds.get(member)?.has(other))
    return members.some(isFellow) ? fellowship / members.length : 0
  }
  const wishOf = (box: Box) => {
    let best: { readonly group: Growing; readonly pull: number } | undefined
    for (const group of groups) {
      if (group.members.length === 0 || group.members.length >= mostMembers) continue
      const pull = pullOf(box, group)
      if (pull > (best?.pull ?? 0)) best = { group, pull }
    }
    return best
  }
  const waiting = new Set(came)
  while (waiting.size > 0) {
    const wishes = [...waiting].map(box => ({ box, wish: wishOf(box) }))
    const { box, wish } = wishes.reduce((first, one) => ((one.wish?.pull ?? 0) > (first.wish?.pull ?? 0) ? one : first))
    if (wish) wish.group.members.push(box)
    else groups.push({ members: [box] })
    waiting.delete(box)
  }
}
