import assert from 'node:assert/strict'
import { readMarks } from '../../src/core/gates/read-marks.ts'

const read = (text: string) => readMarks('/app/a.test.ts', text)

describe('gate marks', () => {
  it('name one gate, or several, in any kind of comment', () => {
    const { marks, problems } = read(`// offline-storage-gate: migrations
/* offline-storage-gate: conflicts, offline */
/**
 * offline-storage-gate: integrity
 */
it('x', () => {})
`)
    assert.deepEqual(problems, [])
    assert.deepEqual(
      marks.map(mark => mark.gates),
      [['migrations'], ['conflicts', 'offline'], ['integrity']],
    )
    assert.ok(marks.every(mark => mark.store === undefined))
  })

  it('may name the store', () => {
    assert.deepEqual(read('// offline-storage-gate: conflicts, offline for my notes.db \r\n').marks, [
      { gates: ['conflicts', 'offline'], store: 'my notes.db' },
    ])
  })

  it('are comments: the same words in a text count for nothing', () => {
    const text = "const a = '// offline-storage-gate: conflicts'\nconst b = `\n// offline-storage-gate: offline\n`\n"
    assert.deepEqual(read(text), { marks: [], problems: [] })
  })

  it('with an unknown gate are told, and count for the others that they name', () => {
    const { marks, problems } = read('// offline-storage-gate: migration, conflicts\n')
    assert.deepEqual(problems, ['There is no gate "migration". Did you mean "migrations"?'])
    assert.deepEqual(marks, [{ gates: ['conflicts'], store: undefined }])
    assert.deepEqual(read('// offline-storage-gate:\n').problems, [
      '"offline-storage-gate:" names no gate. Gates: migrations, conflicts, offline, integrity.',
    ])
  })

  it('are read in a file that does not parse, and never throw', () => {
    assert.equal(read("// offline-storage-gate: offline\nit('x', () => {").marks.length, 1)
    assert.deepEqual(read(`// offline-storage-gate: ${'x'.repeat(1000)}`).problems, [
      'A comment behind "offline-storage-gate:" is too long.',
    ])
    assert.ok(read(`// offline-storage-gate: offline\n${'('.repeat(20_000)}`).marks.length <= 1)
  })
})
