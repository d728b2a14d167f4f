// The world around the devices: one clock for all, a network that fails, and the one server.
import { request as httpRequest } from 'node:http'
import { createRandom } from '../../../templates/queue-testing/random.ts'
import { createVirtualClock } from '../../../templates/queue-testing/virtual-clock.ts'
import type { Network } from '../../../templates/sync/types.ts'
import type { ServerFault } from './http-servers.ts'
import { retryAfterSeconds } from './http-servers.ts'

export interface Violation {
  readonly kind: string
  readonly text: string
}

export const faultsEndMs = 6000
const startMs = 1_700_000_000_000

export interface World {
  readonly random: () => number
  readonly violations: Violation[]
  /** Milliseconds since the start. */
  now(): number
  epoch(): number
  after(delayMs: number, task: () => void): () => void
  isFaulty(): boolean
  token(): string
  rotateToken(): void
  serverFault(token: string | undefined): ServerFault
  /** Lets time pass; requests that are really under way are waited for. */
  runUntil(end: number): Promise<void>
  /** Gives the packages this world's clock and chance, while `work` runs. */
  withTimers<T>(work: () => Promise<T>): Promise<T>
  /** Work that happens at this moment and must be over before time passes on. */
  real<T>(work: () => Promise<T>): Promise<T>
}

export function createWorld(seed: number): World {
  const random = createRandom(seed)
  let busy = 0
  let token = 1
  let line: Promise<unknown> = Promise.resolve()

  const settle = async () => {
    for (let idle = 0; idle < 3; ) {
      await new Promise(resolve => setImmediate(resolve))
      idle = busy > 0 ? 0 : idle + 1
    }
  }
  const clock = createVirtualClock(settle)
  const world: World = {
    random,
    violations: [],
    now: clock.now,
    epoch: () => startMs + clock.now(),
    after: (delayMs, task) => {
      const timer = clock.set(Math.ceil(delayMs), task)
      return () => clock.clear(timer)
    },
    isFaulty: () => clock.now() < faultsEndMs,
    token: () => String(token),
    rotateToken: () => {
      token += 1
    },
    serverFault: given => {
      if (given !== String(token)) return 'unauthorized'
      if (!world.isFaulty()) return undefined
      const dice = random()
      if (dice < 0.08) return 'unavailable'
      if (dice < 0.11) return 'throttled'
      return dice < 0.13 ? 'invalid' : undefined
    },
    runUntil: clock.runUntil,
    withTimers: async work => {
      const { setTimeout: set, clearTimeout: clear } = globalThis
      const chance = Math.random
      const cancels = new Map<number, () => void>()
      let lastTimer = 0
      const virtual = (task: (...given: unknown[]) => void, delayMs = 0, ...given: unknown[]) => {
        lastTimer += 1
        cancels.set(
          lastTimer,
          world.after(delayMs, () => task(...given)),
        )
        return lastTimer
      }
      globalThis.setTimeout = virtual as unknown as typeof setTimeout
      globalThis.clearTimeout = (timer => cancels.get(Number(timer))?.()) as typeof clearTimeout
      Math.random = random
      try {
        return await work()
      } finally {
        globalThis.setTimeout = set
        globalThis.clearTimeout = clear
        Math.random = chance
      }
    },
    // One after the other, so that a seed gives the same story each time.
    real: work => {
      busy += 1
      const run = line.then(work)
      line = run.then(
        () => undefined,
        () => undefined,
      )
      return run.finally(() => {
        busy -= 1
      })
    },
  }
  return world
}

/** A process on a device: what it has under way ends with it. */
export interface Life {
  isAlive: boolean
  wires: number
  /** No request before this time: the server has said so. */
  notBefore: number
  toldAt: number
  token: string
  isOnline: boolean
  readonly listeners: Set<(online: boolean) => void>
}

/** A `fetch` whose requests get lost, hang, or kill the process. */
export function faultyFetch(world: World, life: Life, name: string, mayDie: () => boolean): typeof fetch {
  const latency = () => 10 + Math.floor(world.random() * 100)
  const wait = (ms: number) => new Promise<void>(resolve => void world.after(ms, () => life.isAlive && resolve()))
  return async (input, init) => {
    if (!life.isAlive) return never()
    if (life.wires > 0) world.violations.push({ kind: 'overlap', text: `${name} sends while a request is under way` })
    if (world.now() < life.notBefore)
      world.violations.push({ kind: 'too early', text: `${name} sends ${life.notBefore - world.now()} ms too early` })
    life.wires += 1
    const dice = world.isFaulty() ? world.random() : 1
    const aborted = new Promise<never>((_, reject) => {
      const abort = () => reject(new DOMException('Aborted', 'AbortError'))
      if (init?.signal?.aborted) abort()
      init?.signal?.addEventListener('abort', abort)
    })
    const work = async (): Promise<Response> => {
      await wait(latency())
      if (!life.isOnline || dice < 0.06) throw new TypeError('Network request failed')
      if (dice < 0.08) return never()
      const { signal, ...rest } = init ?? {}
      const answer = await world.real(() => request(String(input), rest))
      if (!life.isAlive || mayDie()) return never()
      await wait(latency())
      if (!life.isOnline || (dice > 0.08 && dice < 0.18)) throw new TypeError('Network request failed')
      if (answer.status === 429) {
        life.notBefore = world.now() + retryAfterSeconds * 1000
        life.toldAt = world.now()
      }
      return new Response(answer.body, { status: answer.status, headers: answer.headers })
    }
    try {
      return await Promise.race([work(), aborted])
    } finally {
      life.wires -= 1
    }
  }
}

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/** The request as it really goes over the loopback. Node's own `fetch` would take its timers from this world. */
function request(url: string, init: RequestInit): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = Object.fromEntries(new Headers(init.headers))
    const sent = httpRequest(url, { method: init.method ?? 'GET', headers }, response => {
      const chunks: Buffer[] = []
      response.on('data', chunk => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: new Headers(
            Object.entries(response.headers).flatMap(([name, value]) =>
              typeof value === 'string' ? [[name, value] as [string, string]] : [],
            ),
          ),
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    })
    sent.on('error', reject)
    sent.end(typeof init.body === 'string' ? init.body : undefined)
  })
}

export function networkOf(life: Life): Network {
  return {
    isOnline: () => life.isOnline,
    subscribe: listener => {
      life.listeners.add(listener)
      return () => life.listeners.delete(listener)
    },
  }
}

export function never<T>(): Promise<T> {
  return new Promise(() => undefined)
}
