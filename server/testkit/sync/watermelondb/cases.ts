// Short cases on one device that a right layer passes; each says whether it did.
import { createChangesServer, RefusedError, type ServerRow } from './changes-server.ts'
import type { Gate } from './device.ts'
import type { RunningServer } from './http-servers.ts'
import type { WatermelonLayer } from './layer.ts'
import { newFile, openPhone, type Phone, type PhoneOptions } from './phone.ts'

export type CaseName =
  | 'holds open conflicts'
  | 'survives a lost answer'
  | 'sends nothing of what the server has won'
  | 'fills new columns'
  | 'survives a crash behind the batch'
  | 'survives a crash before the batch'
  | 'asks after a crash behind the batch'
  | 'finds the one record that the server means'

/** A task as the server has it. */
export function serverTask(id: string, more: Partial<ServerRow> = {}): ServerRow {
  return { ...{ id, project_id: 'p1', title: 'task', a: 0, b: 0, done: false, meta: null, due: null }, ...more }
}

/** Runs a case; true when the layer passes it. */
export async function passes(name: CaseName, layer: WatermelonLayer, server: RunningServer): Promise<boolean> {
  const changes = createChangesServer(['projects', 'tasks'])
  server.backend = { changes, fault: () => undefined }
  const phones: Phone[] = []

  const remote = (row: ServerRow) =>
    changes.push({
      key: undefined,
      lastPulledAt: changes.pull({ lastPulledAt: null, migration: null }).timestamp,
      changes: { tasks: { created: [], updated: [row], deleted: [] } },
    })
  const open = async (options: Partial<PhoneOptions> = {}): Promise<Phone> => {
    const phone = await openPhone({ layer, server, ...options })
    phones.push(phone)
    await phone.sync.start()
    await phone.sync.syncNow()
    return phone
  }

  /** A phone whose process dies around the batch of its next pull; gives its file. */
  const dieInPull = async (
    when: 'before' | 'behind',
    options: Partial<PhoneOptions>,
    work: (phone: Phone) => Promise<void>,
  ): Promise<string> => {
    const file = newFile()
    let isArmed = false
    let isDead = false
    let die = () => {}
    const death = new Promise<void>(resolve => {
      die = resolve
    })
    const gate: Gate = ({ method, args }, run, answer) => {
      if (isDead) return
      const isPull = isArmed && method === 'batch' && JSON.stringify(args).includes('update \\"tasks\\"')
      if (!isPull) return answer(run())
      if (when === 'behind') run()
      isDead = true
      die()
    }
    const phone = await open({ file, gate, ...options })
    await work(phone)
    isArmed = true
    void phone.sync.syncNow()
    await death
    phone.sync.stop()
    phones.splice(phones.indexOf(phone), 1)
    phone.close()
    return file
  }

  changes.push({
    key: undefined,
    lastPulledAt: 1,
    changes: { tasks: { created: [serverTask('t1', { note: 'from the server' })], updated: [], deleted: [] } },
  })
  try {
    switch (name) {
      case 'holds open conflicts':
      case 'sends nothing of what the server has won': {
        const phone = await open({ strategyOf: () => (name === 'holds open conflicts' ? 'manual' : 'lww') })
        await phone.edit('tasks', 't1', { a: 1 })
        remote(serverTask('t1', { a: 2 }))
        await phone.sync.syncNow()
        return phone.pushed.length === 0
      }
      case 'survives a lost answer': {
        let isLost = true
        const lossy: typeof fetch = async (input, init) => {
          const response = await fetch(input, init)
          if (init?.method !== 'POST' || !isLost) return response
          isLost = false
          throw new TypeError('Network request failed')
        }
        const phone = await open({ fetch: lossy })
        await phone.edit('tasks', 't1', { a: 1 })
        await phone.sync.syncNow()
        remote(serverTask('t1', { a: 2 }))
        await phone.sync.syncNow()
        return changes.rows('tasks').get('t1')?.['a'] === 2 && (await phone.row('tasks', 't1'))?.['a'] === 2
      }
      case 'survives a crash behind the batch': {
        const file = await dieInPull('behind', { strategyOf: () => 'lww' }, async () => {
          remote(serverTask('t1', { a: 2 }))
        })
        const phone = await openPhone({ layer, server, file, strategyOf: () => 'lww' })
        phones.push(phone)
        // The person sees the server's record, and edits it before the sync runs again.
        if ((await phone.row('tasks', 't1'))?.['a'] !== 2) return false
        await phone.edit('tasks', 't1', { a: 3 })
        await phone.sync.start()
        await phone.sync.syncNow()
        return changes.rows('tasks').get('t1')?.['a'] === 3
      }
      case 'survives a crash before the batch': {
        const file = await dieInPull('before', {}, async () => {
          remote(serverTask('t1', { a: 2 }))
        })
        const phone = await open({ file })
        return (await phone.row('tasks', 't1'))?.['a'] === 2
      }
      case 'asks after a crash behind the batch': {
        const strategyOf = () => 'manual' as const
        const file = await dieInPull('behind', { strategyOf }, async phone => {
          await phone.edit('tasks', 't1', { a: 1 })
          remote(serverTask('t1', { a: 2 }))
        })
        const phone = await open({ file, strategyOf })
        const [conflict] = await phone.sync.conflicts()
        return conflict?.remote?.['a'] === 2 && phone.pushed.length === 0
      }
      case 'finds the one record that the server means': {
        const { push } = changes
        const isBad = (row: ServerRow) => row['title'] === 'bad'
        server.backend = {
          fault: () => undefined,
          changes: {
            ...changes,
            push: set => {
              if (Object.values(set.changes).some(one => [...one.created, ...one.updated].some(isBad)))
                throw new RefusedError('The set is wrong.')
              return push(set)
            },
          },
        }
        const phone = await open()
        await phone.edit('tasks', 't1', { title: 'bad' })
        for (const id of ['t2', 't3', 't4', 't5']) await phone.create('tasks', id)
        await phone.create('tasks', 't6', { title: 'bad' })
        await phone.sync.syncNow()
        const refused = (await phone.sync.failed()).map(one => one.id)
        const isRest = ['t2', 't3', 't4', 't5'].every(id => changes.rows('tasks').has(id))
        for (const id of refused) await phone.sync.discard('tasks', id)
        await phone.sync.syncNow()
        const isGivenUp = (await phone.row('tasks', 't1'))?.['title'] === 'task'
        const isGone = (await phone.row('tasks', 't6')) === undefined
        return refused.sort().join() === 't1,t6' && isRest && isGivenUp && isGone
      }
      default: {
        const file = newFile()
        const before = await open({ file })
        before.sync.stop()
        phones.pop()
        before.close()
        const after = await open({ file, version: 2 })
        return (await after.row('tasks', 't1'))?.['note'] === 'from the server'
      }
    }
  } finally {
    for (const phone of phones) {
      phone.sync.stop()
      phone.close()
    }
  }
}
