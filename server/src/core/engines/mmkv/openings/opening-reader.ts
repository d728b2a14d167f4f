// The openings of each file, each read once until something that it depends on changes.
import { computed, type ReadonlySignal } from '@preact/signals-core'
import { keyed, sameItems } from '../../../catalog/remembered.ts'
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { CallFact } from '../../../facts/file-facts.ts'
import type { CallValue } from '../../../source/value.ts'
import type { Site, SiteReader } from '../sites.ts'
import type { Opening } from '../types.ts'
import { defaultId } from '../vocabulary.ts'
import { kindOfOpening, readOpening } from './read-opening.ts'

/** The openings of each file. */
export interface OpeningReader {
  openings(file: string): readonly Opening[]
  /** The key of the store that an opening call opens; undefined where the call opens none. */
  storeKey(call: Located<CallValue>): string | undefined
  /** False for a store whose opening may open another file each time it runs. */
  isOne(storeKey: string): boolean
  /** The key of the store that code in `file` means by an id, with no path. */
  storeNamed(file: string, id: string | undefined): string | undefined
}

/** A reader for one scope. */
export function createOpeningReader(scope: Scope, sites: SiteReader): OpeningReader {
  const cells = new WeakMap<CallValue, { fact: CallFact; cell: ReadonlySignal<Opening | undefined> }>()
  const openingOf = (site: Site): Opening | undefined => {
    const { value } = site.value
    let known = cells.get(value)
    if (known?.fact !== site.fact) {
      known = { fact: site.fact, cell: computed(() => readOpening(scope, site)) }
      cells.set(value, known)
    }
    return known.cell.value
  }
  const openings = keyed(
    (file: string): readonly Opening[] =>
      sites.sites(file).flatMap(site => (kindOfOpening(site) === undefined ? [] : (openingOf(site) ?? []))),
    sameItems,
  )
  const keys = keyed((file: string): ReadonlyMap<CallValue, string> => {
    let unnamed = 0
    return new Map(
      openings(file).map(opening => {
        const isNamed = opening.id !== undefined && opening.path !== undefined
        return [opening.value.value, storeKeyOf(scope, opening, isNamed ? 0 : unnamed++)]
      }),
    )
  })
  return {
    openings,
    storeKey: ({ value, file }) => keys(file).get(value),
    isOne: key => !key.includes(several),
    storeNamed: (file, id) => (id === undefined ? undefined : namedKey(scope.workspace().project(file).root, id, '')),
  }
}

/**
 * Openings of one package that have the same id and the same path open one file; what is not known is a store of its
 * own, by its rank among those of its file.
 */
function storeKeyOf(scope: Scope, opening: Opening, rank: number): string {
  const {
    id,
    path,
    value: { file },
  } = opening
  const { root } = scope.workspace().project(file)
  if (id === undefined || path === undefined) return `${root} ${isHeld(opening) ? '?' : several} ${file}#${rank}`
  return namedKey(root, id?.text ?? defaultId, path?.text ?? '')
}

/** Stands in the keys of openings that may open several files. */
const several = '?*'

/** True for an opening whose result a variable of the file holds. */
const isHeld = ({ fact, isOuter }: Opening): boolean =>
  isOuter && (fact.assignedTo !== undefined || (fact.into !== undefined && fact.fn === undefined))

const namedKey = (root: string, id: string, path: string): string => `${root} = ${JSON.stringify([id, path])}`
