// Fixes that are offered second, and those that are not offered.
import assert from 'node:assert/strict'
import { applyFix, findingsOf, runApp } from '../../testkit/run-example.ts'

const project = { versions: { 'react-native-mmkv': '4.3.2' } }

/** The titles of the fixes of a rule's first finding in one file, and what the fix at `index` makes of it. */
function fixed(rule: string, text: string, index = 0, file = 'src/storage.ts') {
  const app = runApp({ [file]: text }, { project })
  const [found] = findingsOf(app, rule)
  assert.ok(found, 'nothing is found')
  const fixes = app.analyzer.fixes(found, app.context)
  const fix = fixes[index]
  return { fixes, text: fix && applyFix(app, fix)[file] }
}

describe('further fixes of the rules of MMKV', () => {
  it('an unencrypted fallback may have an id of its own', () => {
    const text = `import { createMMKV } from 'react-native-mmkv'
import { key } from './key'

export function open() {
  try {
    return createMMKV({ id: 'user', encryptionKey: key() })
  } catch {
    return createMMKV({ id: 'user' })
  }
}
`
    const second = fixed('mmkv/unencrypted-fallback', text, 1)
    assert.equal(second.fixes[1]?.title, 'Open "user-fallback" instead')
    assert.equal(second.text, text.replace("createMMKV({ id: 'user' })", "createMMKV({ id: 'user-fallback' })"))
  })

  it('a key is shortened blindly only where nothing else uses it', () => {
    const own = fixed(
      'mmkv/truncated-key',
      `import { createMMKV } from 'react-native-mmkv'

export const storage = createMMKV({ id: 'a', encryptionKey: 'twenty bytes of text' })
`,
    )
    assert.deepEqual([own.fixes.length, own.fixes[0]?.safe], [3, true])
    const shared = fixed(
      'mmkv/truncated-key',
      `import { createMMKV } from 'react-native-mmkv'

export const secret = 'twenty bytes of text'
export const storage = createMMKV({ id: 'a', encryptionKey: secret })
`,
    )
    assert.equal(shared.fixes[0]?.safe, false)
    assert.match(shared.text ?? '', /const secret = 'twenty bytes of '/)
  })

  it('a key is not shortened in the middle of a character', () => {
    const { fixes } = fixed(
      'mmkv/truncated-key',
      `import { createMMKV } from 'react-native-mmkv'

export const storage = createMMKV({ id: 'a', encryptionKey: '0123456789abcdeß' })
`,
    )
    assert.equal(
      fixes.some(({ title }) => title.startsWith('Shorten')),
      false,
    )
  })

  it('a key that is only a fallback is left where it is', () => {
    const { fixes } = fixed(
      'mmkv/hardcoded-encryption-key',
      `import { createMMKV } from 'react-native-mmkv'
import { key } from './key'

export const storage = createMMKV({ id: 'a', encryptionKey: key() ?? 'changeit' })
`,
    )
    assert.deepEqual(fixes, [])
  })

  it('options that are not plain are not copied into another file', () => {
    const { fixes } = fixed(
      'mmkv/hardcoded-encryption-key',
      `import { createMMKV } from 'react-native-mmkv'
import { folder } from './folder'

export const storage = createMMKV({ id: 'a', path: folder(), encryptionKey: 'changeit' })
`,
    )
    assert.deepEqual(fixes, [])
  })

  it('an instance that is not held by a variable stays in its component', () => {
    const { fixes } = fixed(
      'mmkv/instance-in-render',
      `import { createMMKV } from 'react-native-mmkv'

export const useName = () => createMMKV({ id: 'a' }).getString('name')
`,
    )
    assert.deepEqual(fixes, [])
  })
})
