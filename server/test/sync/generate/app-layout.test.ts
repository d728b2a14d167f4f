// How the code of an app is laid out: its formatter's settings say it, else its files show it.
import assert from 'node:assert/strict'
import { expoNotes } from '../../../testkit/sync/example-apps.ts'
import { generateLayer } from '../../../testkit/sync/generated-layer.ts'

/** A file of a layer that has strings, calls over several lines, arrow functions and braces. */
const create = (more: Readonly<Record<string, string>>): string =>
  generateLayer({ ...expoNotes, ...more }).files['src/sync/core/create-sync.ts'] ?? ''

describe('a generated layer is laid out', () => {
  const asPrettier = /^ {4}onCounts: \(counts\) => status\.update\(\{ counts \}\),$/m

  it('as the code shows where no settings are there', () => {
    assert.match(create({}), /from '\.\/backoff'|from '\.\/drain'$/m)
    assert.match(create({}), /^ {4}onCounts: counts => status\.update\(\{ counts \}\),$/m)
  })

  for (const [name, files] of [
    ['.prettierrc', { '.prettierrc': '{}' }],
    ['.prettierrc.json', { '.prettierrc.json': '{ "tabWidth": 2 }' }],
    ['package.json', { 'package.json': '{ "prettier": { "semi": true }, "dependencies": { "expo-sqlite": "*" } }' }],
    [
      'biome.json',
      { 'biome.json': '{ "formatter": { "indentStyle": "space" }, "javascript": { "formatter": {} } } // ours' },
    ],
  ] as const)
    it(`as Prettier does where ${name} says nothing else`, () => {
      const text = create(files)
      assert.match(text, /from "\.\/drain";$/m)
      assert.match(text, asPrettier)
    })

  for (const [name, config] of [
    ['JSON', '{\n  "semi": false, // ours\n  "singleQuote": true,\n  "useTabs": true,\n  "arrowParens": "avoid"\n}'],
    ['JSON on one line', '{"semi":false,"singleQuote":true,"useTabs":true,"arrowParens":"avoid"}'],
    [
      'YAML',
      'semi: false\nsingleQuote: true\nuseTabs: true\narrowParens: avoid\noverrides:\n  - files: "*.md"\n    options:\n      semi: true\n',
    ],
    [
      'JavaScript',
      'module.exports = {\n  semi: false,\n  singleQuote: true,\n  useTabs: true,\n  arrowParens: "avoid",\n}',
    ],
  ] as const)
    it(`as settings in ${name} say`, () => {
      const text = create({ '.prettierrc': config })
      assert.match(text, /from '\.\/drain'$/m)
      assert.match(text, /^\t\tonCounts: counts => status\.update\(\{ counts \}\),$/m)
    })

  it('with commas behind arguments only where they are wanted', () => {
    const lists = /^ {2,}\w+: options\.keepsAudit \?\? true(,?)$/m
    const policies = (config: string) =>
      generateLayer({ ...expoNotes, '.prettierrc': config }).files['src/sync/core/conflict-strategy.ts'] ?? ''
    for (const [comma, inLists, inArguments] of [
      ['all', ',', ','],
      ['es5', ',', ''],
      ['none', '', ''],
    ] as const) {
      const config = `{ "trailingComma": "${comma}" }`
      assert.equal(lists.exec(create({ '.prettierrc': config }))?.[1], inLists, comma)
      assert.equal(/^ {2}policyOf: .*ConflictPolicy(,?)$/m.exec(policies(config))?.[1], inArguments, comma)
    }
  })

  it('as the code shows where settings come from elsewhere', () => {
    const text = create({ '.prettierrc.js': "module.exports = { ...require('@company/prettier'), useTabs: true }" })
    assert.match(text, /from '\.\/drain'$/m)
  })
})
