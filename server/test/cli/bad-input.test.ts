// Folders and files as nobody wants them: each gives one clear message at its place, and nothing is overwritten.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { writeChange } from '../../src/cli/write-change.ts'
import { enginesFor, rules } from '../../src/core/rules/all.ts'
import { exampleFiles } from '../../testkit/example-files.ts'
import { removeTempFolders, tempFolder, writeFiles } from '../host/temp-folder.ts'
import { type CliRun, runCli } from './run-cli.ts'

const config = 'offline-storage.config.json'
const snapshot = 'offline-storage/notes/v2.json'

interface Found {
  readonly rule: string
  readonly file: string
  readonly message: string
  readonly start: { readonly line: number; readonly column: number }
}

/** Runs a command line with the real rules. */
const run = (...argv: string[]): Promise<CliRun> => runCli(argv, undefined, false, { enginesFor, rules })

/** What `check` says of files themselves, as `file:line:column message`. */
async function complaints(root: string): Promise<string[]> {
  const { out, error } = await run('check', root, '--format', 'json')
  assert.equal(error, '')
  const findings: Found[] = JSON.parse(out).findings
  return findings
    .filter(one => /^offline-storage\/(?:unreadable|config|snapshot)$/.test(one.rule))
    .map(({ file, start, message }) => `${file}:${start.line}:${start.column} ${message}`)
}

const notes = (more: Readonly<Record<string, string | Uint8Array>> = {}): string =>
  tempFolder({ ...exampleFiles('notes'), ...more })

