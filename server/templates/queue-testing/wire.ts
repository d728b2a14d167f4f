// The line between the phone and the server, with the faults of a bad day; it watches what a queue sends, and when.
import { type FaultServer, markersOf } from './fault-server.ts'
import { never, type Process } from './process.ts'
import type { Request, Response } from './queue-under-test.ts'
import { simulated } from './simulated-error.ts'
import type { Violation } from './verdict.ts'
import type { VirtualClock } from './virtual-clock.ts'

export interface WireOptions {
  readonly clock: VirtualClock
  readonly random: () => number
  readonly server: FaultServer
  isFaulty(): boolean
  isOnline(): boolean
  /** True for the process that was started last. */
  isCurrent(own: Process): boolean
  /** Throws the dice whether the process dies now. */
  mayCrash(): boolean
  die(): void
  report(violation: Violation): void
  /** Is told what goes over the wire. */
  happens(event: string): void
}

export interface Wire {
  /** Sends with the device's token. */
  send(own: Process, request: Request): Promise<Response>
  /** Renews the device's token. */
  refresh(own: Process): Promise<boolean>
  /** For a process that has not been able to store what it was told: it cannot keep to it. */
  forgetJustTold(): void
  /** How many requests went out. */
  requests(): number
}

type Fault = 'none' | 'unavailable' | 'lost request' | 'lost answer' | 'throttled' | 'hang'

/** So long may a queue take to store what the server told it. */
const storingMs = 50
const retryAfterSeconds = 5

export function createWire(options: WireOptions): Wire {
  const { clock, random, server, isFaulty, isOnline, isCurrent, mayCrash, die, report, happens } = options
  /** Before when an operation must not be sent, and when its queue was told so. */
  const notBefore = new Map<number, { readonly at: number; readonly toldAt: number }>()
  let deviceToken = server.token()
  let requests = 0

  function watch(own: Process, markers: readonly number[]): void {
    for (const marker of markers) {
      if ([...own.wires].some(other => other.includes(marker)))
        report({ kind: 'overlap', text: `operation ${marker} was sent while it was on its way` })
      const allowed = notBefore.get(marker)?.at ?? 0
      if (clock.now() < allowed)
        report({ kind: 'too early', text: `operation ${marker} was sent ${allowed - clock.now()} ms too early` })
    }
  }

  function forbid(markers: readonly number[], forMs: number): void {
    for (const marker of markers) notBefore.set(marker, { at: clock.now() + forMs, toldAt: clock.now() })
  }

  function answerOf(request: Request, fault: Fault, own: Process): Response {
    if (fault === 'unavailable') return { status: 503 }
    if (fault === 'throttled') return { status: 429, retryAfter: retryAfterSeconds }
    // What still comes of a process when the next one has begun is refused.
    return server.handle(request, isCurrent(own) ? deviceToken : 0)
  }

  const latency = () => 20 + Math.floor(random() * 130)

  return {
    requests: () => requests,
    forgetJustTold: () => {
      for (const [marker, { toldAt }] of notBefore) if (clock.now() - toldAt < storingMs) notBefore.delete(marker)
    },
    send: (own, request) => {
      if (!own.isAlive) return never()
      requests += 1
      const markers = markersOf(request.payload)
      const name = markers.length === 0 ? 'a request' : `operation ${markers.join(', ')}`
      happens(`${name} is sent`)
      watch(own, markers)
      own.wires.add(markers)
      return new Promise((resolve, reject) => {
        const end = (finish: () => void) => {
          if (!own.wires.delete(markers)) return
          if (own.isAlive) finish()
        }
        const fail = () =>
          end(() => {
            happens(`${name} gets no answer`)
            reject(simulated(new TypeError('Network request failed')))
          })
        request.signal?.addEventListener('abort', () => end(() => reject(simulated(new Error('Aborted')))))
        if (!isOnline()) return void clock.set(5, fail)
        clock.set(latency(), () => {
          const fault = isFaulty() ? faultOf(random()) : 'none'
          if (!isOnline() || fault === 'lost request') return fail()
          if (fault === 'hang') return happens(`${name} is never answered`)
          const answer = answerOf(request, fault, own)
          happens(`${name} reaches the server: ${answer.status}`)
          // The process of the request may be gone; the server has handled it none the less.
          if (own.isAlive && mayCrash()) return die()
          clock.set(latency(), () => {
            if (!isOnline() || fault === 'lost answer') return fail()
            end(() => {
              if (answer.retryAfter !== undefined) forbid(markers, answer.retryAfter * 1000)
              happens(`${name} is answered: ${answer.status}`)
              resolve(answer)
            })
          })
        })
      })
    },
    refresh: own => {
      if (!own.isAlive) return never()
      return new Promise((resolve, reject) => {
        clock.set(latency(), () => {
          if (!own.isAlive) return
          if (!isOnline()) return reject(simulated(new TypeError('Network request failed')))
          deviceToken = server.token()
          resolve(true)
        })
      })
    },
  }
}

function faultOf(dice: number): Fault {
  if (dice < 0.1) return 'unavailable'
  if (dice < 0.18) return 'lost request'
  if (dice < 0.28) return 'lost answer'
  if (dice < 0.31) return 'throttled'
  return dice < 0.33 ? 'hang' : 'none'
}
