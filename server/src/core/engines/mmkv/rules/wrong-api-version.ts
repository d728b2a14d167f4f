// Code uses what the installed version of react-native-mmkv does not have.
import type { Evidence, Rule } from '../../../rules/rule.ts'
import type { Span } from '../../../text/span.ts'
import { isAtLeast } from '../../../text/version.ts'
import { isTestFile } from '../files.ts'
import type { CodeOfFile } from '../types.ts'
import { has, members, packageName, values, versionIn } from '../versions/api.ts'
import { type ApiUse, apiUses } from '../versions/api-uses.ts'
import { isMocked } from '../versions/is-mocked.ts'
import { isByteArray } from '../versions/migrate-buffers.ts'
import { migrations } from '../versions/migrate-workspace.ts'
import { whyMissing } from '../versions/missing-in-version.ts'

interface Data {
  readonly code: CodeOfFile
  readonly version: string
}

/** What TypeScript says of names that are types only, that do not exist, and of arguments that do not fit. */
const typescriptCodes = ['TS2693', 'TS2339', 'TS2551', 'TS2322', 'TS2345', 'TS2305', 'TS2724']

const storage = (library: string, code: string) => ({
  'src/storage.js': `${library}\n${code}\n`,
})
const four = { versions: { [packageName]: '4.3.2' } }
const three = { versions: { [packageName]: '3.3.3' } }

export const wrongApiVersion: Rule<CodeOfFile, Data> = {
  id: 'mmkv/wrong-api-version',
  severity: 'error',
  on: 'code',
  docs: {
    what: 'JavaScript uses what the installed version of react-native-mmkv does not have: `new MMKV()`, `.delete()` or `Mode` with version 4, `createMMKV()` or `.remove()` with version 3, and so on. (In TypeScript the compiler says so; the fix is offered on its errors.)',
    why: 'The app stops when it loads the file, or at the first call.',
    fix: 'Moves the file, or every file that needs it, to the installed version: imports, instances, removed keys, modes, encryption and buffers. After a move to version 4, try an app with an encrypted store on an Android phone before you release: some were reported unreadable.',
  },
  *check(code) {
    const version = versionIn(code.project)
    if (version === undefined || code.scope.isBroken(code.file)) return
    if (/\.[cm]?jsx?$/.test(code.file)) yield* missing(code, version)
    else yield* saidByTypeScript(code, version)
  },
  fix: ({ data: { code, version } }, context) => migrations(code, code.file, version, context),
  examples: [
    {
      name: 'the class of version 3 with version 4',
      project: four,
      files: storage(
        "import { MMKV } from 'react-native-mmkv'",
        `
export const storage = new MMKV({ id: 'app' })
//                         ^^^^ Create instances with createMMKV()`,
      ),
      fixed: storage(
        "import { createMMKV } from 'react-native-mmkv'",
        "\nexport const storage = createMMKV({ id: 'app' })",
      ),
    },
    {
      name: 'removed keys, a mode, and what is required',
      project: four,
      files: storage(
        "const { MMKV, Mode } = require('react-native-mmkv')",
        `
const storage = new MMKV({ id: 'app', mode: Mode.MULTI_PROCESS })
//                  ^^^^
//                                          ^^^^^^^^^^^^^^^^^^ Write 'multi-process'
exports.signOut = () => storage.delete('token')
//                              ^^^^^^ calling it throws. Use "remove"`,
      ),
    },
    {
      name: 'all of it in other files',
      project: four,
      files: {
        ...storage(
          "import { createMMKV } from 'react-native-mmkv'",
          `
export const storage = createMMKV()
export const cache = new Map()`,
        ),
        'src/sign-out.js': `import { cache, storage } from './storage'

export function signOut() {
  cache.delete('token')
  storage.delete('token')
  //      ^^^^^^ Use "remove"
}
`,
      },
      fixed: {
        'src/sign-out.js': `import { cache, storage } from './storage'

export function signOut() {
  cache.delete('token')
  storage.remove('token')
}
`,
      },
    },
    {
      name: 'version 4 with version 3',
      project: three,
      files: storage(
        "import { createMMKV } from 'react-native-mmkv'",
        `
export const storage = createMMKV()
//                     ^^^^^^^^^^ which came with 4.0`,
      ),
      fixed: storage("import { MMKV } from 'react-native-mmkv'", '\nexport const storage = new MMKV()'),
    },
    {
      name: 'a class that extends, and a newer member than is installed',
      project: { versions: { [packageName]: '4.0.1' } },
      files: storage(
        "import { createMMKV, MMKV } from 'react-native-mmkv'",
        `
export class Storage extends MMKV {}
//                           ^^^^ has no class "MMKV"
export const storage = createMMKV()
export const bytes = storage.byteSize
//                           ^^^^^^^^ came with react-native-mmkv 4.2, and 4.0.1 is installed: it is always undefined`,
      ),
    },
    {
      name: 'other things with delete, a file for both versions, TypeScript, mocks',
      project: four,
      files: {
        ...storage(
          "import * as mmkv from 'react-native-mmkv'",
          `
export const storage = mmkv.createMMKV ? mmkv.createMMKV() : new mmkv.MMKV()
export const other = new Map()
export const clear = unknown => [other, new Set(), new FormData(), unknown].forEach(one => one.delete('a'))
export const drop = () => other.delete('a')`,
        ),
        'src/typed.ts': "import { MMKV } from 'react-native-mmkv'\n\nexport const storage = new MMKV()\n",
        'src/__mocks__/react-native-mmkv.js': 'export class MMKV { delete() {} }\n',
        'src/storage.test.js':
          "import { MMKV } from 'react-native-mmkv'\n\njest.spyOn(MMKV.prototype, 'delete')\nnew MMKV().delete('a')\n",
      },
    },
    {
      name: 'an unknown version, and one of its own time',
      project: { versions: { [packageName]: '1.6.3' } },
      files: storage("import { MMKV } from 'react-native-mmkv'", "\nnew MMKV().delete('a')"),
    },
  ],
}

