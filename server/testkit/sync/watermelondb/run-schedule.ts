// Runs one random story of two devices, one server and many faults, and says which promises were broken.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Model } from '@nozbe/watermelondb'
import type { Sync } from '../../../templates/watermelondb/create-sync.ts'
import type { DeleteVsEdit, Strategy } from '../../../templates/watermelondb/resolve-record.ts'
import type { SyncTransport } from '../../../templates/watermelondb/types.ts'
import { createChangesServer, type ServerRow } from './changes-server.ts'
import { type DatabaseCall, type OpenedDatabase, openSample, setColumn } from './device.ts'
import type { RunningServer } from './http-servers.ts'
import { type WatermelonLayer, watermelon } from './layer.ts'
import { sampleEntities } from './sample.ts'
import { sampleTables } from './tables.ts'
import {
  createWorld,
  faultsEndMs,
  faultyFetch,
  type Life,
  networkOf,
  never,
  type Violation,
  type World,
} from './world.ts'

export interface StoryResult {
  readonly violations: readonly Violation[]
  readonly crashes: number
  readonly edits: number
  readonly pushes: number
  readonly conflicts: number
}

export interface StoryOptions {
  readonly layer: WatermelonLayer
  readonly server: RunningServer
  transport(fetch: typeof globalThis.fetch, token: () => Promise<string>): SyncTransport
}

export const policies: readonly { readonly strategy: Strategy; readonly deleteVsEdit: DeleteVsEdit }[] = [
  { strategy: 'fieldMerge', deleteVsEdit: 'editWins' },
  { strategy: 'manual', deleteVsEdit: 'ask' },
  { strategy: 'fieldMerge', deleteVsEdit: 'editWins' },
  { strategy: 'lww', deleteVsEdit: 'deleteWins' },
]

const editCount = 24
const editsEndMs = 3500
const maxCrashes = 4
const hourMs = 60 * 60 * 1000
const restartMs = 50
const storingMs = 60
const checkpointKey = '__watermelon_last_pulled_at'

interface Edit {
  readonly device: number
  readonly id: string
  readonly column: string
  readonly marker: number
  /** What had been written to this record on the device before. */
  readonly seen: ReadonlySet<unknown>
  /** Undefined while it is written: a crash may have come before or after. */
  isAccepted: boolean
}

interface Deletion {
  readonly device: number
  readonly id: string
  /** How many edits had been begun before. */
  readonly after: number
  readonly seen: ReadonlySet<unknown>
  isAccepted: boolean
}

interface Device {
  readonly name: string
  readonly index: number
  readonly file: string
  life: Life
  opened: OpenedDatabase | undefined
  sync: Sync | undefined
  /** True between a batch and the checkpoint that WatermelonDB writes apart from it: a crash there is the worst. */
  isBetween: boolean
  /** By record, all that its file was ever given of it; it outlives the process. */
  readonly seen: Map<string, Set<unknown>>
}

