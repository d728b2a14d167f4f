// Every file that the palette writes for MMKV, judged by the compiler against the real types of its version.
import assert from 'node:assert/strict'
import { filesAfter, scaffold } from '../../testkit/mmkv/scaffold.ts'
import { mmkvAppWith, mmkvHomes, mmkvSnippets } from '../../testkit/mmkv/snippet-homes.ts'
import { needOracle } from '../../testkit/oracle/installed.ts'
import { type MmkvMajor, type TypeProblem, typeProblems } from '../../testkit/oracle/mmkv-types.ts'

type Files = Readonly<Record<string, string>>

const versions: Readonly<Record<MmkvMajor, string>> = { 2: '2.12.2', 3: '3.3.3', 4: '4.3.2' }

/** An app that stores something of every type. */
function app(major: MmkvMajor, ending: string): Files {
  const [maker, opener] = major === 4 ? ['createMMKV', 'createMMKV'] : ['MMKV', 'new MMKV']
  const bytes = major === 2 ? 'new Uint8Array(3)' : 'new ArrayBuffer(3)'
  return {
    [`src/storage.${ending}`]: `import { ${maker} } from 'react-native-mmkv'

export const storage = ${opener}({ id: 'user' })
`,
    [`src/app.${ending}`]: `import AsyncStorage from '@react-native-async-storage/async-storage'
import { storage } from './storage'

storage.set('name', 'Ada')
storage.set('launches', 1)
storage.set('is-dark', true)
storage.set('bytes', ${bytes})
storage.set('profile', JSON.stringify({ name: 'Ada' }))
export const load = () => AsyncStorage.getItem('name')
`,
  }
}

/** The same in the hand of somebody else. */
const inOtherHand = (files: Files): Files =>
  Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      text
        .replaceAll("'", '"')
        .replace(/\)$/gm, ');')
        .replace(/"$/gm, '";')
        .replace(/\{ (\w+) \}/g, '{$1}'),
    ]),
  )

/** What is asked for, and the app that it is asked in. */
function cases(major: MmkvMajor): readonly (readonly [name: string, files: Files])[] {
  const project = { versions: { 'react-native-mmkv': versions[major] } }
  const make = (files: Files, id: string, answers: Record<string, string>) =>
    filesAfter(scaffold(files, project, id, answers))
  const hands: readonly (readonly [string, Files])[] = [
    ['TypeScript', app(major, 'ts')],
    ['JavaScript', app(major, 'js')],
    ['another hand', inOtherHand(app(major, 'ts'))],
  ]
  return hands.flatMap(([hand, files]) => [
    ...['none', 'expo-secure-store', 'react-native-keychain'].map(
      encryption =>
        [
          `instance, ${encryption}, ${hand}`,
          make(files, 'mmkv.createInstance', { name: 'session', namespace: 'session', encryption }),
        ] as const,
    ),
    [`default instance, ${hand}`, make(files, 'mmkv.createInstance', { name: 'other' })] as const,
    [`key module, ${hand}`, make(files, 'mmkv.createKeyModule', {})] as const,
    [`copy of all keys, ${hand}`, make(files, 'mmkv.migrateAsyncStorage', { which: 'all', later: 'yes' })] as const,
    [`copy of used keys, ${hand}`, make(files, 'mmkv.migrateAsyncStorage', { which: 'used' })] as const,
    ...['name', 'launches', 'is-dark'].map(
      key => [`${key} renamed, ${hand}`, make(files, 'mmkv.renameKey', { key, to: `${key}-2` })] as const,
    ),
  ])
}

/** JavaScript has no types for the compiler to miss. */
const isMissed = ({ file, code }: TypeProblem): boolean => file.endsWith('.js') && /^TS70\d\d$/.test(code)

for (const major of [2, 3, 4] as const)
  describe(`oracle: what the palette writes for react-native-mmkv ${versions[major]}`, function () {
    this.timeout(60_000)
    const all = cases(major)
    let problems: readonly TypeProblem[]

    before(function () {
      needOracle(this)
      const together = all.flatMap(([, files], i) =>
        Object.entries(files).map(([path, text]) => [`case-${i}/${path}`, text] as const),
      )
      problems = typeProblems(Object.fromEntries(together), major).filter(one => !isMissed(one))
    })

    for (const [i, [name]] of all.entries())
      it(`${name}: compiles`, () => {
        assert.deepEqual(
          problems.filter(({ file }) => file.startsWith(`case-${i}/`)),
          [],
        )
      })

    it('is really judged', () => {
      const wrong = "import { storage } from './storage'\nstorage.set('a', 1).b\n"
      assert.notDeepEqual(typeProblems({ ...app(major, 'ts'), 'src/wrong.ts': wrong }, major), [])
    })
  })

describe('oracle: the snippets for react-native-mmkv', function () {
  this.timeout(60_000)
  const typed = mmkvSnippets.filter(({ prefix }) => prefix !== 'mmkv-jest')
  const problems = new Map<string, readonly TypeProblem[]>()

  before(function () {
    needOracle(this)
    for (const major of [3, 4] as const) {
      const own = typed.filter(({ prefix }) => (mmkvHomes[prefix]?.major ?? 4) === major)
      const files = own.flatMap(snippet =>
        Object.entries(mmkvAppWith(snippet)).map(([path, text]) => [`${snippet.prefix}/${path}`, text] as const),
      )
      const found = typeProblems(Object.fromEntries(files), major)
      for (const { prefix } of own)
        problems.set(
          prefix,
          found.filter(({ file, code }) => file.startsWith(`${prefix}/`) && !unused.has(code)),
        )
    }
  })

  for (const { prefix } of typed) it(`${prefix}: compiles`, () => assert.deepEqual(problems.get(prefix), []))
})

/** Nothing uses what was only just typed. */
const unused = new Set(['TS6133', 'TS6198'])
