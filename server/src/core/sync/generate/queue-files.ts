// `index.ts` of a layer with an outbox: where the app's own modules meet the sync.
import type { LayerFile, SyncPlan, SyncSchema } from './layer.ts'
import { templateFiles } from './template-files.ts'

/** What the store adds to the file. */
export interface StoreParts {
  /** Import lines. */
  readonly imports: string
  /** The options that the app gives. */
  readonly option: string
  /** What is handed on of them. */
  readonly given: string
  /** Helpers at the end of the file. */
  readonly after?: string
}

/** The file with what it imports of the core; it is the app's own once it is written. */
export function indexFiles(_plan: SyncPlan, { packages }: SyncSchema, parts: StoreParts): readonly LayerFile[] {
  const hasExpoNetwork = packages.includes('expo-network') && !packages.includes('@react-native-community/netinfo')
  const random = randomOf(packages)
  const imports = [
    hasExpoNetwork
      ? "import * as ExpoNetwork from 'expo-network'"
      : "import NetInfo from '@react-native-community/netinfo'",
    random.import,
    "import { AppState } from 'react-native'",
    ...parts.imports.split('\n').filter(line => !line.includes("'./")),
  ]
  const own = parts.imports.split('\n').filter(line => line.includes("'./"))
  const text = `// The app's sync: make one when a user has signed in, share it with the background task, and end it at logout.
${imports.join('\n')}
import { appStateActivity } from './core/app-state-activity'
${hasExpoNetwork ? "import { expoNetwork } from './core/expo-network'" : "import { netInfoNetwork } from './core/net-info-network'"}
${own.map(line => `${line}\n`).join('')}import { systemClock } from './core/system-clock'
import type { Auth } from './core/types'
import { uuidV7 } from './core/uuid-v7'
import { type AppSync, createAppSync } from './create-app-sync'
import { createAppRemote, type RemoteOptions } from './remote'
${random.declaration}
export interface StartOptions {
${parts.option}
  readonly userId: string
  /** \`token\` gives the token that requests carry; \`refresh\` renews it when the server has refused it. */
  readonly auth: Auth & Pick<RemoteOptions, 'token'>
}

const net = ${hasExpoNetwork ? 'expoNetwork(ExpoNetwork)' : 'netInfoNetwork(NetInfo)'}

/** Makes the user's sync and starts it. */
export async function startSync(options: StartOptions): Promise<AppSync> {
  const { userId, auth } = options
  const sync = createAppSync({
    ${parts.given}
    userId,
    auth,
    net,
    clock: systemClock,
    app: appStateActivity(AppState),
    newId: () => uuidV7(Date.now(), ${random.expression}),
    remote: createAppRemote({ token: auth.token }),
  })
  await sync.start()
  return sync
}

export type { AppSync } from './create-app-sync'
${parts.after ?? ''}`
  return [
    ...templateFiles(
      'app-state-activity.ts',
      hasExpoNetwork ? 'expo-network.ts' : 'net-info-network.ts',
      'system-clock.ts',
      'uuid-v7.ts',
    ),
    { path: 'index.ts', text, followsSchema: false },
  ]
}

/** The packages that the file imports. */
export function indexPackages(packages: readonly string[]): readonly string[] {
  const hasExpoNetwork = packages.includes('expo-network') && !packages.includes('@react-native-community/netinfo')
  return [hasExpoNetwork ? 'expo-network' : '@react-native-community/netinfo', randomOf(packages).package]
}

/** Where random bytes come from: without a package, React Native has none that are good enough for ids. */
function randomOf(packages: readonly string[]) {
  const isExpo = packages.includes('expo-crypto') || packages.includes('expo')
  return isExpo && !packages.includes('react-native-get-random-values')
    ? {
        package: 'expo-crypto',
        import: "import { getRandomValues } from 'expo-crypto'",
        expression: 'getRandomValues',
        declaration: '',
      }
    : {
        package: 'react-native-get-random-values',
        import: "import 'react-native-get-random-values'",
        expression: 'bytes => crypto.getRandomValues(bytes)',
        declaration:
          '\n/** What the package above gives. */\ndeclare const crypto: { getRandomValues(bytes: Uint8Array): Uint8Array }\n',
      }
}
