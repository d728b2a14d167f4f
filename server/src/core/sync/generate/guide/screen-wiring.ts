// What the README shows of wiring a layer into an app, where it is the same for all layers.
import { type Guide, hasFile, importPath } from './guide.ts'
import { code, fenced } from './markdown.ts'

export const oneSync =
  'One file beside this folder holds the one sync there is: two at once would race. `stop()` ends it and keeps what waits.'

export const authWords =
  '`auth` tells who is signed in, and gives and renews the token; `refresh` gives false when the person must sign in again.'

/** The beginning of the example that starts the sync. */
export const startText = (guide: Guide): string => `// app-sync.ts
import { type AppSync, type StartOptions, startSync } from '${importPath(guide)}'

let current: Promise<AppSync> | null = null

/** Null while nobody is signed in. */
export const currentSync = async () => current

/** After sign-in, and when the app starts with somebody signed in. */
export function beginSync(options: StartOptions) {
  current ??= startSync(options).catch(error => {
    current = null
    throw error
  })
  return current
}
`

/** The names that differ between layers. */
export interface ScreenWords {
  readonly folder: string
  readonly hook: string
  /** Its file, without the ending. */
  readonly file: string
  /** The field of the status that counts what waits, and how many that are. */
  readonly status: string
  readonly waiting: string
  /** The list of what has failed. */
  readonly failed: string
  /** What a person can do about it. */
  readonly undo: string
  /** What is said where the layer has no screen for conflicts. */
  readonly withoutScreen: string
}

export const nobodyAsked = 'Nobody is asked about a conflict, so there is no screen for one.'

/** The hooks and the screen that the layer has. */
export function screenWiring(guide: Guide, words: ScreenWords): readonly string[] {
  const from = `${importPath(guide)}/${words.folder}`
  const asks = hasFile(guide, `${words.folder}/ConflictScreen.tsx`)
  const text = `// sync-line.tsx
import { Text } from 'react-native'
import type { AppSync } from '${importPath(guide)}'
${asks ? `import { ConflictScreen } from '${from}/ConflictScreen'\n` : ''}import { ${words.hook} } from '${from}/${words.file}'
import { useSyncStatus } from '${from}/use-sync-status'

export function SyncLine({ sync }: { readonly sync: AppSync }) {
  const { phase, ${words.status} } = useSyncStatus(sync)
  const failed = ${words.failed}
  const counted = \`\${${words.waiting}} to send, \${failed.length} failed\`
  return <Text>{\`\${phase}: \${counted}\`}</Text>
}
${
  asks
    ? `
export function Conflicts({ sync }: { readonly sync: AppSync }) {
  return <ConflictScreen sync={sync} />
}
`
    : ''
}`
  return [
    `Show what waits and what has failed: ${code(`${words.hook}(sync)`)} lists it ${words.undo}. ${asks ? withScreen : words.withoutScreen}`,
    fenced('tsx', text),
  ]
}

const withScreen = '`ConflictScreen` lets people decide conflicts; `useConflicts(sync)` is for a screen of your own.'

const expoTask = 'expo-background-task'
const fetchTask = 'react-native-background-fetch'

/** The background task, or what it needs. */
export function backgroundWiring(guide: Guide): readonly string[] {
  const isExpo = hasFile(guide, `background/${expoTask}.ts`)
  if (!isExpo && !hasFile(guide, `background/${fetchTask}.ts`))
    return [
      `For runs in the background, install ${code(expoTask)} or ${code(fetchTask)} and generate the layer again: it brings the task along.`,
    ]
  const call = isExpo ? 'defineBackgroundSync' : 'registerBackgroundSync'
  const text = `// background.ts
import { beginSync, currentSync } from './app-sync'
import type { StartOptions } from '${importPath(guide)}'
import { ${call} } from '${importPath(guide)}/background/${isExpo ? expoTask : fetchTask}'

/** \`restore\` knows who is signed in, also in an app without screens. */
export function allowBackground(restore: () => Promise<StartOptions | null>) {
  return ${call}(async () => {
    const sync = await currentSync()
    if (sync !== null) return sync
    const options = await restore()
    return options === null ? null : beginSync(options)
  })
}
`
  const when = isExpo
    ? "Call this at the top level of the app's entry, as the system may start the app for the task alone; `registerBackgroundSync()` after sign-in, `unregisterBackgroundSync()` at logout."
    : 'Call this after sign-in, and `unregisterBackgroundSync()` at logout.'
  return [when, fenced('ts', text)]
}
