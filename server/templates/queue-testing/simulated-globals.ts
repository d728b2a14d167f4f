// The globals that an app uses: timers and Date go by the virtual clock, Math.random by the seed, fetch to the simulated
// server, and what it logs into the story.
import { isObject } from './payloads-in.ts'
import type { Environment } from './queue-under-test.ts'
import { createRandom } from './random.ts'
import type { HttpAnswer, SimulatedHttp } from './simulated-http.ts'

const real = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  Date: globalThis.Date,
  fetch: globalThis.fetch,
  console: globalThis.console,
}
const realRandom = Math.random
const realTimeout: unknown = Object.getOwnPropertyDescriptor(AbortSignal, 'timeout')?.value

/** When the schedules begin, as the clock of the phone shows it. */
const startOfTime = real.Date.UTC(2025, 0, 1)

/** Gives the process that is being started its globals. Those of the one before are of no use to anybody. */
export function simulateGlobals(env: Environment, http: SimulatedHttp): void {
  const setTimer = (task: (...args: unknown[]) => void, delayMs = 0, ...args: unknown[]) =>
    env.clock.set(delayMs, () => task(...args))
  const intervals = new Map<number, number>()
  let lastInterval = 0
  const repeat = (id: number, delayMs: number, task: () => void): void => {
    const timer = env.clock.set(Math.max(1, delayMs), () => {
      repeat(id, delayMs, task)
      task()
    })
    intervals.set(id, timer)
  }
  Object.assign(globalThis, {
    setTimeout: setTimer,
    clearTimeout: (id?: number) => id !== undefined && env.clock.clear(id),
    setInterval: (task: (...args: unknown[]) => void, delayMs = 0, ...args: unknown[]) => {
      lastInterval -= 1
      repeat(lastInterval, delayMs, () => task(...args))
      return lastInterval
    },
    clearInterval: (id?: number) => {
      const timer = id === undefined ? undefined : intervals.get(id)
      if (timer !== undefined) env.clock.clear(timer)
    },
    Date: dateOf(() => startOfTime + env.clock.now()),
    fetch: fetchOf(http),
    console: consoleOf(env),
  })
  // A stream of its own: who else may draw a number must not change the schedule.
  Math.random = createRandom(Math.floor(env.rnd() * 2 ** 32))
  Object.assign(AbortSignal, {
    timeout: (delayMs: number): AbortSignal => {
      const controller = new AbortController()
      env.clock.set(delayMs, () => controller.abort())
      return controller.signal
    },
  })
}

/** Gives the globals back to the tests that follow. */
export function restoreGlobals(): void {
  Object.assign(globalThis, real)
  Math.random = realRandom
  Object.assign(AbortSignal, { timeout: realTimeout })
}

/** `Date` with another idea of the present. */
function dateOf(now: () => number): DateConstructor {
  return new Proxy(real.Date, {
    construct: (target, args: readonly unknown[]) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args) as Date,
    apply: () => new real.Date(now()).toString(),
    get: (target, name): unknown => (name === 'now' ? now : Reflect.get(target, name)),
  })
}

/** What the app logs belongs to the story; hundreds of schedules would drown the report in it. */
function consoleOf(env: Environment): Console {
  const say =
    (level: string) =>
    (...args: unknown[]) =>
      env.note(`console.${level}: ${args.map(String).join(' ')}`)
  const levels = ['debug', 'error', 'info', 'log', 'trace', 'warn']
  return { ...real.console, ...Object.fromEntries(levels.map(level => [level, say(level)])) }
}

function fetchOf(http: SimulatedHttp) {
  return async (input: unknown, init: unknown = {}) => {
    const options = isObject(init) ? init : {}
    const answer = await http.exchange({
      method: String(options['method'] ?? 'GET').toUpperCase(),
      url: isObject(input) && typeof input['url'] === 'string' ? input['url'] : String(input),
      headers: plainHeaders(options['headers']),
      body: options['body'],
      signal: (options['signal'] ?? undefined) as AbortSignal | undefined,
    })
    return responseOf(answer)
  }
}

/** What code reads of a `Response`. */
function responseOf({ status, headers, body }: HttpAnswer) {
  const response = {
    ok: status < 400,
    status,
    statusText: String(status),
    headers: {
      get: (name: string) => headers[name.toLowerCase()] ?? null,
      has: (name: string) => name.toLowerCase() in headers,
    },
    json: async () => body,
    text: async () => JSON.stringify(body),
    clone: () => response,
  }
  return response
}

/** Headers in any of their forms, by names in small letters. */
export function plainHeaders(given: unknown): Record<string, string> {
  if (!isObject(given)) return {}
  const pairs: [unknown, unknown][] = []
  if (Array.isArray(given)) for (const [name, value] of given as [unknown, unknown][]) pairs.push([name, value])
  else if (typeof given['forEach'] === 'function')
    (given as unknown as Headers).forEach((value, name) => void pairs.push([name, value]))
  else pairs.push(...Object.entries(given))
  return Object.fromEntries(pairs.map(([name, value]) => [String(name).toLowerCase(), String(value)]))
}
