// Mentions of what keeps its identity while it is unchanged (tables, migrations, models), by the files they stand in.
import { computed, untracked } from '@preact/signals-core'
import { contains, type Place, type Span, touches } from '../text/span.ts'
import type { Mention } from './mention.ts'
import { keyed, sameItems } from './remembered.ts'

/** What one unit mentions in one file. */
export interface UnitMentions {
  /** The stretch that its own mentions stand in; they move with it. */
  readonly home: Span | undefined
  /** What no other unit mentions. */
  readonly own: readonly Mention[]
  /** What others may mention as well: in constants, in base classes. */
  readonly shared: readonly Mention[]
}

type ByFile = ReadonlyMap<string, UnitMentions>

/** How units are read. */
export interface Units<U extends object> {
  /** What the mentions say of their surroundings; all are made anew when it changes. */
  about(): string
  list(): readonly U[]
  /** All files that the unit may mention something in, told without reading it; some may be told twice. */
  files(unit: U): Iterable<string | undefined>
  read(unit: U, about: string): Iterable<Mention>
  /** Where nobody but the unit names anything. */
  home?(unit: U): Place
}

/**
 * The mentions of units by file. Only units that have to do with a file are read for it, and a unit is read again only when
 * it is another object than before.
 */
export function mentionsOfUnits<U extends object>(units: Units<U>): (file: string) => readonly UnitMentions[] {
  const files = new WeakMap<U, ReadonlySet<string | undefined>>()
  const index = computed(() => {
    const byFile = new Map<string, U[]>()
    for (const unit of units.list()) {
      const known = files.get(unit) ?? new Set(untracked(() => [...units.files(unit)]))
      files.set(unit, known)
      for (const file of known) {
        if (file === undefined) continue
        const list = byFile.get(file)
        if (list) list.push(unit)
        else byFile.set(file, [unit])
      }
    }
    return byFile
  })
  const unitsIn = keyed((file: string): readonly U[] => index.value.get(file) ?? [], sameItems)

  const about = computed(() => units.about())
  const memory = computed(() => ({ about: about.value, known: new WeakMap<U, ByFile>() }))
  return file => {
    const { about: now, known } = memory.value
    return unitsIn(file).flatMap(unit => {
      const found = known.get(unit) ?? untracked(() => split(units.read(unit, now), units.home?.(unit)))
      known.set(unit, found)
      return found.get(file) ?? []
    })
  }
}

/** All of them, each once: a constant's text and a base class's members are met by everybody who uses them. */
export function together(units: readonly UnitMentions[], others: readonly Mention[]): readonly Mention[] {
  const free: Mention[] = []
  const known = new Map<number, Mention[]>()
  for (const list of [...units.map(unit => unit.shared), others])
    for (const mention of list) {
      const { start } = mention.at.span
      const here = known.get(start)
      if (here?.some(one => isSame(one, mention))) continue
      if (here) here.push(mention)
      else known.set(start, [mention])
      free.push(mention)
    }
  const all = ([] as Mention[]).concat(...units.map(unit => unit.own), free)
  parts.set(all, { units, free })
  return all
}

/** What the lists made by `together` are made of. */
const parts = new WeakMap<readonly Mention[], { units: readonly UnitMentions[]; free: readonly Mention[] }>()

/** Those of a file's mentions that may touch `offset`, found without looking at each where there are many. */
export function mentionsAround(mentions: readonly Mention[], offset: number): readonly Mention[] {
  const known = parts.get(mentions)
  if (!known) return mentions
  const own = known.units.flatMap(({ home, own }) => (!home || touches(home, offset) ? own : []))
  return [...own, ...known.free]
}

/** So many units are a long list. */
const many = 30

/** A file's mentions in lists that stay the same while others change, where there are many; else in one. */
export function mentionLists(mentions: readonly Mention[]): readonly (readonly Mention[])[] {
  const known = parts.get(mentions)
  return known && known.units.length >= many ? [...known.units.map(unit => unit.own), known.free] : [mentions]
}

function split(mentions: Iterable<Mention>, home: Place | undefined): ByFile {
  const files = new Map<string, { home: Span | undefined; own: Mention[]; shared: Mention[] }>()
  for (const mention of mentions) {
    const { file, span } = mention.at
    let lists = files.get(file)
    if (!lists) {
      lists = { home: home?.span, own: [], shared: [] }
      files.set(file, lists)
    }
    const isConstant = mention.kind !== 'word' && mention.part === 'config'
    const isOwn = home?.file === file && !isConstant && contains(home.span, span)
    lists[isOwn ? 'own' : 'shared'].push(mention)
  }
  return files
}

function isSame(a: Mention, b: Mention): boolean {
  if (a.at.span.end !== b.at.span.end || a.kind !== b.kind) return false
  if (a.kind === 'word' || b.kind === 'word') return true
  return (
    a.entity === b.entity &&
    a.field === b.field &&
    a.store === b.store &&
    a.part === b.part &&
    a.role === b.role &&
    a.version === b.version
  )
}
