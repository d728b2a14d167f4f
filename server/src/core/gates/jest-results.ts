// The results that `jest --json` writes; vitest's `json` reporter writes the same.
import * as z from 'zod'
import { createCollector, type TestRun } from './results.ts'

/** The part that is read. What else is there is not looked at. */
export const jestShape = z.object({
  startTime: z.number().optional(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z
        .array(z.object({ status: z.string(), title: z.string().catch(''), fullName: z.string().optional().catch('') }))
        .default([]),
    }),
  ),
})

/** The run that `report` tells of; undefined where its tests name no files. */
export function readJest(report: z.infer<typeof jestShape>): TestRun | undefined {
  const collector = createCollector()
  for (const { name, status, assertionResults } of report.testResults) {
    for (const test of assertionResults) collector.add(name, stateOf(test.status), test.fullName || test.title)
    // A file that does not compile, or whose last hook throws, fails without a test that does.
    if (status === 'failed' && !assertionResults.some(test => test.status === 'failed'))
      collector.add(name, 'failed', 'the file itself')
  }
  return collector.run(report.startTime)
}

const stateOf = (status: string): 'passed' | 'failed' | 'skipped' =>
  status === 'passed' || status === 'failed' ? status : 'skipped'
