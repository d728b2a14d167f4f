// Keeps what the library and the app say while one job runs, and bounds how long anything may take.
import { inspect } from 'node:util'
import type { LogLine } from '../types.ts'

/** What was heard so far. */
export interface Watch {
  readonly logs: readonly LogLine[]
  readonly unhandled: readonly string[]
  /** Gives everything that is under way a last chance to speak, then stops listening. */
  end(): Promise<void>
}

const levels = ['debug', 'log', 'info', 'warn', 'error'] as const

/** Listens to the console and to what nobody catches. */
export function startWatch(): Watch {
  const logs: LogLine[] = []
  const unhandled: string[] = []
  const keep = (error: unknown) => void unhandled.push(messageOf(error))
  const original = { ...console }
  for (const level of levels)
    console[level] = (...parts: unknown[]) => void logs.push({ level, text: parts.map(textOf).join(' ') })
  process.on('unhandledRejection', keep)
  process.on('uncaughtException', keep)
  return {
    logs,
    unhandled,
    end: async () => {
      // The library's work queue moves on by timers, so a few turns of the event loop are needed.
      for (let turn = 0; turn < 3; turn++) await new Promise(resolve => setTimeout(resolve, 1))
      Object.assign(console, original)
      process.off('unhandledRejection', keep)
      process.off('uncaughtException', keep)
    },
  }
}

/** The message of whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : textOf(error))

/** Waits for `work` for so many milliseconds; rejects then, with a message that says so. */
export async function within<T>(limit: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`timed out after ${limit} ms`)), limit)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

const textOf = (part: unknown): string =>
  typeof part === 'string' ? part : part instanceof Error ? part.message : inspect(part, { depth: 2 })
