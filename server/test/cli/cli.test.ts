import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { githubReport } from '../../src/cli/report/github.ts'
import { type ExampleApp, exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { removeTempFolders, tempFolder } from '../host/temp-folder.ts'
import { type CliRun, runCli } from './run-cli.ts'
import { validateSarif } from './validate-sarif.ts'

const misspelled = "static table = 'posts'\n@field('titel') title!: string"
const twoOld = "static table = 'posts'\n@field('title') oldTitle!: string\n@field('title') oldName!: string"
const unknownColumn = 'watermelondb/unknown-column'

const app = (parts: ExampleApp): string => tempFolder(exampleApp(parts))

describe('offline-storage', () => {
  afterEach(removeTempFolders)

  describe('check', () => {
    it('gives 0 where nothing is wrong, and says what it saw', async () => {
      const { code, out } = await runCli(['check', app({})])
      assert.deepEqual([code, out], [0, 'No problems in 2 files, 1 store.\n'])
    })

    it('gives 1 for an error, and groups findings by file', async () => {
      const { code, out } = await runCli(['check'], app({ models: { Post: misspelled } }))
      assert.equal(code, 1)
      assert.match(
        out,
        /^src\/models\/Post\.ts\n {2}6:10 {5}error {4}.*has no column "titel".* {2}watermelondb\/unknown-column\n/,
      )
      assert.match(out, /\n\n1 error, 0 warnings in 3 files, 1 store\.\n$/)
    })

    it('writes the agreed JSON', async () => {
      const root = app({ models: { Post: misspelled } })
      const { code, out } = await runCli(['check', root, '--format', 'json'])
      assert.equal(code, 1)
      const { durationMs, findings, ...report } = JSON.parse(out)
      assert.equal(typeof durationMs, 'number')
      assert.deepEqual(report, {
        version: 1,
        files: 3,
        stores: [{ engine: 'watermelondb', name: report.stores[0].name, version: 1, entities: 1, migrations: 0 }],
      })
      const [{ message, related, fixes, ...finding }, ...rest] = findings
      assert.deepEqual(rest, [])
      assert.deepEqual(finding, {
        rule: unknownColumn,
        severity: 'error',
        file: 'src/models/Post.ts',
        start: { line: 6, column: 10 },
        end: { line: 6, column: 17 },
      })
      assert.match(message, /no column "titel"/)
      assert.deepEqual(Object.keys(related[0]).sort(), ['end', 'file', 'message', 'start'])
      assert.equal(related[0].file, 'src/db/schema.ts')
      assert.deepEqual(fixes[0], { title: 'Change to "title"', safe: false })
    })

    it('sorts by file and place', async () => {
      const root = app({ models: { Zebra: misspelled, Ant: `${misspelled}\n@field('tittle') other!: string` } })
      const { out } = await runCli(['check', root, '--format', 'json'])
      const places = JSON.parse(out).findings.map((one: { file: string; start: { line: number } }) => [
        one.file,
        one.start.line,
      ])
      assert.deepEqual(places, [
        ['src/models/Ant.ts', 6],
        ['src/models/Ant.ts', 7],
        ['src/models/Zebra.ts', 6],
      ])
    })

    it('writes annotations for GitHub, with what is special to them escaped', async () => {
      const { out } = await runCli(['check', app({ models: { Post: misspelled } }), '--format', 'github'])
      assert.match(
        out,
        /^::error file=src\/models\/Post\.ts,line=6,endLine=6,col=10,endColumn=17,title=watermelondb\/unknown-column::Table "posts" has.*\n$/,
      )
      const place = { file: 'a,b%.ts', start: { line: 1, column: 2 }, end: { line: 3, column: 4 } }
      const finding = {
        rule: 'a:b',
        severity: 'info',
        message: '100%\nsure',
        ...place,
        related: [],
        fixes: [],
      } as const
      assert.equal(
        githubReport({ version: 1, files: 1, durationMs: 1, findings: [finding], stores: [] }, 'sub'),
        '::notice file=sub/a%2Cb%25.ts,line=1,endLine=3,title=a%3Ab::100%25%0Asure\n',
      )
    })

    it('writes SARIF that its schema accepts', async () => {
      const root = app({ models: { Post: misspelled, Other: twoOld } })
      const { out } = await runCli(['check', root, '--format', 'sarif'])
      const log = JSON.parse(out)
      assert.deepEqual(validateSarif(log), [])
      const [run] = log.runs
      assert.equal(run.results.length, 3)
      for (const result of run.results) assert.equal(run.tool.driver.rules[result.ruleIndex].id, result.ruleId)
      const error = run.results.find((result: { level: string }) => result.level === 'error')
      assert.deepEqual(error.locations[0].physicalLocation, {
        artifactLocation: { uri: 'src/models/Post.ts', uriBaseId: 'ROOT' },
        region: { startLine: 6, startColumn: 10, endLine: 6, endColumn: 17 },
      })
      assert.notDeepEqual(validateSarif({ ...log, version: '1' }), [])
    })

    it('judges rules as it is told, over the config file', async () => {
      const root = app({ models: { Post: misspelled } })
      writeFileSync(`${root}/offline-storage.config.json`, `{ "rules": { "${unknownColumn}": "info" } }`)
      assert.equal((await runCli(['check', root])).code, 0)
      assert.equal((await runCli(['check', root, '--rule', `${unknownColumn}=error`])).code, 1)
      assert.equal(
        (await runCli(['check', root, '--rule', `${unknownColumn}=off`])).out,
        'No problems in 3 files, 1 store.\n',
      )
    })

    it('counts warnings against their limit', async () => {
      const root = app({ models: { Post: twoOld } })
      assert.equal((await runCli(['check', root])).code, 0)
      assert.equal((await runCli(['check', root, '--max-warnings', '2'])).code, 0)
      const { code, error } = await runCli(['check', root, '--max-warnings', '1'])
      assert.deepEqual([code, error], [1, 'There are 2 warnings; at most 1 are allowed.\n'])
    })

    it('reports what is wrong in the config file where it stands', async () => {
      const root = app({})
      writeFileSync(`${root}/offline-storage.config.json`, '{\n  "basline": "none"\n}')
      const { code, out } = await runCli(['check', root])
      assert.equal(code, 0)
      assert.match(out, /^offline-storage\.config\.json\n {2}2:3 {6}warning {2}There is no setting `basline`/)
    })

    it('is coloured only where it is shown', async () => {
      const root = app({ models: { Post: misspelled } })
      assert.ok(!(await runCli(['check', root])).out.includes('\u001b'))
      assert.ok((await runCli(['check', root], undefined, true)).out.includes('\u001b[31m'))
    })
  })

  describe('fix', () => {
    it('makes safe fixes only, until none is left', async () => {
      const root = app({
        models: { Post: `${twoOld}\n@field('titel') x!: string`, Other: twoOld.replace('oldName', 'oldoldName') },
      })
      const file = `${root}/src/models/Post.ts`
      const before = readFileSync(file, 'utf8')
      chmodSync(file, 0o640)
      const { code, out } = await runCli(['fix', root])
      assert.deepEqual(
        [code, out],
        [0, 'mended src/models/Other.ts\nmended src/models/Post.ts\nMended 5 problems in 2 files.\n'],
      )
      assert.equal(readFileSync(file, 'utf8'), before.replace('oldTitle', 'Title').replace('oldName', 'Name'))
      assert.equal(statSync(file).mode & 0o777, 0o640)
      assert.match(readFileSync(`${root}/src/models/Other.ts`, 'utf8'), / Name!/)
      assert.equal((await runCli(['fix', root])).out, 'Nothing to mend.\n')
    })

    it('keeps line ends and a byte order mark', async () => {
      const root = app({ models: { Post: twoOld } })
      const file = `${root}/src/models/Post.ts`
      const text = `\uFEFF${readFileSync(file, 'utf8').replaceAll('\n', '\r\n')}`
      writeFileSync(file, text)
      assert.equal((await runCli(['fix', root])).code, 0)
      assert.equal(readFileSync(file, 'utf8'), text.replace('oldTitle', 'Title').replace('oldName', 'Name'))
    })

    it('shows a diff that patch takes, and writes nothing, with --dry-run', async () => {
      const root = app({ models: { Post: twoOld } })
      const file = `${root}/src/models/Post.ts`
      const before = readFileSync(file, 'utf8')
      const { code, out } = await runCli(['fix', root, '--dry-run'])
      assert.equal(code, 0)
      assert.equal(readFileSync(file, 'utf8'), before)
      const git = spawnSync('git', ['apply', '-'], { cwd: root, input: out, encoding: 'utf8' })
      assert.equal(git.status, 0, git.stderr)
      assert.equal(readFileSync(file, 'utf8'), before.replace('oldTitle', 'Title').replace('oldName', 'Name'))
    })

    it('keeps to the rules that are named', async () => {
      const root = app({ models: { Post: twoOld } })
      assert.equal((await runCli(['fix', root, '--rule', unknownColumn])).out, 'Nothing to mend.\n')
      assert.match((await runCli(['fix', root, '--rule', 'watermelondb/test-old-name'])).out, /Mended 2 problems/)
    })

    it('writes through a symbolic link of the workspace folder', async () => {
      const root = app({ models: { Post: twoOld } })
      const link = `${tempFolder()}/link`
      symlinkSync(root, link)
      assert.match((await runCli(['fix', link])).out, /Mended 2 problems in 1 file/)
      assert.ok(!readFileSync(`${root}/src/models/Post.ts`, 'utf8').includes('old'))
    })
  })

  describe('snapshot', () => {
    it('writes one file for each store, and leaves a released one alone', async () => {
      const root = app({})
      const { code, out } = await runCli(['snapshot', root])
      assert.equal(code, 0)
      const path = out.split(' ')[0]!
      assert.match(out, /^offline-storage\/[^/]+\/v1\.json written\n$/)
      assert.ok(existsSync(`${root}/${path}`))
      assert.match((await runCli(['snapshot', root])).out, /is up to date/)
      const schema = `${root}/src/db/schema.ts`
      writeFileSync(schema, readFileSync(schema, 'utf8').replace("'title'", "'heading'"))
      const again = await runCli(['snapshot', root])
      assert.equal(again.code, 1)
      assert.match(again.error, /holds another schema for version 1/)
    })

    it('cannot run where there is no store', async () => {
      const { code, error } = await runCli(['snapshot', tempFolder({ 'a.ts': '' })])
      assert.deepEqual([code, error], [2, 'offline-storage: No store was found here.\n'])
    })
  })

  describe('the command line', () => {
    const wrong: readonly (readonly [readonly string[], RegExp])[] = [
      [['chekc'], /There is no command "chekc"\. Commands: check, fix/],
      [['check', '--format', 'xml'], /There is no format "xml"\. Formats: text, json, github, sarif/],
      [['rules', '--format', 'sarif'], /Formats: text, json\./],
      [['check', '--nope'], /Unknown option '--nope'/],
      [['check', '--dry-run'], /"check" does not take --dry-run/],
      [['check', '--rule', 'x'], /--rule takes <id>=error/],
      [['check', '--rule', 'x/y=off'], /There is no rule "x\/y"/],
      [['check', '--max-warnings', '-1'], /max-warnings/],
      [['check', '--baseline', 'git:--upload-pack=x'], /--baseline takes/],
      [['check', 'a', 'b'], /"check" takes one folder/],
      [['check', 'no-such-folder'], /no-such-folder is not a folder/],
    ]
    for (const [argv, message] of wrong)
      it(`is refused: ${argv.join(' ')}`, async () => {
        const { code, out, error }: CliRun = await runCli(argv, tempFolder())
        assert.deepEqual([code, out], [2, ''])
        assert.match(error, message)
      })

    it('helps, and tells its version', async () => {
      const { code, out } = await runCli(['--help'])
      assert.equal(code, 0)
      for (const word of ['check', 'fix', 'snapshot', 'rules', 'lsp'])
        assert.match(out, new RegExp(`offline-storage ${word}`))
      assert.deepEqual(await runCli([]), { code: 0, out, error: '' })
      assert.match((await runCli(['--version'])).out, /^\d+\.\d+\.\d+\n$/)
    })

    it('lists rules', async () => {
      const list = JSON.parse((await runCli(['rules', '--format', 'json'])).out)
      assert.ok(list.some((rule: { id: string }) => rule.id === unknownColumn))
      assert.deepEqual(Object.keys(list[0]), ['id', 'severity', 'what', 'why', 'fix', 'fixable', 'url'])
      assert.match((await runCli(['rules'])).out, /^watermelondb\/unknown-column +error /m)
    })
  })

  describe('as a process', () => {
    const door = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

    it('writes everything into a pipe and gives the exit code', () => {
      const root = app({ models: { Post: misspelled } })
      const { status, stdout } = spawnSync(
        process.execPath,
        ['--import', 'tsx', door, 'check', root, '--format', 'json'],
        { encoding: 'utf8' },
      )
      assert.equal(status, 1)
      assert.equal(JSON.parse(stdout).version, 1)
    })

    it('is content with a reader that does not read to the end', async () => {
      const child = spawn(process.execPath, ['--import', 'tsx', door, 'rules', '--format', 'json'])
      let error = ''
      child.stderr.on('data', data => {
        error += data
      })
      child.stdout.destroy()
      const [code] = await once(child, 'close')
      assert.deepEqual([code, error], [0, ''])
    })

    it('serves an editor', async () => {
      const child = spawn(process.execPath, ['--import', 'tsx', door, 'lsp', '--stdio'], {
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      const body = JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'initialize',
        params: { processId: null, rootUri: null, capabilities: {} },
      })
      const answer = new Promise<string>(resolve => child.stdout.once('data', data => resolve(String(data))))
      child.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`)
      assert.match(await answer, /Content-Length/)
      const ended = new Promise(resolve => child.once('exit', resolve))
      child.stdin.end()
      await ended
    })
  })
})
