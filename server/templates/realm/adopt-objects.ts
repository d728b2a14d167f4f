// Objects that were there before the sync was, or that were written past it: the server has never been told of them.
import { OutboxFullError } from '../sync/outbox.ts'
import type { EntityRef, LocalWrite, NewOperation } from '../sync/types.ts'
import { doubted } from './doubts.ts'
import { linksOf } from './links.ts'
import { isDirty } from './object-marks.ts'
import { nextStamp } from './realm-hlc.ts'
import { opsOfRecord, type RealmTx } from './realm-store.ts'
import type { RealmRow, SyncedRealm } from './realm-types.ts'
import type { Serialisers } from './serialisers.ts'
import type { SyncStates } from './sync-states.ts'

export interface AdoptionOptions {
  readonly realm: SyncedRealm
  readonly serialisers: Serialisers
  readonly states: SyncStates
  /** The classes that are synced, those that others link to first. */
  readonly classes: readonly string[]
  readonly userId: string
  readonly now: () => number
  readonly enqueue: (operation: NewOperation, write: LocalWrite<RealmTx>) => Promise<void>
}

export interface Adoption {
  /** Has the object sent as a new one, after those that it links to, where the server was never told of it. */
  adopt(ref: EntityRef): Promise<void>
  /**
   * A portion of all that there are. To be called when everything was pulled: what the server has under the same key is
   * known by then.
   */
  adoptAll(): Promise<void>
  /** True while there are objects that the server was never told of, and that no operation tells it of. */
  hasUntold(): boolean
}

export function createAdoption(options: AdoptionOptions): Adoption {
  const { realm, serialisers, states, classes, userId, now } = options

  const untold = ({ entity, entityId }: EntityRef): RealmRow | null => {
    const row = classes.includes(entity) ? serialisers.find(entity, entityId) : null
    if (row === null || row['_version'] !== null || isDirty(row)) return null
    const ref = { entity, entityId }
    const isInDoubt = doubted(states).some(one => one.entity === entity && one.entityId === entityId)
    return isInDoubt || opsOfRecord(realm, userId, ref).length > 0 ? null : row
  }

  /** `path`: the objects that lead here. Those that link to each other in a circle cannot all come first. */
  async function adopt(ref: EntityRef, path: readonly EntityRef[]): Promise<void> {
    const row = untold(ref)
    if (row === null || path.some(one => isSame(one, ref))) return
    const { entity, entityId } = ref
    for (const link of linksOf(serialisers, entity, serialisers.toJson(entity, row))) await adopt(link, [...path, ref])
    const operation: NewOperation = { entity, entityId, kind: 'create', payload: {} }
    try {
      await options.enqueue(operation, async tx => {
        const current = untold(ref)
        if (current === null) throw new AlreadyTold()
        const { stamp, keep } = nextStamp(states, now)
        tx(keep)
        const payload = serialisers.toJson(entity, current)
        return { payload, stamp, dependsOn: linksOf(serialisers, entity, payload) }
      })
    } catch (error) {
      if (!(error instanceof AlreadyTold)) throw error
    }
  }

  /** Keys, as the results change with each object that is adopted. */
  function untoldObjects(): readonly EntityRef[] {
    const query = '_version == null AND _deletedAt == null AND _dirtyFields.@count == 0'
    return classes.flatMap(entity =>
      [...realm.objects(entity).filtered(query)].map(row => ({
        entity,
        entityId: serialisers.entityIdOf(entity, row),
      })),
    )
  }

  return {
    adopt: ref => adopt(ref, []),
    hasUntold: () => untoldObjects().some(ref => untold(ref) !== null),
    adoptAll: async () => {
      const waiting = () => realm.objects('OutboxOp').filtered('userId == $0 AND state == "pending"', userId).length
      for (const ref of untoldObjects()) {
        if (waiting() >= portion) return
        try {
          await adopt(ref, [])
        } catch (error) {
          // What failed for good fills the outbox: the rest of it must go on.
          if (error instanceof OutboxFullError) return
          throw error
        }
      }
    },
  }
}

/** So many may wait: the person's own edits wait behind them, and each run that follows takes more. */
const portion = 200

/** Another edit of the same object came first. */
class AlreadyTold extends Error {}

const isSame = (one: EntityRef, ref: EntityRef): boolean => one.entity === ref.entity && one.entityId === ref.entityId
