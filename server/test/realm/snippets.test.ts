// Every Realm snippet, left at its defaults, is code that the engine reads and has nothing to say against.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { realm12, realmApp } from '../../src/core/engines/realm/example-app.ts'
import { expandSnippet } from '../../testkit/expand-snippet.ts'
import { appRoot, runApp } from '../../testkit/run-example.ts'

interface Snippet {
  readonly prefix: string
  readonly description: string
  readonly body: readonly string[]
}

/** Where a snippet is typed: the app around it, the file it lands in, and a name that must be read from it. */
interface Home {
  readonly files: (code: string) => Readonly<Record<string, string>>
  readonly file: string
  readonly reads: string
}

const snippets: readonly Snippet[] = Object.values(
  JSON.parse(readFileSync(new URL('../../../snippets/realm.json', import.meta.url), 'utf8')),
)

const task = `properties: {
  title: 'string',
  createdAt: 'date',
  project: 'Project?',
},`
const project = `properties: {
  name: 'string',
},`
const schemaFile = 'src/db/schema.ts'
const realmFile = 'src/db/realm.ts'
const classes = { Task: task, Project: project }

const property = (reads: string, of: 'Task' | 'Project' = 'Task'): Home => ({
  files: code =>
    realmApp({ classes: { ...classes, [of]: classes[of].replace('properties: {', `properties: {\n  ${code}`) } }),
  file: schemaFile,
  reads,
})
const file = (path: string, reads: string, files: Readonly<Record<string, string>> = {}): Home => ({
  files: code => ({ ...realmApp({ classes }), ...files, [path]: code }),
  file: path,
  reads,
})
const imported = (name: string): Readonly<Record<string, string>> => ({
  [realmFile]: `import Realm from 'realm'
import { ${name} } from './schema'

export const openRealm = () => Realm.open({ schema: [${name}], schemaVersion: 1 })
`,
})
const inFunction = (reads: string): Home => ({
  files: code => ({
    ...realmApp({ classes: { Task: "properties: {\n  title: 'string',\n}," } }),
    'src/work.ts': `import { openRealm } from './db/realm'

export async function work(text: string) {
  const realm = await openRealm()
${code}
}
`,
  }),
  file: 'src/work.ts',
  reads,
})

const homes: Readonly<Record<string, Home>> = {
  'realm-schema': file(schemaFile, 'TaskSchema', imported('TaskSchema')),
  'realm-class': file(schemaFile, 'createdAt', imported('Task')),
  'realm-embedded': {
    files: code => {
      const app = realmApp({ classes: { Task: task.replace("'Project?'", "'Address'") } })
      return {
        ...app,
        [schemaFile]: `${app[schemaFile]}\n${code}`,
        [realmFile]: app[realmFile]!.replaceAll('TaskSchema', 'TaskSchema, AddressSchema'),
      }
    },
    file: schemaFile,
    reads: 'street',
  },
  'realm-property': {
    files: code => realmApp({ classes: { Task: `properties: {\n  ${code}\n},` } }),
    file: schemaFile,
    reads: 'title',
  },
  'realm-property-optional': property('doneAt'),
  'realm-property-indexed': property('email'),
  'realm-relation': {
    files: code => realmApp({ classes: { Project: project, Task: `properties: {\n  ${code}\n},` } }),
    file: schemaFile,
    reads: 'project',
  },
  'realm-list': property('projects'),
  'realm-backlinks': property('tasks', 'Project'),
  'realm-config': file(realmFile, 'schemaVersion', {
    [schemaFile]: `import Realm from 'realm'

export const TaskSchema: Realm.ObjectSchema = { name: 'Task', properties: { title: 'string' } }
`,
  }),
  'realm-provider': file(realmFile, 'createRealmContext', {
    [schemaFile]: `import Realm from 'realm'

export const TaskSchema: Realm.ObjectSchema = { name: 'Task', properties: { title: 'string' } }
`,
  }),
  'realm-migration': {
    files: code => realmApp({ classes: { Task: "properties: {\n  title: 'string',\n}," }, version: 2, config: code }),
    file: realmFile,
    reads: 'oldRealm',
  },
  'realm-write': inFunction('create'),
  'realm-query': inFunction('filtered'),
  'realm-use-query': {
    files: code => ({
      ...realmApp({ classes }),
      'src/TaskList.tsx': `import { useQuery } from '@realm/react'

export function useTasks() {
${code}
  return tasks
}
`,
    }),
    file: 'src/TaskList.tsx',
    reads: 'createdAt',
  },
}

describe('realm snippets', () => {
  it('have prefixes of their own, a description, and a home in this test', () => {
    assert.deepEqual(snippets.map(snippet => snippet.prefix).sort(), Object.keys(homes).sort())
    for (const snippet of snippets) assert.ok(snippet.description.length > 10, snippet.prefix)
  })

  for (const { prefix, body } of snippets)
    it(`${prefix} is read, and nothing is found`, () => {
      const { files: around, file: path, reads } = homes[prefix]!
      const files = around(expandSnippet(body))
      const { analyzer } = runApp(files, { project: realm12 })
      const facts = analyzer.facts(`${appRoot}/${path}`)
      assert.ok(facts)
      assert.equal(facts.error, undefined)
      assert.ok(JSON.stringify(facts).includes(`"${reads}"`), `${reads} is not read`)
      const findings = Object.keys(files).flatMap(one => analyzer.findings(`${appRoot}/${one}`))
      assert.deepEqual(
        findings.map(finding => `${finding.rule} in ${finding.file}: ${finding.message}`),
        [],
      )
      assert.equal(analyzer.stores().length, 1)
    })
})
