// The snippets for MMKV, and for each of them a small app around the place where it is meant to be typed.
import { readFileSync } from 'node:fs'
import { mmkvApp } from '../../src/core/engines/mmkv/example-app.ts'
import { expandSnippet } from '../expand-snippet.ts'

/** A snippet as VS Code has it. */
export interface MmkvSnippet {
  readonly prefix: string
  readonly description: string
  readonly body: readonly string[]
}

/** Where a snippet is typed: the app around it, the file it lands in, and a name that must be read from it. */
interface Home {
  readonly files: (code: string) => Readonly<Record<string, string>>
  readonly file: string
  readonly reads: string
  readonly major?: 2 | 3
}

/** All snippets of the file. */
export const mmkvSnippets: readonly MmkvSnippet[] = Object.values(
  JSON.parse(readFileSync(new URL('../../../snippets/mmkv.json', import.meta.url), 'utf8')),
)

const config = "id: 'app.settings'"
const alone = (file: string, reads: string): Home => ({ files: code => ({ [file]: code }), file, reads })
const inFile = (reads: string, head = ''): Home => ({
  files: code => mmkvApp({ config, code: `${head}\n${code}` }),
  file: 'src/app.ts',
  reads,
})
const inComponent = (hook: string, reads: string, head = '', from = 'react-native-mmkv'): Home => ({
  files: code =>
    mmkvApp({
      config,
      files: {
        'src/view.tsx': `import { ${hook} } from '${from}'
import { storage } from './storage'
${head}
export function View() {
${code}
  return null
}
`,
      },
    }),
  file: 'src/view.tsx',
  reads,
})

/** By prefix. */
export const mmkvHomes: Readonly<Record<string, Home>> = {
  'mmkv-instance': alone('src/storage.ts', 'app.settings'),
  'mmkv-instance-3': { ...alone('src/storage.ts', 'app.settings'), major: 3 },
  'mmkv-instance-encrypted': alone('src/session.ts', 'AES-256'),
  'mmkv-getters': inFile('getTheme'),
  'mmkv-hook': inComponent('useMMKVString', 'theme'),
  'mmkv-hook-object': inComponent('useMMKVObject', 'profile', 'interface Profile {\n  name: string\n}'),
  'mmkv-json': inFile('readJson'),
  'mmkv-listener': inComponent(
    'useEffect',
    'addOnValueChangedListener',
    'const onThemeChanged = (theme: string | undefined) => console.log(theme)',
    'react',
  ),
  'mmkv-zustand': inFile('createJSONStorage'),
  'mmkv-jotai': inFile('createJSONStorage'),
  'mmkv-redux-persist': inFile('reduxStorage'),
  'mmkv-migrations': inFile('__schemaVersion'),
  'mmkv-jest': alone('jest.setup.js', 'createMMKV'),
}

/** The files of an app in which a snippet was typed and left at its defaults. */
export const mmkvAppWith = ({ prefix, body }: MmkvSnippet): Readonly<Record<string, string>> =>
  mmkvHomes[prefix]?.files(expandSnippet(body)) ?? {}
