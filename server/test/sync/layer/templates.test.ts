// The texts that the generators write: current, complete, and free of anything an app does not have.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { templatesFile } from '../../../../scripts/generate-templates.ts'
import { syncTemplates } from '../../../src/core/sync/templates.generated.ts'

describe('the templates of the sync layer', () => {
  it('are what `npm run generate` makes of their files', () => {
    const file = templatesFile()
    assert.equal(readFileSync(file.path, 'utf8'), file.text, 'run `npm run generate`')
  })

  for (const [name, text] of Object.entries(syncTemplates)) {
    it(`${name} says what it is for and imports only its neighbours`, () => {
      assert.match(text, /^\/\/ \S.*\.\n/)
      for (const [, imported] of text.matchAll(/^(?:import|export) .*from '([^']+)'$|^\} from '([^']+)'$/gm)) {
        if (imported === undefined) continue
        assert.ok(`${imported.slice(2)}.ts` in syncTemplates, imported)
      }
      assert.doesNotMatch(text, /from '[^']*\.ts'/)
      assert.ok(text.split('\n').length < 300)
    })
  }
})
