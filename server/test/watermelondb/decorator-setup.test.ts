// Configs of Babel and TypeScript: which certainly break decorators, and how their text is mended.
import assert from 'node:assert/strict'
import type { BabelConfig, Project } from '../../src/core/catalog/scope.ts'
import { type BadSetup, badSetup, mendSetup } from '../../src/core/engines/watermelondb/models/decorator-setup.ts'
import { applyEdits } from '../../src/core/text/edit.ts'

const file = '/app/babel.config.js'
const decorators = '@babel/plugin-proposal-decorators'
const native = 'module:@react-native/babel-preset'
const project = (babel: Partial<BabelConfig>, more: Partial<Project> = {}): Project => ({
  root: '/app',
  versions: {},
  strictNullChecks: true,
  babel: { file, presets: [native], plugins: [], ...babel },
  ...more,
})
const kindOf = (one: Project, isWeb = false) => badSetup(one, () => false, isWeb)?.kind

describe('badSetup', () => {
  it('misses the plugin only where no preset or plugin could bring it', () => {
    assert.equal(kindOf(project({})), 'no-plugin')
    assert.equal(kindOf(project({ presets: ['babel-preset-expo'] })), undefined)
    assert.equal(kindOf(project({ presets: [native, 'nativewind/babel'] })), undefined)
    assert.equal(kindOf(project({ plugins: [{ name: 'react-native-reanimated/plugin' }] })), 'no-plugin')
    assert.equal(kindOf(project({ plugins: [{ name: './my-plugins' }] })), undefined)
    assert.equal(kindOf(project({ plugins: [{ name: 'transform-decorators-legacy' }] })), undefined)
  })

  it('knows legacy decorators by any of their names', () => {
    const plugin = (name: string, options?: Record<string, unknown>) =>
      project({ plugins: [{ name, ...(options && { options }) }] })
    assert.equal(kindOf(plugin(decorators)), 'not-legacy')
    assert.equal(kindOf(plugin(decorators, { version: '2023-11' })), 'not-legacy')
    assert.equal(kindOf(plugin(decorators, { legacy: true })), undefined)
    assert.equal(kindOf(plugin('@babel/proposal-decorators', { version: 'legacy' })), undefined)
    assert.equal(kindOf(project({ plugins: [{ name: decorators, options: 'unknown' }] })), undefined)
  })

  it('asks tsconfig only on the web and without Babel', () => {
    const tsconfig = { file: '/app/tsconfig.json', experimentalDecorators: true, useDefineForClassFields: true }
    const { babel: _, ...bare } = project({}, { tsconfig })
    assert.equal(kindOf(bare, true), 'define')
    assert.equal(kindOf(bare, false), undefined)
    assert.equal(kindOf({ ...bare, babel: 'unknown' }, true), undefined)
    assert.equal(kindOf({ ...bare, tsconfig: { file: tsconfig.file } }, true), undefined)
  })
})

describe('mendSetup', () => {
  const mended = (bad: BadSetup, text: string): string | undefined => {
    const edit = mendSetup(bad, { text: () => text, specifier: (_, to) => to })
    return edit && applyEdits(text, [edit])
  }
  const missing: BadSetup = { kind: 'no-plugin', file, plugin: decorators }

  it('puts the plugin first', () => {
    assert.equal(
      mended(missing, `module.exports = {\n  presets: ['${native}'],\n  plugins: ['a'],\n}\n`),
      `module.exports = {\n  presets: ['${native}'],\n  plugins: [['${decorators}', { legacy: true }], 'a'],\n}\n`,
    )
  })

  it('makes a list of plugins where there is none', () => {
    assert.equal(
      mended(missing, `module.exports = {\n  presets: ['${native}'],\n}\n`),
      `module.exports = {\n  presets: ['${native}'], plugins: [['${decorators}', { legacy: true }]],\n}\n`,
    )
  })

  it('writes JSON as JSON', () => {
    assert.equal(
      mended({ ...missing, file: '/app/.babelrc' }, `{ "presets": ["${native}"] }`),
      `{ "presets": ["${native}"], "plugins": [["${decorators}", { "legacy": true }]] }`,
    )
  })

  it('gives a bare plugin its option, and leaves other forms alone', () => {
    const bad: BadSetup = { kind: 'not-legacy', file, plugin: decorators }
    assert.equal(mended(bad, `plugins: ['a', '${decorators}']`), `plugins: ['a', ['${decorators}', { legacy: true }]]`)
    assert.equal(mended(bad, `plugins: [['${decorators}', { version: '2023-11' }]]`), undefined)
  })

  it('corrects the option of a tsconfig, where it is written once', () => {
    const bad: BadSetup = { kind: 'define', file: '/app/tsconfig.json' }
    assert.equal(mended(bad, '{ "useDefineForClassFields": true }'), '{ "useDefineForClassFields": false }')
    assert.equal(mended(bad, '{ "extends": "./base" }'), undefined)
  })
})
