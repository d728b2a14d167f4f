// The native side of the app is not set up for the installed version of react-native-mmkv.
import type { NativeSetting } from '../../../catalog/scope.ts'
import type { Evidence, Related, Rule } from '../../../rules/rule.ts'
import type { Span } from '../../../text/span.ts'
import { replaceAt, textAt } from '../edit-text.ts'
import { mmkv3, mmkv4, mmkvApp } from '../example-app.ts'
import type { CodeOfFile } from '../types.ts'
import { packageName } from '../versions/api.ts'
import { addDependency, foundation } from '../versions/foundation.ts'
import { majorOf } from '../versions.ts'

type Data =
  | { readonly kind: 'foundation'; readonly file: string }
  | { readonly kind: 'setting'; readonly title: string; readonly setting: NativeSetting; readonly now: string }

const setUp = {
  dependencies: [packageName, foundation],
  workspaceDependencies: [packageName, foundation],
  nativeSettings: [],
}
const setting = (file: string, name: string, value: string): NativeSetting => {
  const at = { file, span: { start: 0, end: 0 } }
  return { name, value, nameAt: at, valueAt: at }
}
const plist = '/app/ios/Notes/Info.plist'
const gradle = '/app/android/gradle.properties'
const marked = (words: string) => ({
  'src/storage.ts': `import { createMMKV } from 'react-native-mmkv'
//                         ^^^^^^^^^^^^^^^^^^^ ${words}

export const storage = createMMKV()
`,
})

export const missingNativeSetup: Rule<CodeOfFile, Data> = {
  id: 'mmkv/missing-native-setup',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'react-native-mmkv 4 is installed, and `react-native-nitro-modules` is no dependency, or an Info.plist still has the key `AppGroup`. One report for each package, at the import of the first file that opens an instance.',
    why: 'Without Nitro the app stops when it starts. With the old key MMKV looks into another folder on iOS, and all data seems lost.',
    fix: 'Adds the dependency (install it afterwards), or renames the key to `AppGroupIdentifier`.',
  },
  *check(code) {
    const { setup } = code.project
    if (!setup || majorOf(code.project) !== 4 || !opensFirst(code)) return
    const span = code.scope.module(code.file)?.imports.find(({ from }) => from === packageName)?.fromAt
    if (!span) return
    if (setup.dependencies.includes(packageName) && !setup.workspaceDependencies.includes(foundation))
      yield {
        at: { file: code.file, span },
        message: `react-native-mmkv 4 stands on "${foundation}", which no package.json asks for: the app stops when it starts. Add it to the dependencies.`,
        data: { kind: 'foundation', file: `${code.project.root}/package.json` },
      }
    for (const one of setup.nativeSettings) {
      const found = ofAppGroup(one, setup.nativeSettings)
      if (found) yield { ...evidence(code.file, span, one, found), data: { kind: 'setting', setting: one, ...found } }
    }
  },
  fix({ data }, context) {
    if (data.kind === 'foundation') {
      const edit = addDependency(data.file, context.text(data.file))
      return edit && { title: `Add ${foundation} to package.json`, safe: false, edits: [edit] }
    }
    const { setting, now, title } = data
    // The file may have changed since the host read it.
    if (textAt(setting.nameAt, context) !== setting.name) return undefined
    const edit = replaceAt(setting.nameAt, now)
    return { title, safe: false, edits: [edit] }
  },
  examples: [
    {
      name: 'Nitro is missing',
      project: { ...mmkv4, setup: { ...setUp, dependencies: [packageName], workspaceDependencies: [packageName] } },
      files: marked('stands on "react-native-nitro-modules"'),
    },
    {
      name: 'the old key of the app group',
      project: { ...mmkv4, setup: { ...setUp, nativeSettings: [setting(plist, 'AppGroup', 'group.notes')] } },
      files: marked('all data seems lost'),
    },
    {
      name: 'all is set, 32-bit processors (which the releases of 4 support), Nitro is asked for by another package of the workspace',
      project: {
        ...mmkv4,
        setup: {
          dependencies: [packageName],
          workspaceDependencies: [packageName, foundation],
          nativeSettings: [
            setting(plist, 'AppGroup', 'group.notes'),
            setting(plist, 'AppGroupIdentifier', 'group.notes'),
            setting(gradle, 'reactNativeArchitectures', 'armeabi-v7a,arm64-v8a,x86,x86_64'),
            setting(gradle, 'AppGroup', 'x'),
          ],
        },
      },
      files: mmkvApp({}),
    },
    { name: 'no file beside the code', project: mmkv4, files: mmkvApp({}) },
    {
      name: 'version 3',
      project: { ...mmkv3, setup: { ...setUp, nativeSettings: [setting(plist, 'AppGroup', 'group.notes')] } },
      files: mmkvApp({ major: 3 }),
    },
  ],
}

interface Mistake {
  /** The name that it should have. */
  readonly now: string
  readonly title: string
  readonly message: string
}

/** True for the file in which the first instance of its package is opened. */
function opensFirst({ file, project, openings, stores }: CodeOfFile): boolean {
  if (!openings().some(one => !one.isTest)) return false
  const files = stores()
    .filter(store => store.project === project)
    .flatMap(store => store.openings.filter(one => !one.isTest).map(one => one.at.file))
  return files.sort()[0] === file
}

function evidence(file: string, span: Span, setting: NativeSetting, { message }: Mistake): Evidence<Data> {
  const related: Related = { at: setting.nameAt, message: `"${setting.name}" is set here.` }
  return { at: { file, span }, message, related: [related] }
}

function ofAppGroup(one: NativeSetting, all: readonly NativeSetting[]): Mistake | undefined {
  const { file } = one.nameAt
  const name = 'AppGroupIdentifier'
  if (one.name !== 'AppGroup' || !file.endsWith('/Info.plist')) return undefined
  if (all.some(other => other.name === name && other.nameAt.file === file)) return undefined
  return {
    now: name,
    title: `Rename the key AppGroup to ${name} in Info.plist`,
    message: `react-native-mmkv 4 does not read the key "AppGroup" of Info.plist any more: on iOS it looks into another folder, and all data seems lost. Rename the key to "${name}".`,
  }
}
