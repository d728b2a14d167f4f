// What a layer is given of the simulated phone, whatever it stores in.

import type { Environment } from '../../templates/queue-testing/queue-under-test.ts'
import type * as ConflictStrategy from '../../templates/sync/conflict-strategy.ts'
import type { SyncOptions } from '../../templates/sync/create-sync.ts'

/** Whose phone it is. */
export const userId = 'u1'

type Around = Pick<
  SyncOptions<never>,
  'auth' | 'net' | 'clock' | 'onConflict' | 'payloads' | 'schemaVersion' | 'newId' | 'random'
>

/** Network, clock, chance and sign-in of `env`; of payloads nothing is asked. */
export function syncAround(
  env: Environment,
  { createConflictStrategy }: Pick<typeof ConflictStrategy, 'createConflictStrategy'>,
): Around {
  return {
    auth: { userId: () => userId, refresh: () => env.refresh() },
    net: { isOnline: env.isOnline, subscribe: env.onNet },
    clock: {
      now: env.clock.now,
      after: (delayMs, task) => {
        const timer = env.clock.set(delayMs, task)
        return () => env.clock.clear(timer)
      },
    },
    onConflict: createConflictStrategy(() => ({ strategy: 'lww', deleteVsEdit: 'deleteWins' })),
    payloads: { entities: { posts: { create: anything, update: anything } } },
    schemaVersion: 1,
    newId: () => `op-${Math.floor(env.rnd() * 2 ** 48)}`,
    random: env.rnd,
  }
}

const anything = { safeParse: () => ({ success: true }) }

/** Starts as an app does: when the storage cannot be opened, it tries again. */
export async function startSync(env: Environment, sync: { start(): Promise<void> }): Promise<void> {
  try {
    await sync.start()
  } catch {
    env.clock.set(100, () => void startSync(env, sync))
  }
}
