// What is generated is judged as any code is, and nothing is found in it.
import assert from 'node:assert/strict'
import { runApp } from '../../../testkit/run-example.ts'
import { generateLayer } from '../../../testkit/sync/generated-layer.ts'
import { styledApps } from '../../../testkit/sync/styled-apps.ts'

describe('the analyzer finds nothing in a generated layer', function () {
  this.timeout(30_000)

  for (const app of styledApps)
    for (const answers of app.layers)
      it(`${app.name}, ${JSON.stringify(answers)}`, async () => {
        const { files } = generateLayer(await app.files(), answers, app.project)
        const code = Object.entries(files).filter(([file]) => /\.tsx?$/.test(file))
        assert.ok(code.some(([file]) => file.startsWith('src/sync/')))
        const { analyzer } = runApp(Object.fromEntries(code), { project: app.project })
        const judged = analyzer.settled(() =>
          [...analyzer.filesWithFindings()].flatMap(file => analyzer.findings(file)),
        )
        const own = judged.filter(({ file }) => file.includes('/src/sync/'))
        assert.deepEqual(
          own.map(({ file, rule, message }) => `${file} ${rule} ${message}`),
          [],
        )
      })
})
