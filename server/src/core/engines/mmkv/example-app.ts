// The small app around a rule's example, so that an example shows only what it is about.
import type { Example } from '../../rules/rule.ts'

/** The parts of an example app. Each is source text; what is not given is the plainest thing that works. */
export interface MmkvExampleApp {
  /** Installed major; 4 where not said. It decides how instances are made. */
  readonly major?: 2 | 3 | 4
  /** The configuration of `storage`: the inside of `{ … }`; no argument at all where it is not given. */
  readonly config?: string
  /** Code of `src/app.ts` behind `import { storage } from './storage'`. */
  readonly code?: string
  /** Further files by path, or replacements of the ones above. */
  readonly files?: Readonly<Record<string, string>>
}

/** The newest version of each major that the rules are checked against. */
const newest = { 2: '2.12.2', 3: '3.3.3', 4: '4.3.2' } as const

/**
 * The files of an example app: `src/storage.ts` with the instance (`storage`), `src/app.ts` with code that uses it. To be
 * used with the project of the same major, `mmkvProject(major)`.
 */
export function mmkvApp(app: MmkvExampleApp): Record<string, string> {
  const { config } = app
  const given =
    config === undefined ? '' : config.includes('\n') ? `{\n${config.replace(/^\n+|\s+$/g, '')}\n}` : `{ ${config} }`
  const maker = (app.major ?? 4) === 4 ? 'createMMKV' : 'MMKV'
  const open = maker === 'MMKV' ? `new MMKV(${given})` : `createMMKV(${given})`
  return {
    'src/storage.ts': `import { ${maker} } from 'react-native-mmkv'\n\nexport const storage = ${open}\n`,
    ...(app.code !== undefined && {
      'src/app.ts': `import { storage } from './storage'\n\n${app.code.replace(/^\n+|\s+$/g, '')}\n`,
    }),
    ...app.files,
  }
}

/** The project of an app with the newest version of a major, or with the version given. */
export const mmkvProject = (version: 2 | 3 | 4 | string = 4): NonNullable<Example['project']> => ({
  versions: { 'react-native-mmkv': typeof version === 'string' ? version : newest[version] },
})

/** The project of an app with MMKV 4. */
export const mmkv4 = mmkvProject(4)

/** The project of an app with MMKV 3. */
export const mmkv3 = mmkvProject(3)

/** The project of an app with MMKV 2. */
export const mmkv2 = mmkvProject(2)
