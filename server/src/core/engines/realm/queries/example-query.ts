// The app around an example of a rule about queries: people with dogs.
import type { Example } from '../../../rules/rule.ts'
import { realm12, realmApp } from '../example-app.ts'

const classes: Readonly<Record<string, string>> = {
  Person: `primaryKey: '_id',
properties: {
  _id: 'objectId',
  name: 'string',
  nick: 'string?',
  age: 'int',
  active: 'bool',
  born: 'date',
  fullTitle: { type: 'string', mapTo: 'full_title' },
  tags: 'string[]',
  best: 'Person?',
  dogs: 'Dog[]',
},`,
  Dog: `properties: {
  name: 'string',
  weight: 'int',
  owners: { type: 'linkingObjects', objectType: 'Person', property: 'dogs' },
},`,
}

const head = `import type Realm from 'realm'

export function look(realm: Realm, text: string, ids: string[], person: { name: string }) {
`

/** An example whose file `src/people.ts` has `body` in a function with `realm`, `text`, `ids` and `person`. */
export function queryExample(
  name: string,
  body: string,
  fixed?: string,
  project: Example['project'] = realm12,
): Example {
  const file = (inside: string) => ({ 'src/people.ts': `${head}${inside}\n}\n` })
  return {
    name,
    ...(project && { project }),
    files: { ...realmApp({ classes }), ...file(body) },
    ...(fixed !== undefined && { fixed: file(fixed) }),
  }
}
