import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { removeTempFolders, tempFolder } from '../host/temp-folder.ts'
import { runCli } from './run-cli.ts'

const notes = fileURLToPath(new URL('../../../examples/notes', import.meta.url))
const two = fileURLToPath(new URL('../../../examples/two-databases', import.meta.url))

describe('offline-storage diagram', () => {
  afterEach(removeTempFolders)

  it('draws an SVG where nothing else is asked for', async () => {
    const { code, out, error } = await runCli(['diagram', notes])
    assert.deepEqual([code, error], [0, ''])
    assert.match(out, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
    for (const name of ['notebooks', 'notebook_id', 'WatermelonDB', 'tags']) assert.ok(out.includes(name), name)
  })

  it('writes Mermaid and DBML', async () => {
    const mermaid = await runCli(['diagram', '--format', 'mermaid'], notes)
    assert.equal(mermaid.code, 0)
    assert.match(mermaid.out, /^erDiagram\n {2}notebooks \{\n {4}string name\n {4}string color "optional"\n/)
    assert.match(mermaid.out, /\n {2}notes \}o--\|\| notebooks : "notebook"\n/)
    const dbml = await runCli(['diagram', notes, '--format', 'dbml'])
    assert.match(dbml.out, /Table "notes" \{\n {2}"id" .*\n {2}"notebook_id" "string" \[not null\]/)
    assert.match(dbml.out, /\nRef: "notes"\."notebook_id" > "notebooks"\."id"\n/)
  })

  it('writes JSON with places inside the folder', async () => {
    const { out } = await runCli(['diagram', notes, '--format', 'json'])
    const view = JSON.parse(out)
    assert.equal(view.format, 'offline-storage/diagram')
    const notebooks = view.entities.find((entity: { name: string }) => entity.name === 'notebooks')
    assert.deepEqual(notebooks.at, {
      uri: 'src/db/schema.ts',
      start: { line: 6, character: 12 },
      end: { line: 6, character: 23 },
    })
    assert.ok(!out.includes(notes))
  })

  it('draws one store', async () => {
    const { out } = await runCli(['diagram', two, '--format', 'mermaid', '--store', 'catalogue'])
    assert.match(out, /reviews \{/)
    assert.doesNotMatch(out, /last_login_at/)
    const both = await runCli(['diagram', two, '--format', 'mermaid'])
    assert.match(both.out, /account_users\["users"\]/)
    assert.match(both.out, /catalogue_users\["users"\]/)
  })

  it('writes a file, again and again', async () => {
    const folder = tempFolder()
    for (const format of ['dbml', 'svg']) {
      const { code, out } = await runCli(['diagram', notes, '--format', format, '--out', 'schema.txt'], folder)
      assert.deepEqual([code, out], [0, 'schema.txt written\n'])
    }
    assert.match(readFileSync(`${folder}/schema.txt`, 'utf8'), /^<svg /)
  })

  it('gives 2 and says why where it cannot draw', async () => {
    const folder = tempFolder({ 'src/index.ts': 'export {}\n', 'out/kept.txt': '' })
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [['diagram', folder], /No store was found here/],
      [['diagram', notes, '--store', 'attic'], /There is no store "attic"\. Stores: \w+\./],
      [['diagram', notes, '--format', 'sarif'], /no format "sarif"\. Formats: svg, mermaid, dbml, json/],
      [['diagram', notes, '--out', 'out'], /out is a folder/],
      [['diagram', notes, '--out', 'no/such/folder.svg'], /no\/such\/folder\.svg could not be written \(ENOENT\)/],
      [['diagram', notes, '--rule', 'a=off'], /"diagram" does not take --rule/],
      [['check', notes, '--store', 'a'], /"check" does not take --store/],
      [['check', notes, '--format', 'svg'], /no format "svg"\. Formats: text, json, github, sarif/],
    ]
    for (const [argv, words] of cases) {
      const { code, out, error } = await runCli(argv, folder)
      assert.deepEqual([code, out], [2, ''], argv.join(' '))
      assert.match(error, words)
    }
    assert.ok(!existsSync(`${folder}/no`))
  })

  it('is told about in the help', async () => {
    const { out } = await runCli(['--help'])
    assert.match(out, /offline-storage diagram \[folder\] +draw .*\n +--format svg\|mermaid\|dbml\|json/)
  })
})
