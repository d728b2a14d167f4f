// Reads the result file of a test run, whichever program has written it.
import { jestShape, readJest } from './jest-results.ts'
import { readJunit } from './junit-results.ts'
import { mochaShape, readMocha } from './mocha-results.ts'
import type { NoResults, TestRun } from './results.ts'

const known = '`jest --json --outputFile`, `mocha --reporter json` or a reporter of JUnit XML'

/** The run that a text tells of, or a sentence why it tells of none. Never throws, whatever the text. */
export function readResults(text: string): TestRun | NoResults {
  if (text.trim() === '') return { problem: 'It is empty: the test run has not come to its end.' }
  if (/^\s*</.test(text)) {
    const run = readJunit(text)
    return run === 'unread'
      ? { problem: `It is no XML that is known here; ${known} write what is.` }
      : (run ?? homeless)
  }
  const data = dataOf(text)
  if (data === undefined) return { problem: 'It is no JSON, or not all of it is there.' }
  const jest = jestShape.safeParse(data)
  if (jest.success) return readJest(jest.data) ?? homeless
  const mocha = mochaShape.safeParse(data)
  if (mocha.success) return readMocha(mocha.data) ?? homeless
  return { problem: `It is no result that is known here; ${known} write such.` }
}

const homeless: NoResults = {
  problem:
    'It does not say which files its tests are in (jest-junit: the option `addFileAttribute`; mocha: 8 or newer).',
}

function dataOf(text: string): unknown {
  try {
    return JSON.parse(text) ?? null
  } catch {
    return undefined
  }
}
