// A package that asks for version 3 of Apollo Client stands beside version 4.
import type { Rule } from '../../rules/rule.ts'
import { generatedOutbox } from '../generated-layer.ts'
import type { CodeOfFile } from '../types.ts'

/** What each package asks of `@apollo/client` in its peer dependencies. */
const asks: Readonly<Record<string, string>> = {
  'apollo3-cache-persist': '^3.7.17',
  'apollo-link-queue': '^3.2.4',
  'apollo-link-serialize': '^3.3.20',
  'apollo-link-offline': '^3.7.14',
}

const text = `import { AsyncStorageWrapper, persistCache } from 'apollo3-cache-persist'
persistCache({ cache, storage: new AsyncStorageWrapper(AsyncStorage) })
`

export const incompatibleApolloPackage: Rule<CodeOfFile, never> = {
  id: 'sync/incompatible-apollo-package',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'A package for offline work that is made for Apollo Client 3 is used with Apollo Client 4.',
    why: 'It does not compile, or fails when the app runs: none of these packages has a version for Apollo Client 4.',
    fix: 'Keep operations in an outbox of the app, and let Apollo only send them; or stay at Apollo Client 3.',
  },
  *check({ file, scope, project }) {
    const version = project.versions['@apollo/client']
    if (version === undefined || !/^[4-9]\./.test(version)) return
    for (const { from, fromAt, typeOnly } of scope.module(file)?.imports ?? []) {
      const wanted = Object.hasOwn(asks, from) ? asks[from] : undefined
      if (wanted === undefined || typeOnly) continue
      yield {
        at: { file, span: fromAt },
        message: `"${from}" is made for Apollo Client 3 (${wanted}), and ${version} is installed: it does not compile, or fails when the app runs. Keep operations in an outbox of your own.`,
      }
    }
  },
  instead: generatedOutbox,
  examples: [
    {
      name: 'with version 4',
      project: { versions: { '@apollo/client': '4.0.9' } },
      files: {
        'src/cache.ts': text.replace(
          '\n',
          '\n//                                                ^^^^^^^^^^^^^^^^^^^^^^^ made for Apollo Client 3\n',
        ),
      },
    },
    {
      name: 'with version 3',
      project: { versions: { '@apollo/client': '3.13.8' } },
      files: { 'src/cache.ts': text },
    },
    { name: 'no version is known', files: { 'src/cache.ts': text } },
  ],
}