describe('bad input', () => {
  afterEach(removeTempFolders)

  describe('files', () => {
    it('that are too large, binary or not UTF-8 are named, and the others are checked', async () => {
      const root = notes({
        'src/huge.ts': '/'.repeat(5 * 1024 * 1024 + 1),
        'src/video.ts': '\u0000\u0001@nozbe/watermelondb',
        'src/latin.ts': Buffer.from("// caf\xe9 from '@nozbe/watermelondb'\n", 'latin1'),
      })
      assert.deepEqual(await complaints(root), [
        'src/huge.ts:1:1 This file is larger than 5 MB and is not read.',
        'src/latin.ts:1:1 This file is not valid UTF-8. Save it as UTF-8 to have it checked.',
        'src/video.ts:1:1 This file is a binary file.',
      ])
      assert.match((await run('check', root)).out, /6 errors, 5 warnings in 12 files, 1 store\./)
    })

    it('that may not be read or written are named', async function () {
      if (process.platform === 'win32') return this.skip()
      const root = notes()
      chmodSync(root, 0o755)
      chmodSync(`${root}/src/db/migrations.ts`, 0)
      chmodSync(`${root}/src/screens`, 0)
      const seen = asNobody('check', root, '--format', 'json')
      const findings: Found[] = JSON.parse(seen.stdout).findings
      assert.deepEqual(
        findings.filter(one => one.rule === 'offline-storage/unreadable').map(one => [one.file, one.message]),
        [
          ['src/db/migrations.ts', 'This file cannot be read (EACCES).'],
          ['src/screens', 'This folder cannot be read (EACCES); its files are left out.'],
        ],
      )
      chmodSync(`${root}/src/screens`, 0o755)
      chmodSync(`${root}/src/models`, 0o555)
      const fixed = asNobody('fix', root, '--rule', 'watermelondb/children-without-association')
      chmodSync(`${root}/src/models`, 0o755)
      assert.deepEqual(
        [fixed.status, fixed.stdout, fixed.stderr],
        [1, 'Mended 0 files, left 1 file alone.\n', 'src/models/Notebook.ts: It could not be written (EACCES).\n'],
      )
    })

    it('that are links in a circle, to nowhere or to a folder above harm nobody', async () => {
      const root = notes()
      symlinkSync('../src', `${root}/src/loop`)
      symlinkSync('b.ts', `${root}/src/a.ts`)
      symlinkSync('a.ts', `${root}/src/b.ts`)
      symlinkSync('nowhere.ts', `${root}/src/c.ts`)
      mkdirSync(`${root}/src/folder.ts`)
      assert.deepEqual(await complaints(root), [])
      assert.match((await run('check', root)).out, /6 errors, 2 warnings in 9 files, 1 store\./)
    })

    it('nested without end, or all on one line, are survived', async () => {
      const head = "import { Q } from '@nozbe/watermelondb'; export const a = "
      const clauses = Array.from({ length: 5000 }, (_, index) => `Q.where('column_${index}', ${index})`).join()
      assert.ok(clauses.length > 100_000)
      const root = notes({
        'src/brackets.ts': `${head}${'['.repeat(100_000)}${']'.repeat(100_000)}\n`,
        'src/elements.tsx': `${head}${'<A>'.repeat(50_000)}`,
        'src/line.ts': `${head}[${clauses}]`,
      })
      assert.deepEqual(await complaints(root), [
        'src/brackets.ts:1:1 The file is nested too deeply to be read. What stands here is not judged.',
        'src/elements.tsx:1:1 The file is nested too deeply to be read. What stands here is not judged.',
      ])
      assert.match((await run('check', root)).out, /6 errors, 2 warnings, 2 info in 12 files, 1 store\./)
    })

    it('half-written are named where they break; nothing is said of what is missing, and no snapshot is taken', async () => {
      const root = notes()
      const schema = `${root}/src/db/schema.ts`
      writeFileSync(schema, readFileSync(schema, 'utf8').split("'position'")[0]!)
      assert.deepEqual(await complaints(root), [
        'src/db/schema.ts:11:16 Expression expected. What stands here is not judged.',
      ])
      const { out } = await run('check', root)
      assert.doesNotMatch(out, /unknown-(?:column|table|query)|column-never|table-never/)
      const taken = await run('snapshot', root)
      assert.equal(taken.code, 1)
      assert.match(
        taken.error,
        /^No snapshot of "notes" is taken: src\/db\/schema\.ts has a syntax error \(.*\)\. Mend it first\.\n$/,
      )
      assert.equal(existsSync(`${root}/offline-storage`), false)
    })

    it('with CRLF and a byte order mark keep both', async () => {
      const files = exampleFiles('notes')
      const dressed = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`
      const root = tempFolder(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, dressed(text)])))
      writeFileSync(`${root}/${config}`, dressed('{\n  "baseline": "hg"\n}\n'))
      assert.deepEqual(await complaints(root), [
        `${config}:2:15 \`baseline\` is "auto", "none", "snapshot", "git" or "git:<revision>".`,
      ])
      assert.equal((await run('fix', root)).out.split('\n').at(-2), 'Mended 2 problems in 2 files.')
      const plain = notes()
      await run('fix', plain)
      for (const path of ['src/models/Notebook.ts', 'src/screens/NotebookScreen.tsx']) {
        const mended = readFileSync(`${plain}/${path}`, 'utf8')
        assert.notEqual(mended, files[path])
        assert.equal(readFileSync(`${root}/${path}`, 'utf8'), dressed(mended))
      }
    })
  })

  describe('folders', () => {
    it('that are empty are fine, and those that are none are refused', async () => {
      const root = tempFolder({ 'file.txt': '' })
      assert.deepEqual(await run('check', root), { code: 0, out: 'No problems in 0 files, 0 stores.\n', error: '' })
      assert.deepEqual(await run('fix', root), { code: 0, out: 'Nothing to mend.\n', error: '' })
      for (const command of ['check', 'fix', 'snapshot'])
        for (const folder of [`${root}/nowhere`, `${root}/file.txt`])
          assert.deepEqual(await run(command, folder), {
            code: 2,
            out: '',
            error: `offline-storage: ${folder} is not a folder.\n`,
          })
    })

    it('without git, package.json and tsconfig.json are checked all the same', async () => {
      const sources = Object.entries(exampleFiles('notes')).filter(([path]) => path.startsWith('src/'))
      const root = tempFolder(Object.fromEntries(sources))
      const { code, out, error } = await run('check', root)
      assert.deepEqual([code, error], [1, ''])
      assert.match(out, /6 errors, 2 warnings in 9 files, 1 store\./)
      const asked = await run('check', root, '--baseline', 'git')
      assert.match(asked.error, /git finds no commit here/)
    })
  })

  describe('the config file', () => {
    const rule = 'watermelondb/unknown-column'
    const wrong: readonly (readonly [string, string])[] = [
      ['', '1:1 This is not valid JSON: value expected.'],
      ['{ bad', '1:3 This is not valid JSON: invalid symbol.'],
      [`{"rules":{"${rule}":"off"`, '1:46 This is not valid JSON: close brace expected.'],
      ['null', '1:1 Settings are an object: `{ "rules": { … } }`.'],
      [
        '{"rules": []}',
        '1:11 `rules` is an object of rule ids and severities: `{ "watermelondb/missing-migration": "error" }`.',
      ],
      [`{\n "rules":{"unknown-column":"off"}}`, `2:11 There is no rule \`unknown-column\`. Did you mean \`${rule}\`?`],
      [`{"rules":{"${rule}":"fatal"}}`, '1:41 A severity is "error", "warning", "info" or "off".'],
      ['{"exclude":["a",2]}', '1:17 `exclude` is a list of patterns in the syntax of .gitignore: `["legacy/"]`.'],
      ['{"basline":"git"}', '1:2 There is no setting `basline`. Did you mean `baseline`?'],
    ]
    for (const [text, complaint] of wrong)
      it(`is pointed at: ${text.replace('\n', ' ') || 'empty'}`, async () => {
        assert.deepEqual(await complaints(notes({ [config]: text })), [`${config}:${complaint}`])
      })

    it('stops everything where it cannot be read, since it may say what is to be left out', async () => {
      const root = notes({ [config]: Buffer.from([0xff, 0xfe, 0x7b]) })
      const message = `${root}/${config} is not valid UTF-8. Save it as UTF-8 to have it checked.`
      assert.deepEqual(await run('check', root), { code: 2, out: '', error: `offline-storage: ${message}\n` })
      rmSync(`${root}/${config}`)
      mkdirSync(`${root}/${config}`)
      assert.equal((await run('check', root)).error, `offline-storage: ${root}/${config} is not a file.\n`)
    })
  })

  describe('a snapshot', () => {
    /** An app with a snapshot, which `change` has changed. */
    async function withSnapshot(change: (text: string) => string | Uint8Array) {
      const root = notes()
      assert.equal((await run('snapshot', root)).code, 0)
      const before = change(readFileSync(`${root}/${snapshot}`, 'utf8'))
      writeFileSync(`${root}/${snapshot}`, before)
      return { root, before }
    }
    const damages: readonly (readonly [string, (text: string) => string | Uint8Array, string])[] = [
      [
        'that is cut off',
        text => text.slice(0, 200),
        '11:4 This snapshot is not valid JSON (property name expected). Restore it from version control.',
      ],
      [
        'that is empty',
        () => '',
        '1:1 This snapshot is not valid JSON (value expected). Restore it from version control.',
      ],
      [
        'that is something else',
        () => '{ "a": 1 }',
        '1:1 This file is not a snapshot of Offline Storage, so it is not compared with.',
      ],
      [
        'of a newer format',
        text => text.replace('"formatVersion": 1', '"formatVersion": 2'),
        '3:20 This snapshot was written by a newer version of Offline Storage. Update Offline Storage to have it compared.',
      ],
      [
        'of another store',
        text => text.replace('"store": "notes"', '"store": "other"'),
        '5:12 This snapshot is of the store "other", but its folder is named "notes". Restore it from version control.',
      ],
      [
        'of another version',
        text => text.replace('"version": 2', '"version": 3'),
        '6:14 This snapshot says version 3, but its file is named v2.json. Restore it from version control.',
      ],
      [
        'that is no text',
        () => Buffer.from([0xff, 0xfe]),
        '1:1 This file is not valid UTF-8. Save it as UTF-8 to have it checked.',
      ],
    ]
    for (const [name, change, complaint] of damages)
      it(`${name} is named and never overwritten`, async () => {
        const { root, before } = await withSnapshot(change)
        assert.deepEqual(await complaints(root), [`${snapshot}:${complaint}`])
        const { code, out, error } = await run('snapshot', root)
        assert.deepEqual([code, out], [1, ''])
        assert.match(error, /^offline-storage\/notes\/v2\.json .*left as it is\..*\n$/)
        assert.deepEqual(readFileSync(`${root}/${snapshot}`), Buffer.from(before))
      })

    it('with CRLF and a byte order mark is the same snapshot', async () => {
      const { root } = await withSnapshot(text => `\uFEFF${text.replaceAll('\n', '\r\n')}`)
      assert.deepEqual(await complaints(root), [])
      assert.deepEqual(await run('snapshot', root), { code: 0, out: `${snapshot} is up to date\n`, error: '' })
    })

    it('is not written where something else is in the way', async () => {
      const inTheWay = [
        { file: 'offline-storage', reason: 'could not be written (ENOTDIR).' },
        { file: `${snapshot}/x`, reason: 'is not a file. It is left as it is.' },
      ]
      for (const { file, reason } of inTheWay) {
        const root = notes({ [file]: '' })
        assert.deepEqual(await run('snapshot', root), { code: 1, out: '', error: `${snapshot} ${reason}\n` })
        assert.equal(readFileSync(`${root}/${file}`, 'utf8'), '')
      }
    })
  })

  describe('a file that somebody touched between check and fix', () => {
    it('is left alone when it has changed, is gone, or has appeared', async () => {
      const root = tempFolder({ 'a.ts': 'theirs', 'new.ts': 'theirs' })
      const changed = 'It has changed since it was read, so it was left alone.'
      assert.equal(await writeChange(`${root}/a.ts`, 'before', 'after'), changed)
      assert.equal(await writeChange(`${root}/new.ts`, undefined, 'after'), 'It exists already, so it was left alone.')
      assert.equal(
        await writeChange(`${root}/gone.ts`, 'before', 'after'),
        'It is gone since it was read, so it was left alone.',
      )
      writeFiles(root, { 'binary.ts': Buffer.from([0, 1, 2]) })
      assert.equal(await writeChange(`${root}/binary.ts`, 'before', 'after'), changed)
      for (const file of ['a.ts', 'new.ts']) assert.equal(readFileSync(`${root}/${file}`, 'utf8'), 'theirs')
      assert.equal(existsSync(`${root}/gone.ts`), false)
    })
  })
})

/** Runs the program as somebody who is not allowed everything; root is. */
function asNobody(...argv: string[]) {
  const door = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
  const who = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
  return spawnSync(process.execPath, ['--import', 'tsx', door, ...argv], { encoding: 'utf8', ...who })
}
