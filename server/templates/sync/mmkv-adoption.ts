// Records that were there before the sync was, or that were written past it: the server has never been told of them.
import type { Adopting } from './adopting-transport.ts'
import type { AppRecords, MmkvRecords } from './mmkv-records.ts'
import { OutboxFullError } from './outbox.ts'
import type { OutboxStore } from './outbox-store.ts'
import type { EntityRef, JsonObject, LocalWrite, NewOperation } from './types.ts'

export interface MmkvAdoptionOptions {
  readonly outbox: Pick<OutboxStore, 'unfinished' | 'inState' | 'counts'>
  readonly app: AppRecords
  readonly records: Pick<MmkvRecords, 'isTold'>
  /** Parents before their children. */
  readonly entities: readonly string[]
  /** The records that a record refers to. */
  readonly parentsOf: (entity: string, values: JsonObject) => readonly EntityRef[]
  /** So many operations the outbox takes. */
  readonly maxOps: number
  readonly enqueue: (operation: NewOperation, write: LocalWrite<void>) => Promise<void>
}

export interface MmkvAdoption extends Adopting {
  /** Has what an edit builds on sent before it, where the server was never told of it: the record, and those that it refers to. */
  adoptFor(edit: NewOperation): Promise<void>
  /**
   * A portion of all that there are, parents before their children. To be called when everything was pulled: what the
   * server has under the same id is known by then. It looks for them after each start, until none is left: the ids of
   * all records are read for it.
   */
  adoptAll(): Promise<void>
}

export function createMmkvAdoption(options: MmkvAdoptionOptions): MmkvAdoption {
  const { outbox, app, entities, parentsOf } = options
  let isDone = false

  /** The values of a record that the server was never told of; null for any other. */
  async function untold(ref: EntityRef): Promise<JsonObject | null> {
    if (!entities.includes(ref.entity) || options.records.isTold(ref)) return null
    if ((await outbox.unfinished(ref)).length > 0) return null
    // One that the server has refused waits for a person.
    const refused = await outbox.inState('dead')
    return refused.some(op => isSame(op, ref)) ? null : app.read(ref)
  }

  /** `path`: the records that lead here. Those that refer to each other in a circle cannot all come first. */
  async function adopt({ entity, entityId }: EntityRef, path: readonly EntityRef[] = []): Promise<void> {
    const ref = { entity, entityId }
    const values = path.some(one => isSame(one, ref)) ? null : await untold(ref)
    if (values === null) return
    for (const parent of parentsOf(entity, values)) await adopt(parent, [...path, ref])
    try {
      await options.enqueue({ ...ref, kind: 'create', payload: {} }, async () => {
        const payload = await untold(ref)
        if (payload === null) throw new AlreadyTold()
        // Where the server has one under this id after all, its values hold for what is not edited from here on.
        return { payload, base: payload, dependsOn: parentsOf(entity, payload) }
      })
    } catch (error) {
      if (!(error instanceof AlreadyTold)) throw error
    }
  }

  /** How many more may wait. Half of the outbox is the person's own, also where the server refuses all that is adopted. */
  async function portionLeft(): Promise<number> {
    const { pending, inflight, conflict, dead } = await outbox.counts()
    return Math.min(portion - pending, Math.floor(options.maxOps / 2) - (pending + inflight + conflict + dead))
  }

  return {
    adoptFor: async edit => {
      if (edit.kind === 'delete') return
      if (edit.kind === 'update') await adopt(edit)
      for (const parent of parentsOf(edit.entity, edit.payload)) await adopt(parent)
    },
    adoptAll: async () => {
      if (isDone) return
      for (const entity of entities) {
        for (const entityId of await app.ids(entity)) {
          const ref = { entity, entityId }
          if (options.records.isTold(ref)) continue
          if ((await portionLeft()) <= 0) return
          try {
            await adopt(ref)
          } catch (error) {
            // What failed for good fills the outbox: the rest of it must go on.
            if (error instanceof OutboxFullError) return
            throw error
          }
        }
      }
      isDone = true
    },
  }
}

/** So many may wait: the person's own edits wait behind them, and each run that follows takes more. */
const portion = 200

/** Another edit of the same record came first. */
class AlreadyTold extends Error {}

const isSame = (one: EntityRef, { entity, entityId }: EntityRef): boolean =>
  one.entityId === entityId && one.entity === entity
