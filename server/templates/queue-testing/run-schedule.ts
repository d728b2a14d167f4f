// Runs one random schedule of load, faults and crashes against a queue; everything comes from the seed.
import { createDisk } from './disk.ts'
import { createFaultServer, isPoison } from './fault-server.ts'
import { makeLoad } from './load.ts'
import { newProcess, type Process } from './process.ts'
import { type Environment, type Payload, type QueueFactory, StorageFault } from './queue-under-test.ts'
import { createRandom } from './random.ts'
import { judge, type Violation } from './verdict.ts'
import { createVirtualClock } from './virtual-clock.ts'
import { createWire } from './wire.ts'

export interface ScheduleResult {
  readonly violations: readonly Violation[]
  readonly crashes: number
  readonly requests: number
}

export interface ScheduleOptions {
  /** True where a record that is made anew after its deletion has the id of the old one. Apps give it a new one. */
  readonly reusesIds?: boolean
  /** Is told what happens, a line for each event with the seconds since the beginning. */
  tell?(line: string): void
}

/** Six seconds of faults, and an hour with none and without help from outside: then nothing may be left. */
const faultsEndMs = 6000
const endMs = faultsEndMs + 60 * 60 * 1000
const maxCrashes = 3
const crashChance = 0.03
const restartMs = 50

interface Holdings {
  readonly pending: readonly Payload[]
  readonly dead: readonly Payload[]
  readonly written: readonly number[] | undefined
}

/** Runs the queue through the schedule of `seed` and says which promises it has broken. */
export async function runSchedule(
  seed: number,
  factory: QueueFactory,
  { reusesIds = false, tell }: ScheduleOptions = {},
): Promise<ScheduleResult> {
  const random = createRandom(seed)
  const clock = createVirtualClock()
  const server = createFaultServer()
  const load = makeLoad(seed, random, reusesIds)
  const violations: Violation[] = []
  const happens = (event: string) => tell?.(`${(clock.now() / 1000).toFixed(3).padStart(8)} s  ${event}`)
  const report = (violation: Violation): void => {
    violations.push(violation)
    happens(`! ${violation.text}`)
  }
  /** Numbers of the operations of which the app was told that they are stored. */
  const accepted = new Set<number>()
  let isOnline = true
  let crashes = 0
  let process: Process = newProcess(false)

  const isFaulty = () => clock.now() < faultsEndMs
  const mayCrash = () => isFaulty() && crashes < maxCrashes && random() < crashChance

  const wire = createWire({
    ...{ clock, random, server, isFaulty, mayCrash, die, report, happens },
    isOnline: () => isOnline,
    isCurrent: own => own === process,
  })
  const onRefused = (): void => {
    wire.forgetJustTold()
    happens('the storage refuses a write')
  }
  const diskOf = createDisk({ clock, random, isFaulty, mayCrash, die, onRefused })

  function boot(): void {
    const born = newProcess(true)
    process = born
    happens('the app starts')
    const queue = factory(environmentOf(born))
    // The process may have died while it started.
    if (born.isAlive) born.queue = queue
  }

  function die(): void {
    crashes += 1
    process.isAlive = false
    happens('the app is killed')
    wire.forgetJustTold()
    clock.set(restartMs, boot)
  }

  function setOnline(next: boolean): void {
    if (isOnline === next) return
    isOnline = next
    happens(next ? 'the network is back' : 'the network is gone')
    for (const listener of [...process.listeners]) if (process.isAlive) listener(next)
  }

  function environmentOf(own: Process): Environment {
    return {
      ...diskOf(own),
      clock: {
        now: clock.now,
        set: (delayMs, task) => clock.set(delayMs, () => own.isAlive && task()),
        clear: clock.clear,
      },
      rnd: random,
      isOnline: () => isOnline,
      onNet: listener => {
        own.listeners.add(listener)
        return () => own.listeners.delete(listener)
      },
      send: request => wire.send(own, request),
      refresh: () => wire.refresh(own),
      isAlive: () => own.isAlive,
      note: happens,
      unclear: text => report({ kind: 'unclear', text }),
    }
  }

  /** Asks the queue what it holds; its storage needs time to pass for that. */
  async function holdings(): Promise<Holdings> {
    const { queue } = process
    let known: Holdings | undefined
    void Promise.all([queue?.pending() ?? [], queue?.dead() ?? [], queue?.written?.()]).then(
      ([pending, dead, written]) => {
        known = { pending, dead, written }
      },
    )
    await clock.runUntil(endMs + 1000)
    if (known === undefined) throw new Error(`In schedule ${seed} the queue does not say what it holds.`)
    return known
  }

  /** Hands over the operations in their order, the ones that fall into a restart after it. */
  let handedOver = 0
  function handOver(): void {
    const own = process
    const { queue } = own
    if (!own.isAlive || queue === undefined) return void clock.set(restartMs + 10, handOver)
    const index = handedOver
    handedOver += 1
    const { op } = load[index]!
    const fate = isPoison(op.payload) ? ', which the server will always refuse,' : ''
    happens(`operation ${index} (${op.kind} ${op.entityId})${fate} is handed over`)
    queue.enqueue(op).then(
      () => {
        if (!own.isAlive) return
        accepted.add(index)
        happens(`operation ${index} is stored, says the queue`)
      },
      (error: unknown) => {
        if (own.isAlive && !(error instanceof StorageFault))
          report({ kind: 'refused', text: `operation ${index} was refused: ${String(error)}` })
      },
    )
  }

  boot()
  for (const { at } of load) clock.set(at, handOver)
  if (seed % 2 === 1) for (const at of flips(random)) clock.set(at, () => setOnline(!isOnline))
  clock.set(Math.floor(random() * 4000), server.rotateToken)
  clock.set(faultsEndMs, () => setOnline(true))
  await clock.runUntil(endMs)

  const { pending, dead, written } = await holdings()
  for (const index of accepted)
    if (written?.includes(index) === false)
      report({ kind: 'lost', text: `the data of operation ${index} is not stored` })
  for (const index of written ?? []) accepted.add(index)
  violations.push(...judge({ load: load.map(entry => entry.op), accepted, applied: server.applied, pending, dead }))
  return { violations, crashes, requests: wire.requests() }
}

/** Six changes of the network in four seconds; the last one leaves it as it was at the start. */
function flips(random: () => number): number[] {
  return Array.from({ length: 6 }, () => Math.floor(random() * 4000))
}
