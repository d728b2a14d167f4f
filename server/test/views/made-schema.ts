// Makes schemas of any size from a seed, in the manner of grown apps: modules around hubs, and some links across.
import type { Box, Link } from '../../src/core/views/layout/layout.ts'

/** What kind of names and bonds a made schema has. */
export type Manner = 'families' | 'communities' | 'random'

/** A schema as a layout sees it. */
export interface MadeSchema {
  readonly boxes: readonly Box[]
  readonly links: readonly Link[]
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const syllables = [
  'ba',
  'cor',
  'di',
  'fel',
  'gro',
  'hu',
  'jin',
  'ka',
  'lom',
  'mer',
  'no',
  'pas',
  'qui',
  'ro',
  'sen',
  'tu',
]

/**
 * Makes `count` boxes and `linkCount` links. `families`: modules whose names begin alike; `communities`: modules that
 * show in the links alone; `random`: no modules, only hubs.
 */
export function madeSchema(count: number, linkCount: number, manner: Manner, seed = 1): MadeSchema {
  const random = randomFrom(seed)
  const below = (most: number) => Math.floor(random() * most)
  const names = new Set<string>()
  const word = () => Array.from({ length: 2 + below(2) }, () => syllables[below(syllables.length)]).join('')
  const modules: number[][] = []
  const boxes: Box[] = []
  while (boxes.length < count) {
    const size = Math.min(count - boxes.length, 4 + below(22))
    const family = word()
    const members: number[] = []
    for (let i = 0; i < size; i++) {
      let name = ''
      do name = manner === 'families' ? `${family}_${word()}` : `${word()}_${word()}`
      while (names.has(name))
      names.add(name)
      members.push(boxes.length)
      boxes.push({ id: name, name, width: 180 + 20 * below(6), height: 44 + 22 * (2 + below(below(2) ? 16 : 8)) })
    }
    modules.push(members)
  }
  const links = new Map<string, Link>()
  const link = (from: number, to: number) => {
    if (from !== to) links.set(`${from} ${to}`, { from: boxes[from]!.id, to: boxes[to]!.id })
  }
  const hubs = modules.slice(0, Math.ceil(modules.length / 8)).map(members => members[0]!)
  while (links.size < linkCount) {
    const module = modules[below(modules.length)]!
    const kind = manner === 'random' ? 1 : random()
    const from = module[below(module.length)]!
    // Most links lead to the head of the own module, some to any member, some to a hub that everybody knows.
    if (kind < 0.45) link(from, module[0]!)
    else if (kind < 0.75) link(from, module[below(module.length)]!)
    else if (kind < 0.9) link(from, hubs[below(hubs.length)]!)
    else if (random() < 0.5) link(from, Math.floor(random() ** 3 * count))
    else link(from, below(count))
  }
  return { boxes, links: [...links.values()] }
}
