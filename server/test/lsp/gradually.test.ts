// While a workspace is being read nothing is shown that reading on could take back.
import assert from 'node:assert/strict'
import { createAnalyzer } from '../../src/core/analyze.ts'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { enginesFor, rules } from '../../src/core/rules/all.ts'
import { defaultSettings } from '../../src/core/settings.ts'
import { createWorkspaceModel } from '../../src/host/workspace-model.ts'
import { gradually } from '../../src/lsp/gradually.ts'
import { misspelled } from './session.ts'

describe('findings while files are still being read', () => {
  const early = 'watermelondb/unknown-column'

  /** A model with a mistake that an early rule finds, and one that another rule finds. */
  function opened() {
    const known = rules.map(rule => ({ ...rule, early: rule.id === early }))
    const reading = gradually(createAnalyzer({ engines: enginesFor(defaultSettings), rules: known }), known)
    const app = exampleApp({ models: { Post: `${misspelled}\n@field('title') other: string = ''` } })
    const files = Object.keys(app).map(file => `/${file}`)
    reading.analyzer.setWorkspace(createWorkspaceModel({ root: '', files, configs: new Map(), libraries: [] }))
    reading.analyzer.batch(() => {
      for (const [file, text] of Object.entries(app)) reading.analyzer.set(`/${file}`, text)
    })
    const shown = () => reading.analyzer.filesWithFindings().flatMap(file => reading.analyzer.findings(file))
    return { reading, shown, ids: () => [...new Set(shown().map(finding => finding.rule))] }
  }

  it('are none at first, then those of early rules, then all', () => {
    const { reading, shown, ids } = opened()
    assert.deepEqual(shown(), [])
    reading.reach('first')
    assert.deepEqual(ids(), [early])
    reading.reach('all')
    assert.deepEqual(ids(), [early, 'watermelondb/field-initializer'])
  })

  it('count as changed when they come into sight', () => {
    const { reading } = opened()
    reading.takeChanged()
    assert.equal(reading.takeChanged().size, 0)
    reading.reach('first')
    assert.deepEqual([...reading.takeChanged()], ['/src/models/Post.ts'])
    reading.reach('all')
    assert.ok(reading.takeChanged().has('/src/models/Post.ts'))
    assert.ok(reading.isWhole())
  })

  it('never fall back behind what has been read', () => {
    const { reading, shown } = opened()
    reading.reach('all')
    const all = shown().length
    reading.reach('first')
    assert.equal(shown().length, all)
  })
})
