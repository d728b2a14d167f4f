// `npm run new-rule <engine>/<id> [subject]`: writes the file of a new rule, whose examples fail until it is written, and
// brings the generated files up to date.
import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { engineRooms } from './generate-registry.ts'

/** What rules of WatermelonDB are asked about: its type, where that is declared, what of it `check` takes, and how to find a place in it. */
const subjects: Readonly<Record<string, { type: string; from: string; takes: string; find: string }>> = {
  store: { type: 'WatermelonStore', from: '../types.ts', takes: 'store', find: 'const at = store.schema?.at' },
  table: { type: 'TableInStore', from: '../types.ts', takes: '{ table }', find: 'const at = table.name.at' },
  columns: {
    type: 'ColumnsInStore',
    from: '../column-lists.ts',
    takes: '{ list }',
    find: 'const at = list.columns[0]?.name.at',
  },
  model: { type: 'ModelInStore', from: '../types.ts', takes: '{ model }', find: 'const at = model.nameAt' },
  code: {
    type: 'CodeOfFile',
    from: '../types.ts',
    takes: 'code',
    find: 'const [site] = code.sites()\n    const at = site && { file: site.call.file, span: site.call.value.at }',
  },
}

const root = path.join(import.meta.dirname, '..')
const core = path.join(root, 'server/src/core')
const [id = '', subject = 'table'] = process.argv.slice(2)

const problem = whyNot(id, subject)
if (problem !== undefined) {
  console.error(problem)
  process.exitCode = 2
} else {
  const file = fileOf(id)
  writeFileSync(file, ruleText(id, subject))
  console.log(`wrote ${path.relative(process.cwd(), file)}`)
  execFileSync(process.execPath, ['--import', 'tsx', path.join(root, 'scripts/generate.ts')], { stdio: 'inherit' })
  console.log(`\nNow write the rule. Its tests: npx mocha server/test/rules/examples.test.ts -g ${id}`)
}

function whyNot(rule: string, on: string): string | undefined {
  const [engine = '', name] = rule.split('/')
  const known = engineRooms().map(room => path.basename(room))
  if (!/^[a-z]+\/[a-z]+(?:-[a-z]+)*$/.test(rule) || name === undefined)
    return 'Usage: npm run new-rule <engine>/<id> [subject], with an id in kebab-case.'
  if (!known.includes(engine)) return `There is no engine "${engine}". Engines: ${known.join(', ')}.`
  if (!(on in subjects)) return `There is no subject "${on}". Subjects: ${Object.keys(subjects).join(', ')}.`
  return existsSync(fileOf(rule)) ? `${rule} exists already.` : undefined
}

function fileOf(rule: string): string {
  const [engine = '', name = ''] = rule.split('/')
  return path.join(core, engine === 'sync' ? 'sync' : `engines/${engine}`, 'rules', `${name}.ts`)
}

/** The text of a rule that reports nothing yet, with an example that wants it to report. */
function ruleText(rule: string, on: string): string {
  const name = rule.slice(rule.indexOf('/') + 1)
  const constant = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
  const { type, from, takes, find } = subjects[on]!
  return `// ${sentence(name)}.
import type { Rule } from '${rule.startsWith('sync/') ? '../..' : '../../..'}/rules/rule.ts'
${imports(type, from).join('\n')}

export const ${constant}: Rule<${type}> = {
  id: '${rule}',
  severity: 'error',
  on: '${on}',
  docs: {
    what: '${sentence(name)}.',
    why: 'What happens on the device of a person who uses the app.',
    fix: 'What the developer does about it.',
  },
  *check(${takes}) {
    ${find}
    if (at) yield { at, message: 'What is wrong, what it does to people, what to do.' }
  },
  examples: [
    {
      name: 'what is reported',
      files: exampleApp({
        schema: \`tableSchema({
  name: 'posts',
  columns: [
    { name: 'title', type: 'string' },
    //      ^^^^^^^ words of the message
  ],
}),\`,
      }),
    },
    { name: 'what is right', files: exampleApp({}) },
  ],
}
`
}

/** In the order that lint wants. */
function imports(type: string, from: string): string[] {
  return [`import { exampleApp } from '../example-app.ts'`, `import type { ${type} } from '${from}'`].sort((a, b) =>
    a.replace(/.* from /, '') < b.replace(/.* from /, '') ? -1 : 1,
  )
}

function sentence(name: string): string {
  const words = name.replaceAll('-', ' ')
  return words[0]!.toUpperCase() + words.slice(1)
}
