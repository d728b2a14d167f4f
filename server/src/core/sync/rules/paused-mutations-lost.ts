// Mutations that waited when the app ended have nothing to run them.
import type { Rule } from '../../rules/rule.ts'
import { methodOf } from '../flow.ts'
import type { CodeOfFile } from '../types.ts'

const persister =
  /^(?:@tanstack\/(?:react-)?query-(?:(?:async-storage|sync-storage)-persister|persist-client(?:-core)?)|@tanstack\/query-persist-client-core)/

/** What tells of mutations, of what runs them, and of how they are stored. */
const names = [
  'useMutation',
  'setMutationDefaults',
  'QueryClient',
  'PersistQueryClientProvider',
  'persistQueryClient',
  'createAsyncStoragePersister',
  'createSyncStoragePersister',
]

const app = (defaults: string) => ({
  'src/client.tsx': `import AsyncStorage from '@react-native-async-storage/async-storage'
import { createAsyncStoragePersister } from '@tanstack/query-async-storage-persister'
import { QueryClient } from '@tanstack/react-query'
import { PersistQueryClientProvider } from '@tanstack/react-query-persist-client'

export const client = new QueryClient()
const persister = createAsyncStoragePersister({ storage: AsyncStorage })
${defaults}
export const App = () => (
  <PersistQueryClientProvider
    client={client}
    persistOptions={{ persister }}
    onSuccess={() => client.resumePausedMutations()}
//                          ^^^^^^^^^^^^^^^^^^^^^ no function
  />
)
`,
  'src/add-note.ts': `import { useMutation } from '@tanstack/react-query'

export const useAddNote = () => useMutation({ mutationKey: ['add-note'], mutationFn: addNote })
`,
})

const good = (defaults: string) => {
  const files = app(defaults)
  return { ...files, 'src/client.tsx': files['src/client.tsx'].replace(/^\/\/ +\^.*\n/m, '') }
}

export const pausedMutationsLost: Rule<CodeOfFile, never> = {
  id: 'sync/paused-mutations-lost',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'Mutations that wait for the network are stored and resumed after a restart, and nothing says by `setMutationDefaults` what runs them.',
    why: 'A function cannot be stored. After a restart each of them fails with "No mutationFn found", and what the person did offline is lost.',
    fix: 'Call `queryClient.setMutationDefaults(key, { mutationFn })` for each key before `resumePausedMutations`.',
  },
  *check({ file, scope, reader }) {
    const resumes = reader
      .code(file)
      .calls.filter(({ call }) => methodOf(call)?.of !== undefined && methodOf(call)?.name === 'resumePausedMutations')
    if (resumes.length === 0) return
    const files = reader.filesNaming(file, names)
    if (reader.filesNaming(file, ['shouldDehydrateMutation']).length > 0) return
    const isStored = files.some(other => scope.module(other)?.imports.some(one => persister.test(one.from)))
    const calls = files.flatMap(other => reader.code(other).calls.map(called => ({ ...called, file: other })))
    const hasDefaults = calls.some(({ call, file: home }) => {
      const name = methodOf(call)?.name
      if (name === 'setMutationDefaults') return true
      if (!call.isNew || name !== 'QueryClient') return false
      const options = call.args[0] && scope.shape({ value: call.args[0], file: home })
      return (
        call.args.length > 0 &&
        (!options?.complete || options.entries.has('defaultOptions') || options.entries.has('mutationCache'))
      )
    })
    const isUsed = calls.some(({ call }) => methodOf(call)?.name === 'useMutation')
    if (!isStored || hasDefaults || !isUsed) return
    for (const { call } of resumes) {
      if (call.callee.kind !== 'member') continue
      yield {
        at: { file, span: call.callee.nameAt },
        message:
          'After a restart a stored mutation has no function any more: it fails with "No mutationFn found", and what was done offline is lost. Give each key one by setMutationDefaults.',
      }
    }
  },
  examples: [
    { name: 'no defaults', files: app('') },
    {
      name: 'with defaults',
      files: good("client.setMutationDefaults(['add-note'], { mutationFn: addNote })\n"),
    },
    {
      name: 'nothing is stored',
      files: {
        'src/client.ts': `import { QueryClient, useMutation } from '@tanstack/react-query'
export const client = new QueryClient()
export const useAddNote = () => useMutation({ mutationFn: addNote })
export const resume = () => client.resumePausedMutations()
`,
      },
    },
  ],
}
