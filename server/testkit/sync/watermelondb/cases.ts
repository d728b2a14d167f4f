// Short cases on one device that a right layer passes; each says whether it did.
import { createChangesServer, type ServerRow } from './changes-server.ts'
import type { RunningServer } from './http-servers.ts'
import type { WatermelonLayer } from './layer.ts'
import { newFile, openPhone, type Phone, type PhoneOptions } from './phone.ts'

export type CaseName =
  | 'holds open conflicts'
  | 'survives a lost answer'
  | 'sends nothing of what the server has won'
  | 'fills new columns'

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
