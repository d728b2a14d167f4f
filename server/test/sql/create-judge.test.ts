import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { SqlAnswer, SqlQuestion } from '../../src/core/sql/judge.ts'
import { createJudge, type Judge } from '../../src/host/sqlite/create-judge.ts'

const question = (sql: string): SqlQuestion => ({
  kind: 'prepare',
  schema: ['CREATE TABLE a (x)'],
  sql,
  quotedTexts: true,
})
const messages = (answers: readonly SqlAnswer[] | undefined) =>
  answers?.map(answer => ('statements' in answer ? answer.statements[0]?.error?.message : undefined))

describe('SQLite in a thread of its own', () => {
  let judge: Judge
  afterEach(() => judge.dispose())

  it('answers in the order of the questions, later or while one waits', async () => {
    judge = createJudge()
    const later = judge.answer([question('SELECT nope'), question('SELECT x FROM a')])
    assert.deepEqual(messages(judge.answerNow([question('SELECT y FROM a'), question('SELECT 1')])), [
      'no such column: y',
      undefined,
    ])
    assert.deepEqual(messages(await later), ['no such column: nope', undefined])
    assert.deepEqual(await judge.answer([]), [])
  })

  it('gives up with one clear reason where SQLite cannot be had', async () => {
    const log: string[] = []
    judge = createJudge(message => log.push(message), { wasm: '/nowhere/sqlite3.wasm' })
    const reason = /^SQL cannot be checked by SQLite: ENOENT/
    await assert.rejects(judge.answer([question('SELECT 1')]), { message: reason })
    await assert.rejects(judge.answer([question('SELECT 1')]), { message: reason })
    assert.equal(judge.answerNow([question('SELECT 1')]), undefined)
    assert.equal(log.length, 1)
  })

  it('starts a thread that died once more, and asks again what was open', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'judge-'))
    const mark = JSON.stringify(path.join(folder, 'died'))
    const code = `import { existsSync, writeFileSync } from 'node:fs'
      import { parentPort } from 'node:worker_threads'
      if (!existsSync(${mark})) { writeFileSync(${mark}, ''); process.exit(3) }
      parentPort.on('message', ({ id }) => parentPort.postMessage({ id, answers: [{ statements: [] }] }))`
    try {
      judge = createJudge(assert.fail, { worker: new URL(`data:text/javascript,${encodeURIComponent(code)}`) })
      assert.deepEqual(await judge.answer([question('SELECT 1')]), [{ statements: [] }])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('gives up on a thread that dies again', async () => {
    const log: string[] = []
    judge = createJudge(message => log.push(message), { worker: new URL('data:text/javascript,process.exit(3)') })
    await assert.rejects(judge.answer([question('SELECT 1')]), { message: /its thread ended with code 3$/ })
    assert.equal(log.length, 1)
  })

  it('waits no longer than its limit', async () => {
    judge = createJudge(() => {}, { limit: 1 })
    await assert.rejects(judge.answer([question('SELECT 1')]), { message: /no answer within/ })
  })

  it('does not keep a process alive that has nothing else to do', () => {
    const module = JSON.stringify(new URL('../../src/host/sqlite/create-judge.ts', import.meta.url).href)
    const ask = `createJudge().answerNow([{ kind: 'plan', schema: [], sql: 'SELECT 1' }])`
    const code = `const { createJudge } = await import(${module}); console.log(${ask}[0].rows.length)`
    const options = { encoding: 'utf8', timeout: 15_000, cwd: import.meta.dirname } as const
    assert.equal(execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], options), '1\n')
  })

  it('rejects what is open when it is disposed of', async () => {
    judge = createJudge()
    const open = judge.answer([question('SELECT 1')])
    judge.dispose()
    await assert.rejects(open, { message: 'The session has ended.' })
  })
})
