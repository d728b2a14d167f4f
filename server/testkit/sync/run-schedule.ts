// Runs a schedule with a queue whose storage is no list of texts: databases that live as long as the schedule.
import type * as Queue from '../../templates/queue-testing/queue-under-test.ts'
import { runSchedule as run, type ScheduleResult } from '../../templates/queue-testing/run-schedule.ts'

export interface Environment extends Queue.Environment {
  /** A thing that outlives the process, as a database file does; it is made at the first call. */
  durable<T>(name: string, make: () => T, dispose?: (thing: T) => void): T
}

/** Called at each start of the process. */
export type QueueFactory = (env: Environment) => Queue.QueueUnderTest

/** Runs the queue through the schedule of `seed`, in which ids are used again: the layers allow that. */
export async function runSchedule(seed: number, factory: QueueFactory): Promise<ScheduleResult> {
  const things = new Map<string, { readonly thing: unknown; readonly dispose: () => void }>()
  const durable = <T>(name: string, make: () => T, dispose?: (thing: T) => void): T => {
    const known = things.get(name)
    if (known) return known.thing as T
    const thing = make()
    things.set(name, { thing, dispose: () => dispose?.(thing) })
    return thing
  }
  const result = await run(seed, env => factory({ ...env, durable }), { reusesIds: true })
  for (const { dispose } of things.values()) dispose()
  return result
}
