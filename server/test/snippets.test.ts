// Every snippet, left at its defaults, is code that the engine reads and has nothing to say against.
import assert from 'node:assert/strict'
import { appRoot, runApp } from '../testkit/run-example.ts'
import { appWith, homes, snippets } from '../testkit/snippet-homes.ts'

describe('snippets', () => {
  it('have prefixes of their own, a description, and a home in this test', () => {
    assert.deepEqual(snippets.map(snippet => snippet.prefix).sort(), Object.keys(homes).sort())
    for (const snippet of snippets) assert.ok(snippet.description.length > 10, snippet.prefix)
  })

  for (const snippet of snippets) {
    const { prefix } = snippet
    it(`${prefix} is read, and nothing is found`, () => {
      const home = homes[prefix]!
      const files = appWith(snippet, home)
      const { analyzer } = runApp(files)
      const facts = analyzer.facts(`${appRoot}/${home.file}`)
      assert.ok(facts)
      assert.deepEqual(facts.error, undefined)
      assert.ok(JSON.stringify(facts).includes(`"${home.reads}"`), `${home.reads} is not read`)
      const findings = Object.keys(files).flatMap(path => analyzer.findings(`${appRoot}/${path}`))
      assert.deepEqual(
        findings.map(finding => `${finding.rule} in ${finding.file}: ${finding.message}`),
        [],
      )
    })
  }
})