/** Plays the story of `seed`. */
export async function runStory(seed: number, options: StoryOptions): Promise<StoryResult> {
  const world = createWorld(seed)
  const { random, violations } = world
  const changes = createChangesServer(sampleEntities.map(entity => entity.name))
  options.server.backend = { changes, fault: world.serverFault }
  const policy = policies[seed % policies.length]!
  const folder = mkdtempSync(path.join(tmpdir(), 'watermelon-sync-'))
  const edits: Edit[] = []
  const deletions: Deletion[] = []
  const tainted = new Set<string>()
  let crashes = 0
  let marker = 0
  let conflicts = 0

  const devices: Device[] = ['one', 'two'].map((name, index) => ({
    name,
    index,
    file: path.join(folder, name),
    life: deadLife(),
    opened: undefined,
    sync: undefined,
    isBetween: false,
    seen: new Map(),
  }))

  async function boot(device: Device): Promise<void> {
    const life: Life = {
      ...deadLife(),
      isAlive: true,
      isOnline: device.life.isOnline,
      token: device.life.token,
      notBefore: device.life.notBefore,
    }
    device.life = life
    const opened = await openSample({
      file: device.file,
      layer: options.layer,
      gate: (call, run, answer) => gate(device, life, call, run, answer),
    })
    device.opened = opened
    const sync = options.layer.createSync({
      database: opened.database,
      userId: 'ann',
      tables: sampleTables(options.layer),
      transport: options.transport(
        faultyFetch(world, life, device.name, () => mayDie(device, life)),
        async () => life.token,
      ),
      auth: { userId: () => 'ann', refresh: () => refresh(world, life) },
      net: networkOf(life),
      clock: {
        now: () => world.epoch(),
        after: (delayMs, task) => world.after(delayMs, () => life.isAlive && task()),
      },
      strategyOf: () => policy.strategy,
      deleteVsEdit: policy.deleteVsEdit,
      hasConflictTable: true,
      keepAuditMs: 30 * 24 * hourMs,
      migrationsEnabledAtVersion: 1,
      newKey: () => `${seed}-${Math.floor(random() * 2 ** 40).toString(36)}`,
      random,
      limits: { maxPushRecords: 4, writeDelayMs: 100 },
    })
    device.sync = sync
    sync.start().catch((error: unknown) => {
      if (life.isAlive) violations.push({ kind: 'start', text: String(error) })
    })
  }

  /** Each call of the database takes a little time, and the process may die before and after it. */
  function gate(
    device: Device,
    life: Life,
    { method, args }: DatabaseCall,
    run: () => object,
    answer: (result: object) => void,
  ): void {
    if (!life.isAlive) return
    if (!world.isFaulty()) {
      answer(run())
      return
    }
    world.after(Math.floor(random() * 3), () => {
      if (!life.isAlive || mayDie(device, life)) return
      const result = run()
      if (method === 'batch') {
        device.isBetween = true
        noteSeen(device, args)
      }
      if (method !== 'batch' && (method !== 'getLocal' || args[0] !== checkpointKey)) device.isBetween = false
      if (mayDie(device, life)) return
      world.after(Math.floor(random() * 3), () => {
        if (life.isAlive) answer(result)
      })
    })
  }

  function mayDie(device: Device, life: Life): boolean {
    if (!world.isFaulty() || crashes >= maxCrashes || random() >= (device.isBetween ? 0.02 : 0.004)) return false
    crashes += 1
    life.isAlive = false
    if (world.now() - life.toldAt < storingMs) life.notBefore = 0
    device.isBetween = false
    device.opened?.close()
    device.opened = undefined
    device.sync = undefined
    world.after(restartMs, () => void world.real(() => boot(device)))
    return true
  }

  function setOnline(device: Device, isOnline: boolean): void {
    if (device.life.isOnline === isOnline) return
    device.life.isOnline = isOnline
    for (const listener of [...device.life.listeners]) if (device.life.isAlive) listener(isOnline)
  }

  /** One change as a person makes it. */
  async function edit(device: Device): Promise<void> {
    const { opened } = device
    if (!opened || !device.life.isAlive) return void world.after(restartMs + 20, () => void edit(device))
    const { database } = opened
    const dice = random()
    const tasks = database.get('tasks')
    await database.write(async () => {
      const present = await tasks.query().fetch()
      const record = present[Math.floor(random() * present.length)]
      if (record === undefined || dice < 0.15) {
        const id = `t${(marker + 1).toString().padStart(3, '0')}-${device.name}`
        const begun = begin(device, id, ['a', 'b'])
        await tasks.create((fresh: Model) => {
          fresh._raw.id = id
          setColumn(fresh, 'project_id', 'p1')
          setColumn(fresh, 'title', random() < 0.06 ? poison(id) : 'task')
          setColumn(fresh, 'a', begun[0]!.marker)
          setColumn(fresh, 'b', begun[1]!.marker)
          setColumn(fresh, 'meta', JSON.stringify({ tags: ['x'] }))
        })
        accept(begun)
      } else if (dice < 0.3) {
        const deletion: Deletion = {
          device: device.index,
          id: record.id,
          after: edits.length,
          seen: seenOf(device, record.id),
          isAccepted: false,
        }
        deletions.push(deletion)
        await record.markAsDeleted()
        deletion.isAccepted = true
      } else {
        const begun = begin(device, record.id, [random() < 0.5 ? 'a' : 'b'])
        await record.update((one: Model) => {
          setColumn(one, begun[0]!.column, begun[0]!.marker)
          if (random() < 0.02) setColumn(one, 'title', poison(record.id))
        })
        accept(begun)
      }
    })
  }

  function poison(id: string): string {
    tainted.add(id)
    return 'poison'
  }

  function begin(device: Device, id: string, columns: readonly string[]): Edit[] {
    const seen = seenOf(device, id)
    const begun = columns.map(column => {
      marker += 1
      return { device: device.index, id, column, marker, seen, isAccepted: false }
    })
    edits.push(...begun)
    return begun
  }

  function accept(begun: readonly Edit[]): void {
    for (const one of begun) one.isAccepted = true
  }

  changes.push({
    key: 'seed',
    lastPulledAt: 1,
    changes: {
      projects: { created: [{ id: 'p1', name: 'First' }], updated: [], deleted: [] },
      tasks: { created: ['t1', 't2', 't3'].map(taskRow), updated: [], deleted: [] },
    },
  })
  try {
    await world.withTimers(play)
  } finally {
    for (const device of devices) {
      device.sync?.stop()
      device.life.isAlive = false
      device.opened?.close()
    }
    rmSync(folder, { recursive: true, force: true })
  }
  return { violations, crashes, edits: edits.length, pushes: changes.applied.length, conflicts }

  async function play(): Promise<void> {
    for (const device of devices) world.after(device.index, () => void world.real(() => boot(device)))
    for (let index = 0; index < editCount; index++) {
      const device = devices[Math.floor(random() * devices.length)]!
      world.after(300 + Math.floor(random() * editsEndMs), () => void edit(device))
    }
    for (const device of devices)
      if (random() < 0.6)
        for (let flip = 0; flip < 4; flip++)
          world.after(Math.floor(random() * 4500), () => setOnline(device, !device.life.isOnline))
    world.after(Math.floor(random() * 4000), world.rotateToken)
    for (const device of devices) world.after(faultsEndMs, () => setOnline(device, true))
    await world.runUntil(faultsEndMs + hourMs)

    // A person looks at what is left: conflicts are decided, refused records given up.
    for (let round = 0; round < 6 && (await lookAtRest()); round++) await world.runUntil(world.now() + hourMs / 2)

    for (const device of devices) await judgeDevice(device)
    judgeEdits()
  }

  /** True when there was something to decide. */
  async function lookAtRest(): Promise<boolean> {
    let count = 0
    for (const { sync } of devices) {
      if (!sync) continue
      void (async () => {
        for (const one of await sync.conflicts()) {
          count += 1
          conflicts += 1
          const choice = random() < 0.5 ? ('local' as const) : ('remote' as const)
          if (choice === 'remote') tainted.add(one.id)
          await sync.resolve(one.table, one.id, { choice })
        }
        for (const one of await sync.failed()) {
          count += 1
          tainted.add(one.id)
          if (one.reason !== 'poison')
            violations.push({ kind: 'refused', text: `the server refuses ${one.id}: ${one.reason}` })
          await sync.discard(one.table, one.id)
        }
      })()
      await world.runUntil(world.now() + 1000)
    }
    return count > 0
  }

  async function judgeDevice(device: Device): Promise<void> {
    const { opened, sync } = device
    if (!opened || !sync) return void violations.push({ kind: 'dead', text: `${device.name} does not run` })
    const { Q } = watermelon()
    let isRead = false
    const read = async () => {
      for (const { name } of sampleEntities) {
        const records = await opened.database.get(name).query(Q.sortBy('id')).fetch()
        const dirty = records.filter((one: Model) => one._raw._status !== 'synced').map((one: Model) => one.id)
        if (dirty.length > 0)
          violations.push({
            kind: 'left',
            text: `${device.name} still has to send ${dirty} (${JSON.stringify(sync.status$.get())})`,
          })
        const deleted = await opened.database.adapter.getDeletedRecords(name)
        if (deleted.length > 0) violations.push({ kind: 'left', text: `${device.name} still has to delete ${deleted}` })
        const here = new Map(records.map((one: Model) => [one.id, wireOf(one)]))
        for (const [id, row] of changes.rows(name))
          if (canonical(here.get(id)) !== canonical(row))
            violations.push({
              kind: 'differs',
              text: `${device.name} has ${canonical(here.get(id))}, the server ${canonical(row)}`,
            })
        for (const id of here.keys())
          if (!changes.rows(name).has(id)) violations.push({ kind: 'differs', text: `only ${device.name} has ${id}` })
      }
      isRead = true
    }
    void read()
    await world.runUntil(world.now() + 1000)
    if (!isRead) violations.push({ kind: 'dead', text: `the database of ${device.name} does not answer` })
  }

  function judgeEdits(): void {
    for (const [index, one] of edits.entries()) {
      const history = changes.history('tasks', one.id, one.column)
      const times = history.filter(value => value === one.marker).length
      // Who brings a deleted record back cannot know what was written to it just before.
      if (times > 1 && !tainted.has(one.id) && !changes.wasDeleted('tasks', one.id))
        violations.push({
          kind: 'duplicate',
          text: `edit ${one.marker} of ${one.id}.${one.column} was applied ${times} times`,
        })
      if (!one.isAccepted || times > 0 || tainted.has(one.id)) continue
      const isReplaced = edits.some(
        (other, at) => at > index && other.device === one.device && other.id === one.id && other.column === one.column,
      )
      const isDeletedHere = deletions.some(
        other => other.device === one.device && other.id === one.id && other.after > index,
      )
      const isGiven = policy.strategy === 'lww' && (changes.wasDeleted('tasks', one.id) || hasRival(one))
      if (!isReplaced && !isDeletedHere && !isGiven)
        violations.push({
          kind: 'lost',
          text: `edit ${one.marker} of ${one.id}.${one.column} by ${devices[one.device]?.name}`,
        })
    }
    for (const one of deletions) {
      const { device, id, isAccepted } = one
      // A record that the server never had needs no deletion; one that the other device has edited may be kept.
      const isKnown = changes.history('tasks', id, 'a').length > 0
      if (isAccepted && isKnown && !changes.wasDeleted('tasks', id) && !hasRival(one) && !tainted.has(id))
        violations.push({ kind: 'kept', text: `${devices[device]?.name} has deleted ${id}, and the server has it` })
    }
    // Two deletions may look alike; anything else holds a marker.
    const written = changes.applied.filter(one => one.includes('"id"'))
    for (const one of new Set(written))
      if (written.filter(other => other === one).length > 1)
        violations.push({ kind: 'repeated', text: `applied twice: ${one}` })
  }

  /** True when the other device has sent an edit of the record that this device did not know: only to that may it give way. */
  function hasRival({ device, id, seen }: Edit | Deletion): boolean {
    return edits.some(
      other =>
        other.device !== device &&
        other.id === id &&
        !seen.has(other.marker) &&
        changes.history('tasks', id, other.column).includes(other.marker),
    )
  }
}

