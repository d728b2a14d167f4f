// What becomes of a record that was edited here and has changed on the server.
import assert from 'node:assert/strict'
import {
  type MarkedRow,
  type Resolution,
  resolveRecord,
  type Strategy,
} from '../../../templates/watermelondb/resolve-record.ts'

const local = (change: Partial<MarkedRow> = {}): MarkedRow => ({
  id: 't1',
  title: 'ours',
  done: false,
  rank: 1,
  _status: 'updated',
  _changed: 'title',
  ...change,
})
const remote = { id: 't1', title: 'theirs', done: true, rank: 1 }
const resolve = (strategy: Strategy, row = local(), sent?: typeof remote) =>
  resolveRecord('tasks', row, remote, sent, strategy)

describe('resolving a record', () => {
  it('takes the record of the server whole and clean where it wins', () => {
    const { row, resolution } = resolve('lww')
    assert.deepEqual(row, { ...remote, _status: 'synced', _changed: '' })
    assert.deepEqual(resolution, { choice: 'remote' })
  })

  for (const strategy of ['fieldMerge', 'manual'] as const)
    it(`keeps only what was edited here, and keeps it to be sent: ${strategy}`, () => {
      assert.deepEqual(resolve(strategy).row, { ...remote, title: 'ours', _status: 'updated', _changed: 'title' })
    })

  it('asks a person only by `manual`', () => {
    assert.equal(resolve('manual').resolution?.choice, 'ask')
    assert.deepEqual(resolve('manual').conflict?.edited, ['title'])
    assert.equal(resolve('fieldMerge').resolution?.choice, 'merged')
  })

  it('sends of a mixture what differs from the server', () => {
    const decide = (): Resolution => ({ choice: 'merged', values: { title: 'both', rank: 1 } })
    assert.deepEqual(resolve(decide).row, { ...remote, title: 'both', _status: 'updated', _changed: 'title' })
    const same = (): Resolution => ({ choice: 'merged', values: { title: 'theirs' } })
    assert.deepEqual(resolve(same).row, { ...remote, _status: 'synced', _changed: '' })
  })

  it('knows its own edit when it comes back', () => {
    const sent = { ...remote }
    const { row, conflict } = resolve('lww', local({ title: 'theirs', done: true }), sent)
    assert.deepEqual(row, { ...remote, _status: 'synced', _changed: '' })
    assert.equal(conflict, undefined)
  })

  it('lets no echo undo a later edit, whoever wins conflicts', () => {
    const { row, conflict } = resolve('lww', local({ title: 'later', done: true }), { ...remote })
    assert.deepEqual(row, { ...remote, title: 'later', _status: 'updated', _changed: 'title' })
    assert.equal(conflict, undefined)
  })

  it('makes an update of a create that was taken', () => {
    const created = local({ _status: 'created', _changed: '', title: 'later', done: true })
    assert.deepEqual(resolve('fieldMerge', created, { ...remote }).row, {
      ...remote,
      title: 'later',
      _status: 'updated',
      _changed: 'title',
    })
  })
})
