// Runs one random schedule of load, faults and crashes against a queue; everything comes from the seed.
import { createFaultServer, markersOf } from './fault-server.ts'
import { makeLoad } from './load.ts'
import {
  type Environment,
  type Payload,
  ProcessDied,
  type QueueFactory,
  type QueueUnderTest,
  type Request,
  type Response,
  StorageFault,
} from './queue-under-test.ts'
import { createRandom } from './random.ts'
import { judge, type Violation } from './verdict.ts'
import { createVirtualClock } from './virtual-clock.ts'

export interface ScheduleResult {
  readonly violations: readonly Violation[]
  readonly crashes: number
  readonly requests: number
}

const faultsEndMs = 6000
const endMs = faultsEndMs + 60 * 60 * 1000
const maxCrashes = 3
const crashChance = 0.03
const storageFaultChance = 0.01
const restartMs = 50
/** So long may a queue take to store what the server told it. */
const storingMs = 50
const retryAfterSeconds = 5

type Fault = 'none' | 'unavailable' | 'lost request' | 'lost answer' | 'throttled' | 'hang'

interface Holdings {
  readonly pending: readonly Payload[]
  readonly dead: readonly Payload[]
  readonly written: readonly number[] | undefined
}

interface Process {
  isAlive: boolean
  readonly queue?: QueueUnderTest
  readonly listeners: Set<(online: boolean) => void>
  /** Markers of the requests that are on their way. */
  readonly wires: Set<readonly number[]>
}

