// Joins things that belong together, the strongest bond first, into clusters or into one tree.

/** A cluster: one thing, or two clusters that were joined. */
export interface Cluster {
  /** Indexes of the things in it, ascending. */
  readonly members: readonly number[]
  readonly parts?: readonly [Cluster, Cluster]
}

/** How to join. */
export interface Joining {
  /** How many things there are; they are known by their index. */
  readonly count: number
  /** Bonds between pairs of things, each pair at most once in either order. */
  readonly bonds: Iterable<readonly [number, number, number]>
  /** How strongly two clusters attract each other, from the sum of their bonds. Not positive: they are never joined. */
  strength(bond: number, a: Cluster, b: Cluster): number
}

interface Living {
  cluster: Cluster
  /** The sums of bonds to other living clusters, by their index. */
  readonly bonds: Map<number, number>
  /** The neighbour that attracts most. */
  best: number
  strength: number
}

/**
 * Joins until nothing attracts anything. Equal strengths go by index, so an order of things that does not depend on how
 * they were given makes the result independent of it as well.
 */
export function agglomerate({ count, bonds, strength }: Joining): readonly Cluster[] {
  const living = new Map<number, Living>()
  for (let i = 0; i < count; i++) living.set(i, { cluster: { members: [i] }, bonds: new Map(), best: -1, strength: 0 })
  for (const [a, b, bond] of bonds) {
    if (a === b) continue
    living.get(a)?.bonds.set(b, bond)
    living.get(b)?.bonds.set(a, bond)
  }

  const look = (one: Living) => {
    one.best = -1
    one.strength = 0
    for (const [other, bond] of one.bonds) {
      const found = strength(bond, one.cluster, living.get(other)!.cluster)
      if (found > one.strength || (found === one.strength && found > 0 && other < one.best)) {
        one.strength = found
        one.best = other
      }
    }
  }
  for (const one of living.values()) look(one)

  for (;;) {
    let first = -1
    let strongest = 0
    for (const [index, one] of living)
      if (one.strength > strongest || (one.strength === strongest && one.strength > 0 && index < first)) {
        first = index
        strongest = one.strength
      }
    if (first < 0) break
    const a = living.get(first)!
    const second = a.best
    const b = living.get(second)!
    living.delete(second)
    a.cluster = { members: merged(a.cluster.members, b.cluster.members), parts: [a.cluster, b.cluster] }
    a.bonds.delete(second)
    for (const [other, bond] of b.bonds) {
      if (other === first) continue
      const sum = (a.bonds.get(other) ?? 0) + bond
      a.bonds.set(other, sum)
      const neighbour = living.get(other)!
      neighbour.bonds.delete(second)
      neighbour.bonds.set(first, sum)
    }
    look(a)
    for (const other of a.bonds.keys()) look(living.get(other)!)
  }
  return [...living.values()].map(one => one.cluster)
}

const merged = (a: readonly number[], b: readonly number[]): readonly number[] => [...a, ...b].sort((x, y) => x - y)
