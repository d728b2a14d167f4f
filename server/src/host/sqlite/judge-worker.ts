// The thread that SQLite runs in: takes batches of questions and sends their answers.
import { readFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { SqlAnswer, SqlQuestion } from '../../core/sql/judge.ts'
import { createSqliteAnswers } from './answer-question.ts'
import type { Batch, Reply, WorkerData } from './create-judge.ts'

const { wasm } = workerData as WorkerData
let loading: Promise<(question: SqlQuestion) => SqlAnswer> | undefined

parentPort?.on('message', async (batch: Batch) => {
  const reply = await replyTo(batch)
  if (!batch.now) {
    parentPort?.postMessage(reply)
    return
  }
  batch.now.port.postMessage(reply)
  Atomics.store(batch.now.signal, 0, 1)
  Atomics.notify(batch.now.signal, 0)
})

async function replyTo({ id, questions }: Batch): Promise<Reply> {
  try {
    const answers: SqlAnswer[] = []
    for (const question of questions) {
      // SQLite that broke on a question is loaded anew for the next.
      loading ??= createSqliteAnswers(await readFile(wasm), () => {
        loading = undefined
      })
      const answer = await loading
      answers.push(answer(question))
    }
    return { id, answers }
  } catch (error) {
    return { id, problem: error instanceof Error ? error.message : String(error) }
  }
}
