// How entities and lines look: what is chosen, found, pointed at and stood upon.
import type { DiagramView } from '../../shared/diagram.ts'
import type { Hit } from './search.ts'
import type { Looks } from './stage.ts'
import { termsFor } from './words.ts'

/** What a person does with the picture at the moment. */
export interface Doing {
  readonly selected: string | undefined
  readonly field: string | undefined
  /** The entity that the cursor in the code stands in. */
  readonly underCursor: string | undefined
  /** The line under the pointer. */
  readonly hovered: string | undefined
  readonly isSearching: boolean
  readonly hits: readonly Hit[]
}

const none: ReadonlySet<string> = new Set()

/** The looks of everything in the view. */
export function looksOf(view: DiagramView | undefined, doing: Doing): Looks {
  const { selected, field, underCursor, hovered, isSearching, hits } = doing
  const several = view && view.stores.length > 1
  const engines = several ? new Map(view.stores.map(store => [store.id, store.engineTitle])) : undefined
  const fields = new Map<string, Set<string>>()
  for (const { entity, field: name } of hits) {
    const names = fields.get(entity) ?? new Set()
    fields.set(entity, name === undefined ? names : names.add(name))
  }
  return {
    cardState: ({ id, entity }) => ({
      isSelected: id === selected,
      isUnderCursor: id === underCursor,
      isDimmed: isSearching && !fields.has(id),
      isHit: isSearching && fields.has(id),
      hits: fields.get(id) ?? none,
      field: id === selected ? field : undefined,
      engine: engines?.get(entity.store),
      terms: termsFor(view ?? { stores: [] }, entity.store),
    }),
    isLit: ({ relation: { id, from, to } }) =>
      id === hovered || (selected !== undefined && (from === selected || to === selected)),
    hasLit: selected !== undefined || hovered !== undefined,
  }
}
