// Keys are offered while one is typed, also where the half of it that stands there is a new key as yet.
import assert from 'node:assert/strict'
import { createAnalyzer } from '../../src/core/analyze.ts'
import { completionsAt } from '../../src/core/answers/completion.ts'
import { engines } from '../../src/core/rules/all.ts'
import { workspaceOf } from '../../testkit/workspace-of.ts'

const head = `import { createMMKV, useMMKVString } from 'react-native-mmkv'
export const storage = createMMKV()
storage.set('theme', 'dark')
storage.set('language', 'en')
`

describe('keys that are being typed', () => {
  for (const line of [
    "storage.set('th|', 'light')",
    "storage.getString('th|')",
    "storage.remove('|')",
    "export const useTheme = () => useMMKVString('th|')",
    "export const useSetTheme = () => { const [, setTheme] = useMMKVString('the|'); return setTheme }",
  ])
    it(`are offered in ${line}`, () => {
      const marked = head + line
      const offset = marked.indexOf('|')
      const file = '/app/storage.ts'
      const analyzer = createAnalyzer({ engines, rules: [] })
      analyzer.setWorkspace(workspaceOf([file], { versions: { 'react-native-mmkv': '4.3.2' } }))
      analyzer.set(file, marked.replace('|', ''))
      const labels = completionsAt(
        analyzer.catalog(() => undefined),
        file,
        offset,
      )?.items.map(item => item.label)
      assert.ok(labels?.includes('theme') && labels.includes('language'), `${labels}`)
    })
})
