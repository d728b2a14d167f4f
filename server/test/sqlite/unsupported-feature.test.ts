// What files beside the code say of the SQLite that is built reaches the rule, and the fix changes those files.
import assert from 'node:assert/strict'
import { createAnalyzer } from '../../src/core/analyze.ts'
import { sqliteApp } from '../../src/core/engines/sqlite/example-app.ts'
import { engines, rules } from '../../src/core/rules/all.ts'
import { applyEdits, isNewFile } from '../../src/core/text/edit.ts'
import { createWorkspaceModel } from '../../src/host/workspace-model.ts'
import { answerSql } from '../../testkit/answer-sql.ts'

const withOp = { '@op-engineering/op-sqlite': '18.2.5' }
const packageJson = (more: object, dependencies: object = withOp) =>
  `${JSON.stringify({ name: 'app', dependencies, ...more }, null, 2)}\n`

const fts = (table = 'fts5(body)') =>
  sqliteApp({ package: 'op-sqlite', code: `await db.execute('CREATE VIRTUAL TABLE n USING ${table}')` })
const expo = sqliteApp({ code: "await db.execAsync('CREATE VIRTUAL TABLE n USING fts5(body)')" })

type Files = Readonly<Record<string, string>>

/** How many findings there are, and the other files with each first fix, until nothing is found. */
function check(configs: Files, sources: Files): { readonly found: number; readonly fixed: Files } {
  const at = (files: Files) => new Map(Object.entries(files).map(([path, text]) => [`/app/${path}`, text]))
  const texts = new Map([...at(configs), ...at(sources)])
  const ours = rules.filter(rule => rule.id === 'sqlite/unsupported-feature')
  const analyzer = createAnalyzer({ engines, rules: ours, answerNow: answerSql })
  const files = [...at(sources).keys()]
  const parts = { root: '/app', files, libraries: ['@op-engineering/op-sqlite', 'expo-sqlite'] }
  const read = () => {
    const others = [...texts].filter(([file]) => !files.includes(file))
    analyzer.setWorkspace(createWorkspaceModel({ ...parts, configs: new Map(others) }))
    return files.flatMap(file => analyzer.findings(file))
  }
  for (const file of files) analyzer.set(file, texts.get(file)!)
  const found = read()
  for (const finding of found.slice(0, 1)) {
    const [fix] = analyzer.fixes(finding, { text: file => texts.get(file), specifier: () => '' })
    const [edit] = fix?.edits ?? []
    assert.ok(edit && !isNewFile(edit))
    texts.set(edit.file, applyEdits(texts.get(edit.file)!, [edit]))
    assert.deepEqual(read(), [])
  }
  return {
    found: found.length,
    fixed: Object.fromEntries(Object.keys(configs).map(path => [path, texts.get(`/app/${path}`)!])),
  }
}

describe('sqlite/unsupported-feature', () => {
  it('adds the flag of op-sqlite to package.json, wherever there is room', () => {
    const cases: readonly (readonly [before: object, after: object])[] = [
      [{}, { 'op-sqlite': { fts5: true } }],
      [{ 'op-sqlite': {} }, { 'op-sqlite': { fts5: true } }],
      [{ 'op-sqlite': { performanceMode: true } }, { 'op-sqlite': { fts5: true, performanceMode: true } }],
      [{ 'op-sqlite': { rtree: true, fts5: false } }, { 'op-sqlite': { rtree: true, fts5: true } }],
    ]
    for (const [before, after] of cases)
      assert.deepEqual(JSON.parse(check({ 'package.json': packageJson(before) }, fts()).fixed['package.json']!), {
        name: 'app',
        dependencies: withOp,
        ...after,
      })
    const { fixed } = check({ 'package.json': packageJson({}) }, fts('rtree(id, a, b)'))
    assert.equal(fixed['package.json'], packageJson({ 'op-sqlite': { rtree: true } }))
  })

  it('knows what any package.json of the workspace switches on', () => {
    const on = (configs: Files) => check({ 'package.json': packageJson({}), ...configs }, fts()).found
    assert.equal(on({}), 1)
    assert.equal(on({ 'apps/a/package.json': JSON.stringify({ 'op-sqlite': { fts5: true } }) }), 0)
    assert.equal(
      check({ 'package.json': packageJson({ 'op-sqlite': { sqliteFlags: '-DSQLITE_ENABLE_FTS5=1' } }) }, fts()).found,
      0,
    )
    assert.equal(check({ 'package.json': packageJson({ 'op-sqlite': { libsql: true } }) }, fts()).found, 0)
    assert.equal(check({ 'package.json': packageJson({ peerDependencies: withOp }, {}) }, fts()).found, 0)
  })

  it('reads how expo-sqlite is built from the properties of both platforms', () => {
    const base = { 'package.json': packageJson({}, { 'expo-sqlite': '57.0.3' }) }
    const ios = {
      ...base,
      'ios/Podfile.properties.json': '{\n  "expo.jsEngine": "hermes",\n  "expo.sqlite.enableFTS": "false"\n}\n',
    }
    const { found, fixed } = check(ios, expo)
    assert.equal(found, 1)
    assert.match(fixed['ios/Podfile.properties.json']!, /"expo\.sqlite\.enableFTS": "true"/)
    const android = check({ ...base, 'android/gradle.properties': 'a=b\nexpo.sqlite.enableFTS=false\n' }, expo)
    assert.equal(android.fixed['android/gradle.properties'], 'a=b\nexpo.sqlite.enableFTS=true\n')
    assert.equal(check({ ...base, 'android/gradle.properties': 'expo.sqlite.enableFTS=true\n' }, expo).found, 0)
    assert.equal(check(base, expo).found, 0)
  })
})
