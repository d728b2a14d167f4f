// Groups laid out by themselves and framed, and the picture that frames make once they have their places.
import { diagramMetrics } from '../../../../../shared/diagram.ts'
import { titlesOf } from './group-title.ts'
import { type GroupLayout, layOutGroup } from './lay-out-group.ts'
import type { Box, Group, Layout, Link, Point, Size } from './layout.ts'
import { remember } from './remember.ts'

const { framePadding, frameTitle } = diagramMetrics

/** A group with its frame, which has no place yet. */
export interface Framed extends Size {
  readonly id: string
  readonly title: string
  readonly members: readonly string[]
  readonly inner: GroupLayout
}

/**
 * Lays out groups, each by itself and in its order, but those that `innerOf` knows the inside of. The sizes are those of
 * the frames as they are drawn.
 */
export function framed(
  groups: readonly (readonly Box[])[],
  links: readonly Link[],
  innerOf: (index: number) => GroupLayout | undefined = () => undefined,
): readonly Framed[] {
  const titles = titlesOf(groups, links)
  return groups.map((members, index) => {
    const inner = innerOf(index) ?? groupLayout(members, links)
    return {
      ...titles[index]!,
      inner,
      width: inner.width + 2 * framePadding,
      height: inner.height + frameTitle + framePadding,
      members: members.map(box => box.id),
    }
  })
}

/** The picture with a frame at each of `corners`. It is as large as what is in it. */
export function pictureOf(frames: readonly Framed[], corners: readonly Point[]): Omit<Layout, 'asNew'> {
  const places = new Map<string, Point>()
  const groups = frames.map(({ inner, ...frame }, index): Group => {
    const { x, y } = corners[index]!
    for (const [id, at] of inner.places) places.set(id, { x: x + framePadding + at.x, y: y + frameTitle + at.y })
    return { ...frame, x, y }
  })
  const width = Math.max(0, ...groups.map(group => group.x + group.width))
  const height = Math.max(0, ...groups.map(group => group.y + group.height))
  return { width, height, places, groups }
}

/** The picture of a single group, which needs no frame. */
export function unframed([{ inner, ...frame }]: readonly [Framed]): Omit<Layout, 'asNew'> {
  const { width, height, places } = inner
  return { width, height, places, groups: [{ ...frame, x: 0, y: 0, width, height }] }
}

const groupLayout = (members: readonly Box[], links: readonly Link[]): GroupLayout => {
  const ids = new Set(members.map(box => box.id))
  const own = links.filter(link => ids.has(link.from) && ids.has(link.to))
  const key = JSON.stringify([
    members.map(({ id, width, height }) => [id, width, height]),
    own.map(link => [link.from, link.to]),
  ])
  return rememberedGroup(key, () => layOutGroup(members, own))
}

const rememberedGroup = remember<GroupLayout>(2000)
