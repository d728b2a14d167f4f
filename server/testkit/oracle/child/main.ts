// The program of the child process: runs the jobs in order and writes one line per result.
import { appendFileSync, readFileSync } from 'node:fs'
import type { Work } from '../types.ts'
import { runJob } from './run-job.ts'

const work = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Work

async function main(): Promise<void> {
  for (const job of work.jobs) {
    const result = await runJob(job, work.oracleFolder)
    appendFileSync(work.resultFile, `${JSON.stringify(result)}\n`)
  }
}

main().then(
  // The library leaves timers behind, so the process has to be told to end.
  () => process.exit(0),
  error => {
    process.stderr.write(String(error?.stack ?? error))
    process.exit(1)
  },
)
