// What files beside the code say reaches the rule, and the fix changes those files.
import assert from 'node:assert/strict'
import { createAnalyzer } from '../../src/core/analyze.ts'
import { engines, rules } from '../../src/core/rules/all.ts'
import { applyEdits, isNewFile } from '../../src/core/text/edit.ts'
import { createWorkspaceModel } from '../../src/host/workspace-model.ts'

const storage = "import { createMMKV } from 'react-native-mmkv'\n\nexport const storage = createMMKV()\n"
const packageJson = (dependencies: Readonly<Record<string, string>>) =>
  `${JSON.stringify({ name: 'app', dependencies }, null, 2)}\n`
const withNitro = { 'react-native-mmkv': '4.3.2', 'react-native-nitro-modules': '0.35.9' }
const plist = (body: string) => `<?xml version="1.0"?>
<plist version="1.0">
<dict>
  <key>CFBundleName</key>
  <string>Notes</string>
${body}
</dict>
</plist>
`

/** Findings of the rule in an app whose code is `sources` and whose other files are `configs`, with each first fix. */
function check(configs: Readonly<Record<string, string>>, sources: Readonly<Record<string, string>>) {
  const at = (files: Readonly<Record<string, string>>) =>
    new Map(Object.entries(files).map(([path, text]) => [`/app/${path}`, text]))
  const texts = new Map([...at(configs), ...at(sources)])
  const ours = rules.filter(rule => rule.id === 'mmkv/missing-native-setup')
  const analyzer = createAnalyzer({ engines, rules: ours })
  const libraries = ['react-native-mmkv']
  const files = [...at(sources).keys()]
  const model = createWorkspaceModel({ root: '/app', files, configs: at(configs), libraries })
  analyzer.setWorkspace(model)
  for (const file of files) analyzer.set(file, texts.get(file)!)
  const context = { text: (file: string) => texts.get(file), specifier: () => '' }
  const findings = () => files.flatMap(file => analyzer.findings(file))
  const fixed = () =>
    findings().map(finding => {
      const [fix] = analyzer.fixes(finding, context)
      const [edit] = fix?.edits ?? []
      assert.ok(edit && !isNewFile(edit))
      return [edit.file, applyEdits(texts.get(edit.file)!, [edit])]
    })
  return { analyzer, model, findings, fixed }
}

describe('mmkv/missing-native-setup', () => {
  it('Nitro is asked for', () => {
    const { fixed } = check(
      { 'package.json': packageJson({ react: '19.0.0', 'react-native-mmkv': '^4.3.2' }) },
      { 'src/storage.ts': storage },
    )
    const dependencies = { react: '19.0.0', 'react-native-mmkv': '^4.3.2', 'react-native-nitro-modules': '^0.35.9' }
    assert.deepEqual(fixed(), [['/app/package.json', packageJson(dependencies)]])
  })

  it('the key of the app group is renamed, comments are no keys', () => {
    const configs = {
      'package.json': packageJson(withNitro),
      'ios/Notes/Info.plist': plist('  <key>AppGroup</key>\n  <string>group.notes</string>'),
      'ios/Other/Info.plist': plist('  <!-- <key>AppGroup</key> <string>group.notes</string> -->'),
      'macos/Info.plist': plist('  <key>AppGroup</key>\n  <string>group.notes</string>'),
    }
    const { findings, fixed } = check(configs, { 'src/storage.ts': storage })
    assert.equal(findings()[0]?.related[0]?.at.file, '/app/ios/Notes/Info.plist')
    const now = plist('  <key>AppGroupIdentifier</key>\n  <string>group.notes</string>')
    assert.deepEqual(fixed(), [['/app/ios/Notes/Info.plist', now]])
  })

  it('32-bit architectures are no matter: the releases of 4 are built for them', () => {
    const configs = {
      'package.json': packageJson(withNitro),
      'android/gradle.properties': 'reactNativeArchitectures=armeabi-v7a,arm64-v8a,x86,x86_64\n',
    }
    assert.deepEqual(check(configs, { 'src/storage.ts': storage }).findings(), [])
  })

  it('is said once, at the first file that opens an instance', () => {
    const sources = { 'src/b.ts': storage, 'src/a.ts': storage, 'src/a.test.ts': storage }
    const { findings } = check({ 'package.json': packageJson({ 'react-native-mmkv': '4.3.2' }) }, sources)
    assert.deepEqual(
      findings().map(({ file }) => file),
      ['/app/src/a.ts'],
    )
  })

  it('goes away when the file is mended, and a library of a workspace leans on the app', () => {
    const configs = {
      'package.json': packageJson({ 'react-native-mmkv': '4.3.2' }),
      'apps/phone/package.json': packageJson({ react: '19.0.0' }),
    }
    const { analyzer, model, findings } = check(configs, { 'src/storage.ts': storage })
    assert.equal(findings().length, 1)
    analyzer.setWorkspace(
      model.withChanges({ configs: new Map([['/app/apps/phone/package.json', packageJson(withNitro)]]) }),
    )
    assert.deepEqual(findings(), [])
  })

  it('says nothing where another version is installed', () => {
    const configs = {
      'package.json': packageJson({ 'react-native-mmkv': '3.3.3' }),
      'ios/Notes/Info.plist': plist('  <key>AppGroup</key>\n  <string>group.notes</string>'),
    }
    assert.deepEqual(check(configs, { 'src/storage.ts': storage }).findings(), [])
  })
})
