// Where frames would like to stand: near those that they are linked with, and each near a place of its own.
import type { Frame, FrameLinks } from './frame.ts'
import { frameLinksOf } from './frame-links.ts'
import { hashOf } from './hash.ts'
import type { Link, Point } from './layout.ts'

/** How much a frame goes by its neighbours, and how far that spreads. */
const pull = 0.65
const rounds = 12

/**
 * Gives every frame a point in the unit square. Points begin where the ids say and are drawn to their neighbours, so one
 * more link moves them a little, and most keep their order. Frames without links to others come last, those without any link at the very end.
 */
export function nearness(frames: readonly Frame[], links: readonly Link[]): ReadonlyMap<string, Point> {
  const weights = frameLinksOf(frames, links)
  const linked = frames.filter(({ id }) => weights.has(id))
  const lone = frames.filter(({ id }) => !weights.has(id))
  const ends = new Set(links.flatMap(({ from, to }) => (from === to ? [] : [from, to])))
  const isBare = ({ members }: Frame) => !members.some(member => ends.has(member))
  const [xs, ys] = [spread(linked, weights, 'x'), spread(linked, weights, 'y')]
  const share = linked.length / frames.length
  const points = new Map(linked.map(({ id }) => [id, { x: xs.get(id)!, y: ys.get(id)! * share }]))
  lone.sort((a, b) => Number(isBare(a)) - Number(isBare(b)) || (a.id < b.id ? -1 : 1))
  lone.forEach((frame, index) => {
    points.set(frame.id, { x: (index + 0.5) / lone.length, y: isBare(frame) ? 1 : 0.99 })
  })
  return points
}

/** One coordinate: seeds from the ids, drawn to their neighbours, then spread evenly from 0 to 1. */
function spread(frames: readonly Frame[], weights: FrameLinks, axis: string): ReadonlyMap<string, number> {
  const seeds = new Map(frames.map(({ id }) => [id, hashOf(`${axis} ${id}`) / 2 ** 32]))
  let values = seeds
  for (let round = 0; round < rounds; round++)
    values = new Map(
      frames.map(({ id }) => {
        let [sum, count] = [0, 0]
        for (const [other, weight] of weights.get(id)!) {
          sum += values.get(other)! * weight
          count += weight
        }
        return [id, (1 - pull) * seeds.get(id)! + (pull * sum) / count]
      }),
    )
  const mean = frames.reduce((sum, { id }) => sum + values.get(id)!, 0) / frames.length
  const variance = frames.reduce((sum, { id }) => sum + (values.get(id)! - mean) ** 2, 0) / frames.length
  // Sums of many are spread like a bell, which this curve makes even; ranks would shift whenever one comes or goes.
  return new Map(
    frames.map(({ id }) => [id, 1 / (1 + Math.exp((-1.7 * (values.get(id)! - mean)) / Math.sqrt(variance || 1)))]),
  )
}
