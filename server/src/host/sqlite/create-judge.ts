// SQLite in a thread of its own: asked in batches, started when the first question comes, ended with the session.
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { AnswerNow, SqlAnswer, SqlQuestion } from '../../core/sql/judge.ts'

/** Answers questions about SQL. */
export interface Judge {
  /**
   * Answers in the order of the questions. Rejects where SQLite cannot be had; nothing is tried again after that, and
   * each later call rejects with the same reason.
   */
  answer(questions: readonly SqlQuestion[]): Promise<readonly SqlAnswer[]>
  /** The same while the caller waits; undefined where it cannot be had. */
  readonly answerNow: AnswerNow
  /** Ends the thread. What is still open is rejected. */
  dispose(): void
}

/** What the thread is given at its start. */
export interface WorkerData {
  /** The path of `sqlite3.wasm`. */
  readonly wasm: string
}

/** One batch. With `now`, the answer goes to its port, and the first number of `signal` becomes 1. */
export interface Batch {
  readonly id: number
  readonly questions: readonly SqlQuestion[]
  readonly now?: { readonly port: MessagePort; readonly signal: Int32Array }
}

/** The answers to a batch, or why there are none. */
export type Reply = { readonly id: number } & (
  | { readonly answers: readonly SqlAnswer[] }
  | { readonly problem: string }
)

/** The thread is started this often: it may die once. */
const mostStarts = 2

interface Options {
  /** Where the code of the thread is; the default is beside this code. */
  readonly worker?: URL | string
  readonly wasm?: string
  /** How long a batch may take, in milliseconds. */
  readonly limit?: number
}

/** A judge that has not started anything yet. `log` is told once when it gives up. */
export function createJudge(log: (message: string) => void = () => {}, options: Options = {}): Judge {
  const limit = options.limit ?? 15_000
  let worker: Worker | undefined
  let starts = 0
  let off: Error | undefined
  let nextId = 0
  const open = new Map<
    number,
    { batch: Batch; resolve(answers: readonly SqlAnswer[]): void; reject(error: Error): void }
  >()
  let timer: NodeJS.Timeout | undefined

  const giveUp = (reason: string) => {
    off ??= new Error(`SQL cannot be checked by SQLite: ${reason}`)
    log(off.message)
    endWorker()
    for (const { reject } of open.values()) reject(off)
    open.clear()
  }
  const endWorker = () => {
    const ended = worker
    worker = undefined
    clearTimeout(timer)
    ended?.removeAllListeners()
    // A thread that fails while it is being ended is of no interest.
    ended?.on('error', () => {})
    void ended?.terminate()
  }
  const died = (reason: string) => {
    endWorker()
    if (starts >= mostStarts) return giveUp(reason)
    for (const { batch } of open.values()) send(batch)
  }
  const started = (): Worker => {
    if (worker) return worker
    starts++
    const one = startWorker(options)
    worker = one
    one.on('error', error => died(error.message))
    one.on('exit', code => died(`its thread ended with code ${code}`))
    one.on('message', (reply: Reply) => {
      const asked = open.get(reply.id)
      if (!asked) return
      if ('problem' in reply) return giveUp(reply.problem)
      open.delete(reply.id)
      watchOpen()
      asked.resolve(reply.answers)
    })
    // Only now: to listen keeps the process alive.
    one.unref()
    return one
  }
  /** Keeps the process alive and the clock running while something is open. */
  const watchOpen = () => {
    clearTimeout(timer)
    if (open.size === 0) return worker?.unref()
    worker?.ref()
    timer = setTimeout(() => died(`no answer within ${limit / 1000} seconds`), limit)
  }
  const send = (batch: Batch) => {
    try {
      started().postMessage(batch)
      watchOpen()
    } catch (error) {
      giveUp(error instanceof Error ? error.message : String(error))
    }
  }

  return {
    answer: questions =>
      new Promise((resolve, reject) => {
        if (off) return reject(off)
        if (questions.length === 0) return resolve([])
        const batch = { id: nextId++, questions }
        open.set(batch.id, { batch, resolve, reject })
        send(batch)
      }),
    answerNow: questions => {
      if (questions.length === 0) return []
      while (!off) {
        const reply = askAndWait(started, { id: nextId++, questions }, limit)
        if (reply && 'answers' in reply) return reply.answers
        if (reply) giveUp(reply.problem)
        else died(`no answer within ${limit / 1000} seconds`)
      }
      return undefined
    },
    dispose: () => {
      off ??= new Error('The session has ended.')
      endWorker()
      for (const { reject } of open.values()) reject(off)
      open.clear()
    },
  }
}

/** Sends a batch and sleeps until it is answered; undefined where no answer came in time. */
function askAndWait(started: () => Worker, batch: Batch, limit: number): Reply | undefined {
  const { port1, port2 } = new MessageChannel()
  const signal = new Int32Array(new SharedArrayBuffer(4))
  try {
    started().postMessage({ ...batch, now: { port: port2, signal } } satisfies Batch, [port2])
    Atomics.wait(signal, 0, 0, limit)
    return receiveMessageOnPort(port1)?.message as Reply | undefined
  } catch (error) {
    return { id: batch.id, problem: error instanceof Error ? error.message : String(error) }
  } finally {
    port1.close()
  }
}

/** Starts the thread. Bundled code has its code and the wasm beside it, and its own address is a path. */
function startWorker({ worker, wasm }: Options): Worker {
  const here = import.meta.url
  if (!here.startsWith('file:')) {
    const beside = (name: string) => path.join(path.dirname(here), name)
    const workerData: WorkerData = { wasm: wasm ?? beside('sqlite3.wasm') }
    return new Worker(worker ?? beside('sqlite-worker.cjs'), { workerData, execArgv: [] })
  }
  const { resolve } = createRequire(here)
  const workerData: WorkerData = { wasm: wasm ?? resolve('@sqlite.org/sqlite-wasm/sqlite3.wasm') }
  if (worker) return new Worker(worker, { workerData })
  // Run from its sources, the thread must first be taught to read TypeScript.
  const modules = [resolve('tsx/cjs'), fileURLToPath(new URL('./judge-worker.ts', here))]
  const code = modules.map(file => `require(${JSON.stringify(file)})`).join('\n')
  return new Worker(code, { eval: true, workerData, execArgv: [] })
}
