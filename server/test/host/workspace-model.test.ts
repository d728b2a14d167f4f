// What specifiers mean and what projects have, over workspaces held in memory.
import assert from 'node:assert/strict'
import type { InstalledVersions } from '../../src/host/installed-versions.ts'
import { createWorkspaceModel, type WorkspaceModel } from '../../src/host/workspace-model.ts'

/** A model of `/w` with these source files and configs by relative path. */
function model(
  files: readonly string[],
  configs: Readonly<Record<string, unknown>> = {},
  installed?: InstalledVersions,
): WorkspaceModel {
  const texts = Object.entries(configs).map(
    ([file, content]) => [`/w/${file}`, typeof content === 'string' ? content : JSON.stringify(content)] as const,
  )
  return createWorkspaceModel({
    root: '/w',
    files: files.map(file => `/w/${file}`),
    configs: new Map(texts),
    libraries: ['@nozbe/watermelondb', 'realm'],
    installed,
  })
}

const short = (paths: readonly string[]) => paths.map(path => path.replace(/^\/w\//, ''))
const resolve = (made: WorkspaceModel, from: string, specifier: string) => short(made.resolve(`/w/${from}`, specifier))

describe('resolving relative specifiers', () => {
  it('tries extensions, folders and TypeScript for written JavaScript', () => {
    const made = model([
      ...[
        'src/a.ts',
        'src/b.jsx',
        'src/c/index.tsx',
        'src/c.js',
        'src/d/index.js',
        'src/e.tsx',
        'src/f.mts',
        'src/g.js',
        'src/g.ts',
      ],
      'src/odd.model.ts',
    ])
    assert.deepEqual(resolve(made, 'src/x.ts', './a'), ['src/a.ts'])
    assert.deepEqual(resolve(made, 'src/x.ts', './b'), ['src/b.jsx'])
    assert.deepEqual(resolve(made, 'src/x.ts', './c'), ['src/c.js'])
    assert.deepEqual(resolve(made, 'src/x.ts', './c/'), ['src/c/index.tsx'])
    assert.deepEqual(resolve(made, 'src/x.ts', '../src/d'), ['src/d/index.js'])
    assert.deepEqual(resolve(made, 'src/d/x.ts', '.'), ['src/d/index.js'])
    assert.deepEqual(resolve(made, 'src/d/x.ts', '..'), [])
    assert.deepEqual(resolve(made, 'src/x.ts', './a.js'), ['src/a.ts'])
    assert.deepEqual(resolve(made, 'src/x.ts', './e.js'), ['src/e.tsx'])
    assert.deepEqual(resolve(made, 'src/x.ts', './f.mjs'), ['src/f.mts'])
    assert.deepEqual(resolve(made, 'src/x.ts', './g.js'), ['src/g.js'])
    assert.deepEqual(resolve(made, 'src/x.ts', './g'), ['src/g.ts'])
    assert.deepEqual(resolve(made, 'src/x.ts', './odd.model'), ['src/odd.model.ts'])
    assert.deepEqual(resolve(made, 'src/x.ts', './missing'), [])
    assert.deepEqual(resolve(made, 'src/x.ts', ''), [])
  })

  it('lists platform variants behind the plain file, also where there is none', () => {
    const made = model([
      'a.ts',
      'a.native.ts',
      'a.android.js',
      'a.ios.tsx',
      'b.web.ts',
      'b.ios.ts',
      'c/index.native.ts',
      'c/index.ts',
    ])
    assert.deepEqual(resolve(made, 'x.ts', './a'), ['a.ts', 'a.native.ts', 'a.ios.tsx', 'a.android.js'])
    assert.deepEqual(resolve(made, 'x.ts', './b'), ['b.ios.ts', 'b.web.ts'])
    assert.deepEqual(resolve(made, 'x.ts', './c'), ['c/index.ts', 'c/index.native.ts'])
    assert.deepEqual(resolve(made, 'x.ts', './a.ios'), ['a.ios.tsx'])
  })

  it('follows the main of a folder with a package.json', () => {
    const made = model(['db/lib/main.ts', 'db/index.ts', 'own/index.ts'], {
      'db/package.json': { main: './lib/main' },
      'own/package.json': { main: '.' },
    })
    assert.deepEqual(resolve(made, 'x.ts', './db'), ['db/lib/main.ts'])
    assert.deepEqual(resolve(made, 'x.ts', './own'), ['own/index.ts'])
  })

  it('sees through links within the workspace', () => {
    const made = createWorkspaceModel({
      root: '/w',
      files: ['/w/shared/db/a.ts'],
      configs: new Map(),
      links: new Map([['/w/app/linked', '/w/shared']]),
      libraries: [],
    })
    assert.deepEqual(resolve(made, 'app/x.ts', './linked/db/a'), ['shared/db/a.ts'])
  })
})

describe('resolving on Windows', () => {
  it('keeps drive letters, in every kind of specifier', () => {
    const made = createWorkspaceModel({
      root: 'c:/w',
      files: ['c:/w/src/a.ts'],
      configs: new Map([
        ['c:/w/tsconfig.json', '{ "compilerOptions": { "baseUrl": ".", "paths": { "~/*": ["src/*"] } } }'],
        [
          'c:/w/babel.config.js',
          `module.exports = { plugins: [['module-resolver', { alias: { '@': path.resolve(__dirname, 'src') } }]] }`,
        ],
      ]),
      libraries: [],
    })
    for (const specifier of ['./src/a', '../w/src/a', '~/a', '@/a', 'src/a', 'c:/w/src/a'])
      assert.deepEqual(made.resolve('c:/w/x.ts', specifier), ['c:/w/src/a.ts'], specifier)
    assert.equal(made.project('c:/w/src/a.ts').root, 'c:/w')
  })
})

describe('resolving by tsconfig', () => {
  it('follows paths and baseUrl through a chain and a list of extends', () => {
    const made = model(['src/db/a.ts', 'src/util/b.ts', 'special/c.ts', 'src/bare/d.ts'], {
      'tsconfig.json': `{ // comments are allowed
        "extends": ["@tsconfig/strictest/tsconfig.json", "./configs/tsconfig.paths"],
      }`,
      'configs/tsconfig.paths.json': {
        extends: './tsconfig.root.json',
        compilerOptions: { paths: { '@/*': ['*'], '@/c': ['../special/c'], '@/util/*': ['nowhere/*', 'util/*'] } },
      },
      'configs/tsconfig.root.json': { compilerOptions: { baseUrl: '../src' } },
    })
    assert.deepEqual(resolve(made, 'app/x.ts', '@/db/a'), ['src/db/a.ts'])
    assert.deepEqual(resolve(made, 'app/x.ts', '@/util/b'), ['src/util/b.ts'])
    assert.deepEqual(resolve(made, 'app/x.ts', '@/c'), ['special/c.ts'])
    assert.deepEqual(resolve(made, 'app/x.ts', 'bare/d'), ['src/bare/d.ts'])
    assert.deepEqual(resolve(made, 'app/x.ts', 'react-native'), [])
  })

  it('takes the nearest config, jsconfig.json included, and paths without baseUrl from its folder', () => {
    const made = model(['apps/a/src/db.ts', 'apps/b/src/db.js'], {
      'apps/a/tsconfig.json': { compilerOptions: { paths: { '~/*': ['./src/*'] } } },
      'apps/b/jsconfig.json': { compilerOptions: { baseUrl: '.', paths: { '~/*': ['src/*'] } } },
      'tsconfig.json': { compilerOptions: { paths: { '~/*': ['./nowhere/*'] } } },
    })
    assert.deepEqual(resolve(made, 'apps/a/x.ts', '~/db'), ['apps/a/src/db.ts'])
    assert.deepEqual(resolve(made, 'apps/b/x.js', '~/db'), ['apps/b/src/db.js'])
    assert.deepEqual(resolve(made, 'x.ts', '~/db'), [])
  })

  it('places configDir of a base at the config that extends it, and survives circles and rubbish', () => {
    const made = model(['app/src/a.ts'], {
      'app/tsconfig.json': { extends: '../base.json' },
      'base.json': '{}',
      'tsconfig.base.json': {
        extends: './tsconfig.circle.json',
        compilerOptions: { paths: { '#/*': [`\${configDir}/src/*`] } },
      },
      'tsconfig.circle.json': { extends: './tsconfig.base.json' },
      'app/sub/tsconfig.json': { extends: '../../tsconfig.base' },
      'bad/tsconfig.json': '{ "compilerOptions": { "paths": 3, "baseUrl": [] }, "extends": 7 ',
    })
    assert.deepEqual(resolve(made, 'app/sub/x.ts', '#/a'), [])
    assert.deepEqual(resolve(made.withChanges({ added: ['/w/app/sub/src/a.ts'] }), 'app/sub/x.ts', '#/a'), [
      'app/sub/src/a.ts',
    ])
    assert.deepEqual(resolve(made, 'bad/x.ts', 'a'), [])
  })
})

describe('resolving by Babel aliases', () => {
  const aliases = `const path = require('path')
    const src = './src'
    module.exports = function (api) {
      api.cache(true)
      return {
        presets: ['module:@react-native/babel-preset'],
        plugins: [
          ['@babel/plugin-proposal-decorators', { legacy: true }],
          ['module-resolver', {
            root: [src],
            extensions: ['.ts'],
            alias: { '@db': './src/db', '@models': path.resolve(__dirname, 'src', 'models'), '^x/(.+)': './nowhere', exact$: './src/one', fs: \`\${src}/fs\` },
          }],
        ],
      }
    }`

  it('reads root and alias from the text', () => {
    const made = model(['src/db/a.ts', 'src/models/b.ts', 'src/one.ts', 'src/fs.ts', 'src/rooted/c.ts'], {
      'babel.config.js': aliases,
    })
    assert.deepEqual(resolve(made, 'app/x.ts', '@db/a'), ['src/db/a.ts'])
    assert.deepEqual(resolve(made, 'app/x.ts', '@models/b'), ['src/models/b.ts'])
    assert.deepEqual(resolve(made, 'app/x.ts', '@modelsb'), [])
    assert.deepEqual(resolve(made, 'app/x.ts', 'exact'), ['src/one.ts'])
    assert.deepEqual(resolve(made, 'app/x.ts', 'exact/a'), [])
    assert.deepEqual(resolve(made, 'app/x.ts', 'fs'), ['src/fs.ts'])
    assert.deepEqual(resolve(made, 'app/x.ts', 'rooted/c'), ['src/rooted/c.ts'])
    assert.deepEqual(made.babelOf('/w/app/x.ts')?.plugins[0], {
      name: '@babel/plugin-proposal-decorators',
      options: { legacy: true },
    })
  })

  it('keeps aliases when another plugin is not static', () => {
    const config = `module.exports = { plugins: [isProd && 'x', ['module-resolver', { alias: { '@db': './src/db', ...more() } }]] }`
    const certain = config.replace(', ...more()', '')
    assert.deepEqual(resolve(model(['src/db/a.ts'], { 'babel.config.js': certain }), 'x.ts', '@db/a'), ['src/db/a.ts'])
    assert.deepEqual(resolve(model(['src/db/a.ts'], { 'babel.config.js': config }), 'x.ts', '@db/a'), [])
  })
})

describe('resolving packages of the workspace', () => {
  const members = {
    'packages/db/package.json': {
      name: '@acme/db',
      exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, './models/*': './src/models/*.ts' },
    },
    'packages/ui/package.json': { name: '@acme/ui', source: 'source/main.ts', main: 'dist/index.js' },
    'packages/plain/package.json': { name: 'plain' },
    'examples/db/package.json': { name: '@acme/example' },
  }
  const files = [
    'packages/db/src/index.ts',
    'packages/db/src/models/Post.ts',
    'packages/ui/source/main.ts',
    'packages/plain/src/index.ts',
    'packages/plain/src/deep.ts',
    'examples/db/index.ts',
  ]

  for (const [form, configs] of Object.entries({
    'npm list': { 'package.json': { workspaces: ['packages/*', '!packages/none'] } },
    'yarn object': { 'package.json': { workspaces: { packages: ['./packages/**'] } } },
    'pnpm list': {
      'pnpm-workspace.yaml':
        'packages:\n  # members\n  - "packages/*" # all\n\n  - \'!packages/none\'\ncatalog:\n  - examples/*\n',
    },
    'pnpm inline': { 'pnpm-workspace.yaml': "packages: ['packages/*']\n" },
  })) {
    it(`finds members (${form})`, () => {
      const made = model(files, { ...members, ...configs })
      const from = 'packages/ui/source/x.ts'
      assert.deepEqual(resolve(made, from, '@acme/db'), ['packages/db/src/index.ts'])
      assert.deepEqual(resolve(made, from, '@acme/db/models/Post'), ['packages/db/src/models/Post.ts'])
      assert.deepEqual(resolve(made, from, '@acme/ui'), ['packages/ui/source/main.ts'])
      assert.deepEqual(resolve(made, from, 'plain'), ['packages/plain/src/index.ts'])
      assert.deepEqual(resolve(made, from, 'plain/deep'), ['packages/plain/src/deep.ts'])
      assert.deepEqual(resolve(made, from, '@acme/example'), [])
      assert.deepEqual(resolve(made, from, '@nozbe/watermelondb'), [])
    })
  }

  it('follows linked dependencies and `imports`', () => {
    const made = model(['libs/db/src/index.ts', 'app/src/db/a.ts', 'app/src/config.ts'], {
      'libs/db/package.json': { name: 'db' },
      'app/package.json': {
        dependencies: { db: 'file:../libs/db' },
        imports: { '#config': './src/config.ts', '#db/*': { default: './src/db/*.ts' } },
      },
    })
    assert.deepEqual(resolve(made, 'app/x.ts', 'db'), ['libs/db/src/index.ts'])
    assert.deepEqual(resolve(made, 'app/x.ts', '#config'), ['app/src/config.ts'])
    assert.deepEqual(resolve(made, 'app/x.ts', '#db/a'), ['app/src/db/a.ts'])
    assert.deepEqual(resolve(made, 'app/x.ts', '#other'), [])
  })
})

describe('projects', () => {
  it('give installed versions before ranges, searching upward', () => {
    const made = model(
      ['a.ts'],
      {
        'package.json': { devDependencies: { realm: '^12.1.0' } },
        'apps/a/package.json': { dependencies: { '@nozbe/watermelondb': '~0.27.1', realm: 'workspace:*' } },
        'apps/b/package.json': { dependencies: { '@nozbe/watermelondb': 'npm:fork@^0.28.0-1' } },
      },
      new Map<string, Record<string, string>>([
        ['/w', { '@nozbe/watermelondb': '0.25.0' }],
        ['/w/apps/a', { realm: '20.0.0' }],
      ]),
    )
    assert.deepEqual(made.project('/w/apps/a/src/x.ts').versions, { '@nozbe/watermelondb': '0.25.0', realm: '20.0.0' })
    assert.equal(made.project('/w/apps/a/src/x.ts').root, '/w/apps/a')
    const ranged = made.withChanges({ installed: new Map() })
    assert.deepEqual(ranged.project('/w/apps/a/x.ts').versions, { '@nozbe/watermelondb': '0.27.1', realm: '12.1.0' })
    assert.deepEqual(ranged.project('/w/apps/b/x.ts').versions, { '@nozbe/watermelondb': '0.28.0-1', realm: '12.1.0' })
    assert.equal(model([]).project('/w/deep/x.ts').root, '/w')
  })

  it('know strictNullChecks only where the workspace or a well-known base says so', () => {
    const strictOf = (tsconfig: unknown, more: Readonly<Record<string, unknown>> = {}) =>
      model([], { 'tsconfig.json': tsconfig, ...more }).project('/w/x.ts').strictNullChecks
    assert.equal(strictOf({ compilerOptions: { strict: true } }), true)
    assert.equal(strictOf({ compilerOptions: { strict: true, strictNullChecks: false } }), false)
    assert.equal(strictOf({}), false)
    assert.equal(strictOf({}, { 'package.json': { devDependencies: { typescript: '^6.0.0' } } }), true)
    assert.equal(strictOf({ extends: '@react-native/typescript-config' }), true)
    assert.equal(strictOf({ extends: 'expo/tsconfig.base' }), false)
    assert.equal(strictOf({ extends: '@unknown/base' }), undefined)
    assert.equal(strictOf({ extends: '@unknown/base', compilerOptions: { strict: false } }), false)
    assert.equal(model([], {}).project('/w/x.js').strictNullChecks, undefined)
  })

  it('give the Babel config and the tsconfig as far as they are known', () => {
    const tsconfig = {
      compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false, target: 'ES2022' },
    }
    const { babel, tsconfig: facts } = model([], {
      'tsconfig.json': tsconfig,
      'package.json': { babel: { presets: ['a'] } },
    }).project('/w/x.ts')
    assert.deepEqual(facts, {
      file: '/w/tsconfig.json',
      experimentalDecorators: true,
      useDefineForClassFields: false,
      target: 'ES2022',
    })
    assert.deepEqual(babel, { file: '/w/package.json', presets: ['a'], plugins: [] })
    const plain = model([]).project('/w/x.ts')
    assert.ok(!('babel' in plain) && !('tsconfig' in plain))
    assert.equal(model([], { 'babel.config.js': 'module.exports = make()' }).project('/w/x.ts').babel, 'unknown')
  })

  it('keep their identity while nothing about them changes', () => {
    const first = model(['a.ts'], { 'package.json': { dependencies: { realm: '1.0.0' } }, 'other/package.json': {} })
    const before = first.project('/w/a.ts')
    assert.equal(first.project('/w/deep/b.ts'), before)
    const second = first.withChanges({
      added: ['/w/b.ts'],
      configs: new Map([['/w/other/package.json', '{"name":"x"}']]),
    })
    assert.equal(second.project('/w/a.ts'), before)
    const third = second.withChanges({ configs: new Map([['/w/package.json', '{"dependencies":{"realm":"2.0.0"}}']]) })
    assert.deepEqual(third.project('/w/a.ts').versions, { realm: '2.0.0' })
    assert.deepEqual(before.versions, { realm: '1.0.0' })
  })
})

describe('a changed model', () => {
  it('answers anew, while the old one stays as it was', () => {
    const before = model(['a.ts'], { 'tsconfig.json': { compilerOptions: { paths: { '@/*': ['./*'] } } } })
    assert.deepEqual(resolve(before, 'x.ts', './b'), [])
    assert.deepEqual(resolve(before, 'x.ts', '@/a'), ['a.ts'])
    const after = before.withChanges({ added: ['/w/b.ts', '/w/readme.md'], removed: ['/w/a.ts'] })
    assert.deepEqual(resolve(after, 'x.ts', './b'), ['b.ts'])
    assert.deepEqual(resolve(after, 'x.ts', '@/a'), [])
    assert.ok(!after.has('/w/readme.md'))
    assert.deepEqual(resolve(before, 'x.ts', '@/a'), ['a.ts'])
    const without = after.withChanges({ configs: new Map([['/w/tsconfig.json', undefined]]) })
    assert.deepEqual(resolve(after, 'x.ts', '@/b'), ['b.ts'])
    assert.deepEqual(resolve(without, 'x.ts', '@/b'), [])
  })
})
