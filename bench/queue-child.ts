// One phase of a queue's life in a process of its own, so that the memory is its own: fills it offline, or drains it.
import { existsSync, readFileSync } from 'node:fs'
import { oursInMemory, oursInSqlite, oursInSqliteAlone } from './queue-ours.ts'
import { tanstackInMemory, tanstackInSqlite } from './queue-tanstack.ts'
import type { BenchQueue, QueueMaker, QueuePlace } from './queue-under-bench.ts'

const makers = {
  oursInMemory,
  tanstackInMemory,
  oursInSqlite,
  oursInSqliteAlone,
  tanstackInSqlite,
} satisfies Record<string, QueueMaker>

export type QueueName = keyof typeof makers
export type Phase = 'fill' | 'drain'

export interface Task {
  readonly queue: QueueName
  readonly phase: Phase
  readonly place: QueuePlace
  /** How many operations wait in the end, or at the start. */
  readonly operations: number
  /** Storing ends after so many milliseconds, whatever has been stored by then. */
  readonly limit: number
}

/** Times in milliseconds, memory in MB. */
export interface Filled {
  /** How many were stored before the time was over. */
  readonly stored: number
  readonly perSecond: number
  /** Processor time of one operation; waiting for the disk is not in it. */
  readonly work: number
  /** One operation while about a hundred wait, and among the last: medians. */
  readonly early: number
  readonly late: number
  readonly count: number
  readonly list: number
  readonly idleMemory: number | undefined
  readonly peakMemory: number | undefined
}

export interface Drained {
  /** From the start of the queue to its first request. */
  readonly firstRequest: number
  readonly perSecond: number
  /** Processor time of one operation. */
  readonly work: number
  /** One operation among the first that are sent, and among the last: means. */
  readonly early: number
  readonly late: number
  readonly idleMemory: number | undefined
  readonly peakMemory: number | undefined
}

const warmUps = 500
/** So many operations are one window. */
const window = 500
const countCalls = 10_000

const task = JSON.parse(process.argv[2] ?? '') as Task
const figures = task.phase === 'fill' ? await fill(task) : await drain(task)
// Whatever timers the queue has left must not hold the process.
process.stdout.write(JSON.stringify(figures), () => process.exit(0))

async function fill({ queue, place, operations, limit }: Task): Promise<Filled> {
  const around = { isOnline: false, send: () => undefined }
  // Code that runs for the first time is slow; a queue of its own takes that.
  const warm = await (await makers[queue]({ ...place, file: `${place.file}-warm` }, around))()
  await enqueueAll(warm, warmUps, limit)
  warm.close()
  const start = await makers[queue](place, around)
  const idleMemory = memory()
  const one = await start()
  const work = processorTime()
  const times = await enqueueAll(one, operations, limit)
  const stored = times.length
  const workEnd = processorTime()
  // What a queue does of itself after an operation is stored.
  await nextTurn()
  const countStart = performance.now()
  for (let call = 0; call < countCalls; call++) if (one.count() !== stored) throw new Error(`${one.count()} wait.`)
  const count = (performance.now() - countStart) / countCalls
  const listStart = performance.now()
  if ((await one.list()) !== stored) throw new Error('The list of what waits is not whole.')
  const list = performance.now() - listStart
  const peakMemory = memory()
  one.close()
  const sum = times.reduce((total, time) => total + time, 0)
  return {
    stored,
    perSecond: (1000 * stored) / sum,
    work: (workEnd - work) / stored,
    early: median(times.slice(100, 100 + window)),
    late: median(times.slice(-window)),
    count,
    list,
    idleMemory,
    peakMemory,
  }
}

async function drain({ queue, place, operations }: Task): Promise<Drained> {
  const sentAt: number[] = []
  let ended = () => {}
  const end = new Promise<void>(resolve => {
    ended = resolve
  })
  let work = 0
  const send = () => {
    if (sentAt.length === 0) work = processorTime()
    if (sentAt.push(performance.now()) === operations) ended()
  }
  const start = await makers[queue](place, { isOnline: true, send })
  const idleMemory = memory()
  const startedAt = performance.now()
  const one = await start()
  await end
  // The last answer is still to be written down.
  while (one.count() > 0) await nextTurn()
  const endedAt = performance.now()
  const workEnd = processorTime()
  if (sentAt.length !== operations) throw new Error(`${sentAt.length} requests for ${operations} operations.`)
  const at = (index: number): number => sentAt.at(index) ?? Number.NaN
  return {
    firstRequest: at(0) - startedAt,
    perSecond: (1000 * operations) / (endedAt - at(0)),
    work: (workEnd - work) / operations,
    early: (at(window) - at(0)) / window,
    late: (at(-1) - at(-1 - window)) / window,
    idleMemory,
    peakMemory: memory(),
  }
}

async function enqueueAll(one: BenchQueue, operations: number, limit: number): Promise<number[]> {
  const times: number[] = []
  const deadline = performance.now() + limit
  for (let number = 1; number <= operations && performance.now() < deadline; number++) {
    const start = performance.now()
    await one.enqueue(number)
    times.push(performance.now() - start)
  }
  return times
}

function nextTurn(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(resolve)
  })
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
}

/** Of this process, milliseconds. */
function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/**
 * The peak of the process so far, MB; undefined where the system does not tell. `maxRSS` would be that of the process that
 * has started this one.
 */
function memory(): number | undefined {
  if (!existsSync('/proc/self/status')) return undefined
  const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
}
