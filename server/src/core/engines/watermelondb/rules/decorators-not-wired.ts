// The build does not turn decorators into what the library needs.
import type { Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { type BadSetup, badSetup, mendSetup } from '../models/decorator-setup.ts'
import type { WatermelonStore } from '../types.ts'

const messages: Readonly<Record<BadSetup['kind'], string>> = {
  'no-plugin':
    'The Babel config has no decorators plugin, so the app does not build. Add @babel/plugin-proposal-decorators with legacy: true.',
  'not-legacy':
    "The Babel config does not turn on legacy decorators: the library's decorators throw on import. Give the plugin { legacy: true }.",
  order:
    'The Babel config lists class properties before decorators: fields hide what the decorators make, and nothing is saved. List decorators first.',
  declare:
    'Babel meets "declare" here before TypeScript is taken away, so the app does not build. Write "!:" without declare, or put @babel/plugin-transform-typescript before the decorators.',
  off: 'tsconfig turns experimentalDecorators off, so decorators are compiled in another way and throw on import. Turn it on.',
  define:
    'tsconfig turns on useDefineForClassFields: fields hide what the decorators make, so records show values that are never saved. Turn it off.',
}

const models = { Post: "static table = 'posts'\n@text('title') title!: string" }
const marked = (words: string) => ({
  Post: `static table = 'posts'\n@text('title') title!: string\n^^^^^^^^^^^^^^ ${words}`,
})
const preset = 'module:@react-native/babel-preset'
const config = (plugins: string) => `module.exports = {\n  presets: ['${preset}'],\n  plugins: [${plugins}],\n}\n`
const babel = (plugins: { name: string; options?: Record<string, unknown> }[]) => ({
  babel: { file: '/app/babel.config.js', presets: [preset], plugins },
})
const decorators = '@babel/plugin-proposal-decorators'

export const decoratorsNotWired: Rule<WatermelonStore, BadSetup> = {
  id: 'watermelondb/decorators-not-wired',
  severity: 'error',
  on: 'store',
  docs: {
    what: 'The Babel config (or, on the web without one, tsconfig) does not compile decorators as the library needs: legacy decorators, without define semantics for class fields.',
    why: 'The app does not build or throws on import. Worse, with define semantics records show the value that was set while the database stores an empty one.',
    fix: 'Adds the decorators plugin with `legacy: true`, or corrects the option. The plugin must be installed too.',
  },
  *check(store) {
    const { project } = store
    if (project.babel === 'unknown' || (!project.babel && !project.tsconfig)) return
    const bound = () =>
      store.models
        .filter(model => model.project === project)
        .flatMap(model => model.members)
        .filter(member => member.binding?.name && member.fact.kind === 'property')
    const isWeb = store.adapters.length > 0 && store.adapters.every(adapter => adapter.kind === 'loki')
    const bad = badSetup(project, () => bound().some(member => member.fact.isDeclare), isWeb)
    if (!bad) return
    const member = bound().find(one => bad.kind !== 'declare' || one.fact.isDeclare)
    if (!member?.binding) return
    yield {
      at: member.binding.at,
      message: messages[bad.kind],
      related: [{ at: { file: bad.file, span: { start: 0, end: 0 } }, message: 'The config' }],
      data: bad,
    }
  },
  fix({ data }, context) {
    const edit = mendSetup(data, context)
    const title = data.kind === 'no-plugin' ? 'Add the decorators plugin to the Babel config' : 'Correct the config'
    return edit && { title, safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'no plugin',
      project: babel([]),
      files: exampleApp({ models: marked('no decorators plugin') }),
    },
    {
      name: 'not legacy',
      project: babel([{ name: decorators, options: { version: '2023-05' } }]),
      files: exampleApp({ models: marked('legacy decorators') }),
    },
    {
      name: 'class properties first',
      project: babel([
        { name: '@babel/plugin-transform-class-properties', options: { loose: true } },
        { name: decorators, options: { legacy: true } },
      ]),
      files: exampleApp({ models: marked('nothing is saved') }),
    },
    {
      name: 'declare',
      project: babel([{ name: decorators, options: { legacy: true } }]),
      files: exampleApp({
        models: {
          Post: "static table = 'posts'\n@text('title') declare title: string\n^^^^^^^^^^^^^^ before TypeScript",
        },
      }),
    },
    {
      name: 'the web, with define semantics',
      project: {
        tsconfig: { file: '/app/tsconfig.json', experimentalDecorators: true, useDefineForClassFields: true },
      },
      files: {
        ...exampleApp({ models: marked('never saved') }),
        'src/db/index.ts': exampleApp({ models })
          ['src/db/index.ts']!.replace(/SQLiteAdapter/g, 'LokiJSAdapter')
          .replace('adapters/sqlite', 'adapters/lokijs'),
      },
    },
    {
      name: 'what is right',
      project: babel([{ name: decorators, options: { legacy: true } }]),
      files: { ...exampleApp({ models }), 'babel.config.js': config(`['${decorators}', { legacy: true }]`) },
    },
    {
      name: 'a preset that brings decorators along',
      project: { babel: { file: '/app/babel.config.js', presets: ['babel-preset-expo'], plugins: [] } },
      files: exampleApp({ models }),
    },
    { name: 'a config that cannot be read', project: { babel: 'unknown' }, files: exampleApp({ models }) },
  ],
}
