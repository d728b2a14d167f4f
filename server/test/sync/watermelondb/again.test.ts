// A layer is brought up to date in an app whose database is opened elsewhere: what its tests open is no store of the app.
import assert from 'node:assert/strict'
import { exampleApp } from '../../../src/core/engines/watermelondb/example-app.ts'
import { generateLayer } from '../../../testkit/sync/generated-layer.ts'

describe('a layer for a schema that nothing opens', () => {
  it('is found again when it is brought up to date', () => {
    const { 'src/db/schema.ts': schema = '' } = exampleApp({ version: 2 })
    const first = generateLayer({ 'src/db/schema.ts': schema, 'package.json': '{}' }, { audit: 'no' })
    assert.ok(first.written.some(file => file.startsWith('src/sync/')))
    const again = generateLayer(first.files, { plan: 'src/sync' })
    assert.deepEqual(again.written, [])
  })
})
