// Numbers of links between frames.
import type { Frame, FrameLinks } from './frame.ts'
import type { Link } from './layout.ts'

/** Counts the links between different frames. */
export function frameLinksOf(frames: readonly Frame[], links: readonly Link[]): FrameLinks {
  const frameOf = new Map(frames.flatMap(frame => frame.members.map(member => [member, frame.id] as const)))
  const counts = new Map<string, Map<string, number>>()
  const add = (one: string, other: string) => {
    const known = counts.get(one) ?? new Map<string, number>()
    counts.set(one, known.set(other, (known.get(other) ?? 0) + 1))
  }
  for (const { from, to } of links) {
    const [a, b] = [frameOf.get(from), frameOf.get(to)]
    if (a === undefined || b === undefined || a === b) continue
    add(a, b)
    add(b, a)
  }
  return counts
}