function* missing(code: CodeOfFile, version: string): Generator<Evidence<Data>> {
  const { file, scope } = code
  const isTest = isTestFile(scope, file)
  const uses = apiUses(code, file, name => Object.hasOwn(members, name))
  for (const use of uses) {
    const message = whyMissing(use, version, uses)
    // Tests work with mocks, which have what they please.
    if (message === undefined || (isTest && (use.kind !== 'value' || isMocked(scope)))) continue
    yield { at: { file, span: use.at }, message, data: { code, version } }
  }
}

/** Places where the compiler reports what our fix mends. */
function* saidByTypeScript(code: CodeOfFile, version: string): Generator<Evidence<Data>> {
  const { file } = code
  const uses = apiUses(code, file, name => Object.hasOwn(members, name) || name === 'getBuffer' || name === 'set')
  const isOld = (use: ApiUse) => whyMissing(use, version, []) !== undefined || isOfBytes(code, version, use)
  const spans = [...uses.filter(isOld).map(use => use.at), ...importedNames(code, version)]
  for (const span of spans)
    yield {
      at: { file, span },
      message: `Written for another version of react-native-mmkv than ${version}.`,
      saidBy: typescriptCodes,
      data: { code, version },
    }
}

/** True for reads and writes of buffers, which are of another type since version 3. */
function isOfBytes({ scope, file }: CodeOfFile, version: string, use: ApiUse): boolean {
  if (use.kind !== 'member' || !isAtLeast(version, '3.0')) return false
  const value = use.name === 'set' ? use.call?.args[1] : undefined
  return use.name === 'getBuffer' || (value !== undefined && isByteArray(scope, { value, file }))
}

function* importedNames({ file, scope }: CodeOfFile, version: string): Generator<Span> {
  for (const imp of scope.module(file)?.imports ?? []) {
    if (imp.from !== packageName) continue
    for (const { name, local, at } of imp.names) {
      if (name === 'MMKVConfiguration') yield at
      // The types of that name are there in every version.
      if (imp.typeOnly || scope.binding(file, local)?.import?.typeOnly) continue
      if (Object.hasOwn(values, name) && !has(version, values[name]!)) yield at
    }
  }
}