/** Runs the queue through the schedule of `seed` and says which promises it has broken. */
export async function runSchedule(seed: number, factory: QueueFactory): Promise<ScheduleResult> {
  const random = createRandom(seed)
  const clock = createVirtualClock()
  const server = createFaultServer()
  const load = makeLoad(seed, random)
  const violations: Violation[] = []
  const accepted = new Set<number>()
  const files = new Map<string, string>()
  const things = new Map<string, { readonly thing: unknown; readonly dispose: () => void }>()
  /** Before when an operation must not be sent, and when its queue was told so. */
  const notBefore = new Map<number, { readonly at: number; readonly toldAt: number }>()
  let isOnline = true
  let deviceToken = server.token()
  let crashes = 0
  let requests = 0
  let process: Process & { queue?: QueueUnderTest } = deadProcess()

  const isFaulty = () => clock.now() < faultsEndMs

  function boot(): void {
    const born: Process & { queue?: QueueUnderTest } = { isAlive: true, listeners: new Set(), wires: new Set() }
    process = born
    const queue = factory(environmentOf(born))
    // The process may have died while it started.
    if (born.isAlive) born.queue = queue
  }

  function die(): void {
    crashes += 1
    process.isAlive = false
    forgetJustTold()
    clock.set(restartMs, boot)
  }

  function mayCrash(): boolean {
    return isFaulty() && crashes < maxCrashes && random() < crashChance
  }

  function setOnline(next: boolean): void {
    if (isOnline === next) return
    isOnline = next
    for (const listener of [...process.listeners]) if (process.isAlive) listener(next)
  }

  function environmentOf(own: Process): Environment {
    const persist = (write: () => void) => {
      if (!own.isAlive) throw new ProcessDied()
      if (isFaulty() && random() < storageFaultChance) refuse()
      const dies = mayCrash()
      const isWritten = !dies || random() < 0.5
      if (isWritten) write()
      if (!dies) return
      die()
      throw new ProcessDied()
    }
    const read = async <T>(get: () => T): Promise<T> => {
      await pause(own)
      return get()
    }
    const written = async (write: () => void): Promise<void> => {
      await pause(own)
      try {
        persist(write)
      } catch (error) {
        if (error instanceof ProcessDied) return never()
        throw error
      }
      await pause(own)
    }
    return {
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
      kv: {
        get: key => read(() => files.get(key)),
        keys: () => read(() => [...files.keys()]),
        set: (key, value) => written(() => files.set(key, value)),
        del: key => written(() => files.delete(key)),
      },
      send: request => send(own, request),
      refresh: () => refresh(own),
      isAlive: () => own.isAlive,
      persist,
      refuse,
      pause: () => pause(own),
      durable: <T>(name: string, make: () => T, dispose?: (thing: T) => void): T => {
        const known = things.get(name)
        if (known) return known.thing as T
        const thing = make()
        things.set(name, { thing, dispose: () => dispose?.(thing) })
        return thing
      },
    }
  }

  function watchWire(own: Process, markers: readonly number[]): void {
    for (const marker of markers) {
      if ([...own.wires].some(other => other.includes(marker)))
        violations.push({ kind: 'overlap', text: `operation ${marker} was sent while it was on its way` })
      const allowed = notBefore.get(marker)?.at ?? 0
      if (clock.now() < allowed)
        violations.push({
          kind: 'too early',
          text: `operation ${marker} was sent ${allowed - clock.now()} ms too early`,
        })
    }
  }

  function send(own: Process, request: Request): Promise<Response> {
    if (!own.isAlive) return never()
    requests += 1
    const markers = markersOf(request.payload)
    watchWire(own, markers)
    own.wires.add(markers)
    return new Promise((resolve, reject) => {
      const end = (finish: () => void) => {
        if (!own.wires.delete(markers)) return
        if (own.isAlive) finish()
      }
      const fail = () => end(() => reject(new TypeError('Network request failed')))
      request.signal?.addEventListener('abort', () => end(() => reject(new Error('Aborted'))))
      if (!isOnline) return void clock.set(5, fail)
      clock.set(latency(), () => {
        const fault = isFaulty() ? faultOf(random()) : 'none'
        if (!isOnline || fault === 'lost request') return fail()
        if (fault === 'hang') return
        const answer = answerOf(request, fault, own)
        // The process of the request may be gone; the server has handled it none the less.
        if (own.isAlive && mayCrash()) return die()
        clock.set(latency(), () => {
          if (!isOnline || fault === 'lost answer') return fail()
          end(() => {
            if (answer.retryAfter !== undefined) forbid(markers, answer.retryAfter * 1000)
            resolve(answer)
          })
        })
      })
    })
  }

  /** A queue that could not store what it was told cannot keep to it. */
  function forgetJustTold(): void {
    for (const [marker, { toldAt }] of notBefore) if (clock.now() - toldAt < storingMs) notBefore.delete(marker)
  }

  function refuse(): never {
    forgetJustTold()
    throw new StorageFault('database is locked')
  }

  function forbid(markers: readonly number[], forMs: number): void {
    for (const marker of markers) notBefore.set(marker, { at: clock.now() + forMs, toldAt: clock.now() })
  }

  function answerOf(request: Request, fault: Fault, own: Process): Response {
    if (fault === 'unavailable') return { status: 503 }
    if (fault === 'throttled') return { status: 429, retryAfter: retryAfterSeconds }
    return server.handle(request, own === process ? deviceToken : 0)
  }

  function refresh(own: Process): Promise<boolean> {
    if (!own.isAlive) return never()
    return new Promise((resolve, reject) => {
      clock.set(latency(), () => {
        if (!own.isAlive) return
        if (!isOnline) return reject(new TypeError('Network request failed'))
        deviceToken = server.token()
        resolve(true)
      })
    })
  }

  function pause(own: Process): Promise<void> {
    return new Promise(resolve => {
      clock.set(Math.floor(random() * 4), () => own.isAlive && resolve())
    })
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

  function latency(): number {
    return 20 + Math.floor(random() * 130)
  }

  /** Hands over the operations in their order, the ones that fall into a restart after it. */
  let handedOver = 0
  function handOver(): void {
    const own = process
    const { queue } = own
    if (!own.isAlive || queue === undefined) return void clock.set(restartMs + 10, handOver)
    const index = handedOver
    handedOver += 1
    queue.enqueue(load[index]!.op).then(
      () => {
        if (own.isAlive) accepted.add(index)
      },
      (error: unknown) => {
        if (own.isAlive && !(error instanceof StorageFault))
          violations.push({ kind: 'refused', text: `operation ${index} was refused: ${String(error)}` })
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
      violations.push({ kind: 'lost', text: `the data of operation ${index} is not stored` })
  for (const index of written ?? []) accepted.add(index)
  violations.push(...judge({ load: load.map(entry => entry.op), accepted, applied: server.applied, pending, dead }))
  for (const { dispose } of things.values()) dispose()
  return { violations, crashes, requests }
}

function deadProcess(): Process {
  return { isAlive: false, listeners: new Set(), wires: new Set() }
}

/** A call of a dead process never ends. */
function never<T>(): Promise<T> {
  return new Promise(() => undefined)
}

function faultOf(dice: number): Fault {
  if (dice < 0.1) return 'unavailable'
  if (dice < 0.18) return 'lost request'
  if (dice < 0.28) return 'lost answer'
  if (dice < 0.31) return 'throttled'
  return dice < 0.33 ? 'hang' : 'none'
}

/** Six changes of the network in four seconds; the last one leaves it as it was at the start. */
function flips(random: () => number): number[] {
  return Array.from({ length: 6 }, () => Math.floor(random() * 4000))
}
