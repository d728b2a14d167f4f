// Every MMKV snippet, left at its defaults, is code that the engine reads and has nothing to say against.
import assert from 'node:assert/strict'
import { mmkvProject } from '../../src/core/engines/mmkv/example-app.ts'
import type { EmulatedMmkv } from '../../testkit/mmkv/emulator.ts'
import { mmkvAppWith, mmkvHomes, mmkvSnippets } from '../../testkit/mmkv/snippet-homes.ts'
import { appRoot, runApp } from '../../testkit/run-example.ts'

describe('MMKV snippets', () => {
  it('have prefixes of their own, a description, and a home in this test', () => {
    assert.deepEqual(mmkvSnippets.map(snippet => snippet.prefix).sort(), Object.keys(mmkvHomes).sort())
    for (const snippet of mmkvSnippets) assert.ok(snippet.description.length > 10, snippet.prefix)
  })

  for (const snippet of mmkvSnippets) {
    const { prefix } = snippet
    it(`${prefix} is read, and nothing is found`, () => {
      const home = mmkvHomes[prefix]!
      const files = mmkvAppWith(snippet)
      const { analyzer } = runApp(files, { project: mmkvProject(home.major ?? 4) })
      const facts = analyzer.facts(`${appRoot}/${home.file}`)
      assert.ok(facts)
      assert.deepEqual(facts.error, undefined)
      assert.ok(JSON.stringify(facts).includes(home.reads), `${home.reads} is not read`)
      if (prefix !== 'mmkv-jest') assert.equal(analyzer.stores().length, 1)
      const findings = Object.keys(files).flatMap(path => [
        ...analyzer.findings(`${appRoot}/${path}`),
        ...analyzer.foreignFindings(`${appRoot}/${path}`),
      ])
      assert.deepEqual(
        findings.map(finding => `${finding.rule} in ${finding.file}: ${finding.message}`),
        [],
      )
    })
  }

  it('mmkv-jest throws where a phone gives garbage, and keeps what an id holds', () => {
    const snippet = mmkvSnippets.find(one => one.prefix === 'mmkv-jest')
    const mocks = new Map<string, () => { createMMKV(configuration?: { id: string }): EmulatedMmkv }>()
    const jest = { mock: (name: string, make: never) => void mocks.set(name, make) }
    new Function('jest', Object.values(mmkvAppWith(snippet!))[0] ?? '')(jest)
    assert.deepEqual([...mocks.keys()], ['react-native-nitro-modules', 'react-native-mmkv'])
    const { createMMKV } = mocks.get('react-native-mmkv')!()
    const heard: string[] = []
    const storage = createMMKV({ id: 'a' })
    const listener = storage.addOnValueChangedListener(key => heard.push(key))
    storage.set('name', 'Ada')
    assert.equal(createMMKV({ id: 'a' }).getString('name'), 'Ada')
    assert.equal(createMMKV({ id: 'b' }).getString('name'), undefined)
    assert.throws(() => storage.getNumber('name'), /"name" holds no number/)
    assert.throws(() => storage.set('name', undefined as never), /cannot be undefined/)
    listener.remove()
    assert.equal(storage.remove('name'), true)
    assert.deepEqual([heard, storage.getAllKeys()], [['name'], []])
  })
})
