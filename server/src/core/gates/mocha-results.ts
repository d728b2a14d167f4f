// The results that mocha's reporter `json` writes.
import * as z from 'zod'
import { createCollector, type TestRun } from './results.ts'

const testShape = z.object({ fullTitle: z.string().catch(''), file: z.string().optional().catch(undefined) })

/** The part that is read. What else is there is not looked at. */
export const mochaShape = z.object({
  stats: z.object({ start: z.string().optional().catch(undefined) }),
  passes: z.array(testShape),
  failures: z.array(testShape),
  pending: z.array(testShape).default([]),
})

/** The run that `report` tells of; undefined where its tests name no files. */
export function readMocha({ stats, passes, failures, pending }: z.infer<typeof mochaShape>): TestRun | undefined {
  const collector = createCollector()
  for (const { file, fullTitle } of passes) collector.add(file, 'passed', fullTitle)
  for (const { file, fullTitle } of failures) collector.add(file, 'failed', fullTitle)
  for (const { file, fullTitle } of pending) collector.add(file, 'skipped', fullTitle)
  const start = Date.parse(stats.start ?? '')
  return collector.run(Number.isNaN(start) ? undefined : start)
}
