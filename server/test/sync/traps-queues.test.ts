// Good queues of every kind: with all rules on, nothing is found.
import assert from 'node:assert/strict'
import { runApp } from '../../testkit/run-example.ts'
import { goodQueues } from './good-queues.ts'

describe('a good queue', () => {
  for (const [name, files] of Object.entries(goodQueues))
    it(`${name}: nothing is found`, () => {
      const { analyzer } = runApp(files)
      const found = analyzer.filesWithFindings().flatMap(file =>
        analyzer.findings(file).map(({ rule, span, message }) => {
          const text = files[file.slice('/app/'.length)]!.slice(span.start, span.end)
          return `${file} ${rule} at ${text}: ${message}`
        }),
      )
      assert.deepEqual(found, [])
      for (const path of Object.keys(files)) assert.equal(analyzer.facts(`/app/${path}`)?.error, undefined, path)
    })
})
