// What a group is called: after the family its boxes belong to, or after the box that most of them are linked with.
import { hashOf } from './hash.ts'
import type { Box, Link } from './layout.ts'
import { familyOf } from './likeness.ts'

/**
 * Ids and titles of groups, in their order. An id is that of the member with the
 * least hash: whatever else comes, goes or is linked, it mostly stays.
 */
export function titlesOf(
  groups: readonly (readonly Box[])[],
  links: readonly Link[],
): readonly { readonly id: string; readonly title: string }[] {
  const degrees = new Map<string, number>()
  for (const { from, to } of links)
    if (from !== to) for (const end of [from, to]) degrees.set(end, (degrees.get(end) ?? 0) + 1)
  return groups.map(members => {
    const hub = members.reduce((best, box) => ((degrees.get(box.id) ?? 0) > (degrees.get(best.id) ?? 0) ? box : best))
    const id = members.reduce((least, box) => (hashOf(box.id) < hashOf(least.id) ? box : least)).id
    return { id, title: titleOf(members, hub, degrees.has(hub.id)) }
  })
}

function titleOf(members: readonly Box[], hub: Box, isLinked: boolean): string {
  if (members.length === 1) return hub.name
  const families = new Map<string, number>()
  for (const { name } of members) families.set(familyOf(name), (families.get(familyOf(name)) ?? 0) + 1)
  const [family, count] = [...families].reduce((best, one) => (one[1] > best[1] ? one : best))
  if (count * 2 > members.length && count > 1 && family !== '') return family
  if (isLinked) return hub.name
  return `${members[0]!.name} … ${members.at(-1)!.name}`
}
