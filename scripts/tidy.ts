// The walls of the house as a test: which room may import which, and that every file has a room.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Rooms from the most particular to the widest; the first that fits a path is its room. */
const rooms: readonly { readonly room: string; readonly path: RegExp; readonly may: readonly (string | RegExp)[] }[] = [
  { room: 'shared', path: /^shared\//, may: ['shared', 'zod'] },
  // What is written into apps: it knows nothing of us.
  {
    room: 'template',
    path: /^server\/templates\//,
    may: [
      'template',
      'react',
      'react-native',
      'react-native-background-fetch',
      'expo-background-task',
      'expo-task-manager',
      'zod',
      'realm',
      'graphql',
      /^@nozbe\/watermelondb/,
      /^node:(?:fs|path)$/,
      /^@apollo\/client/,
    ],
  },
  { room: 'text', path: /^server\/src\/core\/text\//, may: ['text'] },
  { room: 'source', path: /^server\/src\/core\/source\//, may: ['source', 'text', 'ts-morph', 'facts:types'] },
  { room: 'facts', path: /^server\/src\/core\/facts\//, may: ['facts', 'source', 'text', 'ts-morph'] },
  { room: 'sql', path: /^server\/src\/core\/sql\//, may: ['sql', 'text', 'sqlite3-parser', '@preact/signals-core'] },
  {
    room: 'write',
    path: /^server\/src\/core\/write\//,
    may: [
      'write',
      'facts:types',
      'source:types',
      'catalog:types',
      'contract:types',
      'text',
      'ts-morph',
      'jsonc-parser',
    ],
  },
  {
    room: 'catalog',
    path: /^server\/src\/core\/catalog\//,
    may: ['catalog', 'facts', 'source', 'text', 'baseline:types', 'sql:types', '@preact/signals-core'],
  },
  { room: 'baseline', path: /^server\/src\/core\/baseline\//, may: ['baseline', 'catalog', 'text', 'zod'] },
  {
    room: 'contract',
    path: /^server\/src\/core\/engines\/contract\.ts$/,
    may: ['facts', 'catalog', 'baseline', 'text', 'rule', 'write', 'shared:types', 'sql:types'],
  },
  {
    room: 'plans',
    path: /^server\/src\/core\/sync\/generate\/config-plans\.ts$/,
    may: ['engine:types', 'contract:types', 'settings', 'text', 'write', 'jsonc-parser'],
  },
  {
    room: 'engine',
    path: /^server\/src\/core\/sync\/generate\//,
    may: [
      'engine:own',
      'plans',
      'contract',
      'shared:types',
      'catalog',
      'text',
      'write',
      'settings',
      'ts-morph',
      'jsonc-parser',
    ],
  },
  {
    room: 'engine',
    path: /^server\/src\/core\/(?:engines\/(\w+)|sync)\//,
    may: [
      'engine:own',
      'contract',
      'shared:types',
      'sql',
      'source',
      'facts',
      'catalog',
      'baseline',
      'text',
      'write',
      'rule',
      'ts-morph',
      '@preact/signals-core',
    ],
  },
  { room: 'registry', path: /^server\/src\/core\/rules\/all\.ts$/, may: [/.*/] },
  {
    room: 'rule',
    path: /^server\/src\/core\/rules\//,
    may: ['rule', 'facts', 'text', 'write', 'catalog:types', 'baseline:types'],
  },
  { room: 'gates', path: /^server\/src\/core\/gates\//, may: ['gates', 'facts', 'source', 'text', 'shared', 'zod'] },
  { room: 'settings', path: /^server\/src\/core\/settings\.ts$/, may: ['zod'] },
  {
    room: 'answers',
    path: /^server\/src\/core\/answers\//,
    may: ['answers', 'catalog', 'contract:types', 'baseline:types', 'rule:types', 'sql:types', 'write', 'text'],
  },
  {
    room: 'views',
    path: /^server\/src\/core\/views\//,
    may: ['views', 'catalog:types', 'baseline', 'text', 'shared', '@dagrejs/dagre'],
  },
  {
    room: 'analyze',
    path: /^server\/src\/core\/(?:analyze|read-stores)\.ts$/,
    may: ['facts', 'catalog', 'contract', 'baseline', 'rule', 'text', 'sql', '@preact/signals-core'],
  },
  {
    room: 'program',
    path: /^server\/src\/program\.ts$/,
    may: ['registry', 'analyze', 'contract', 'rule', 'settings', 'sql:types'],
  },
  { room: 'mend', path: /^server\/src\/core\/mend\.ts$/, may: ['analyze', 'rule', 'text'] },
  {
    room: 'host',
    path: /^server\/src\/host\//,
    may: [
      'host',
      'gates',
      'plans',
      'shared:types',
      'analyze',
      'catalog',
      'baseline',
      'facts',
      'text',
      'sql',
      'settings',
      'contract',
      'rule',
      '@sqlite.org/sqlite-wasm',
      /\/package\.json$/,
      /^node:/,
      'ignore',
      'jsonc-parser',
      'vscode-uri',
      'zod',
      'ts-morph',
    ],
  },
  {
    room: 'lsp',
    path: /^server\/src\/lsp\//,
    may: [
      'lsp',
      'gates',
      'answers',
      'views',
      'mend',
      'program',
      'analyze',
      'host',
      'shared',
      'rule',
      'registry',
      'settings',
      'text',
      'catalog',
      'baseline',
      'contract',
      'sql:types',
      'facts',
      /^vscode-/,
      /^node:/,
      'zod',
    ],
  },
  {
    room: 'cli',
    path: /^server\/src\/cli\//,
    may: [
      'cli',
      'gates',
      'views',
      'shared',
      'mend',
      'program',
      'analyze',
      'host',
      'lsp',
      'rule',
      'registry',
      'settings',
      'text',
      'catalog',
      'baseline',
      /^node:/,
    ],
  },
  {
    room: 'door',
    path: /^server\/src\/(server|cli)\.ts$/,
    may: ['lsp', 'cli', 'program', 'registry', 'host', /^node:/],
  },
  { room: 'client', path: /^client\/src\//, may: ['client', 'shared', 'vscode', /^vscode-languageclient/, /^node:/] },
  { room: 'webview', path: /^client\/webview\//, may: ['webview', 'shared:types'] },
  { room: 'test', path: /^(client\/test|server\/test|server\/testkit|scripts|bench)\//, may: [/.*/] },
]

interface Import {
  readonly specifier: string
  readonly typeOnly: boolean
}

const problems: string[] = []
const root = path.join(path.dirname(new URL(import.meta.url).pathname), '..')
const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.ts', '*.mts'], {
  cwd: root,
  encoding: 'utf8',
})
const files = listed
  .split('\0')
  .filter(file => file && !file.startsWith('examples/') && existsSync(path.join(root, file)))

for (const file of files) check(file)
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exit(1)
console.log(`${files.length} files are in their rooms.`)

function check(file: string): void {
  const room = rooms.find(one => one.path.test(file))
  if (!room) {
    problems.push(`${file}: this file has no room`)
    return
  }
  const text = readFileSync(path.join(root, file), 'utf8')
  if (room.room !== 'test' && !/^(#!.*\n)?(\/\/|\/\*)/.test(text))
    problems.push(`${file}: the first line says what the file is for`)
  if (room.room !== 'registry' && text.split('\n').length > 500) problems.push(`${file}: longer than 500 lines`)
  for (const one of importsOf(text)) {
    const target = roomOf(file, one.specifier)
    const ok = room.may.some(may =>
      typeof may === 'string'
        ? may === target || (may === `${target}:types` && one.typeOnly) || may === one.specifier
        : may.test(one.specifier),
    )
    const ownEngine =
      target === 'engine' &&
      room.may.includes('engine:own') &&
      engineOf(file) === engineOf(resolve(file, one.specifier))
    if (!ok && !ownEngine) problems.push(`${file}: ${room.room} may not import ${one.specifier}`)
  }
}

/** Imports stand at the head of a file; what looks like one further down is text in a template. Dynamic ones are relative. */
function importsOf(text: string): Import[] {
  const head =
    /^(?:#!.*\n|\/\/.*\n|\/\*[\s\S]*?\*\/\s*\n|\s*\n|(?:import|export)\s(?:[^'"`;]*?\bfrom\s*)?['"][^'"]+['"];?\n)*/.exec(
      text,
    )?.[0] ?? ''
  const fixed = [...head.matchAll(/^(?:import|export)\s+(type\s)?(?:[^'"=]*\bfrom\s*)?['"]([^'"]+)['"]/gm)]
  const lazy = [...text.matchAll(/\bimport\(['"](\.[^'"]+)['"]\)/g)]
  return [
    ...fixed.map(found => ({ specifier: found[2]!, typeOnly: found[1] !== undefined })),
    ...lazy.map(found => ({ specifier: found[1]!, typeOnly: false })),
  ]
}

function resolve(file: string, specifier: string): string {
  return path.posix.join(path.posix.dirname(file), specifier)
}

function roomOf(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier
  const target = resolve(file, specifier)
  return rooms.find(one => one.path.test(target))?.room ?? `nowhere (${target})`
}

function engineOf(file: string): string | undefined {
  return /core\/(?:engines\/)?(\w+)\//.exec(file)?.[1]
}