function seenOf({ seen }: Device, id: string): ReadonlySet<unknown> {
  return new Set(seen.get(id))
}

/** Reads what a batch has written: each of its operations is `[, , sql, rows]`, and a row holds its id. */
function noteSeen({ seen }: Device, [operations]: readonly unknown[]): void {
  for (const [, , , rows] of operations as readonly (readonly [unknown, unknown, string, readonly unknown[][]])[])
    for (const values of rows)
      for (const id of values)
        if (typeof id === 'string' && /^t\d+(-|$)/.test(id))
          seen.set(id, new Set([...(seen.get(id) ?? []), ...values.filter(value => typeof value === 'number')]))
}

function taskRow(id: string): ServerRow {
  return { id, project_id: 'p1', title: 'task', a: 0, b: 0, done: false, meta: null, due: null }
}

function wireOf(record: Model): object {
  const { _status, _changed, ...row } = record._raw as unknown as Record<string, unknown>
  return 'meta' in row && typeof row['meta'] === 'string' ? { ...row, meta: JSON.parse(row['meta']) } : row
}

function canonical(row: object | undefined): string {
  if (row === undefined) return 'nothing'
  return JSON.stringify(Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))))
}

function deadLife(): Life {
  return { isAlive: false, wires: 0, notBefore: 0, toldAt: -Infinity, token: '1', isOnline: true, listeners: new Set() }
}

function refresh(world: World, life: Life): Promise<boolean> {
  if (!life.isAlive) return never()
  return new Promise((resolve, reject) => {
    world.after(30, () => {
      if (!life.isAlive) return
      if (!life.isOnline) return reject(new TypeError('Network request failed'))
      life.token = world.token()
      resolve(true)
    })
  })
}
