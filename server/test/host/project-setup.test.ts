// The native side of a project is read from disk, and read again when its files change.
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { defaultSettings } from '../../src/core/settings.ts'
import { loadWorkspace } from '../../src/host/load-workspace.ts'
import { watchedChanges } from '../../src/host/watched-changes.ts'
import { fakeAnalyzer } from './fake-analyzer.ts'
import { removeTempFolders, tempFolder, writeFiles } from './temp-folder.ts'

const plist = (key: string) =>
  `<plist><dict><key>${key}</key>\n<string>group.app</string><key>Flag</key><true/></dict></plist>`

describe('the setup of a project', () => {
  afterEach(removeTempFolders)

  const load = async (files: Readonly<Record<string, string>>) => {
    const root = tempFolder(files)
    const { model } = await loadWorkspace({ root, analyzer: fakeAnalyzer(), settings: defaultSettings })
    return { root, model }
  }

  it('has native settings with their places, and dependencies', async () => {
    const gradle = '# reactNativeArchitectures=x86\r\nreactNativeArchitectures = arm64-v8a \r\n'
    const { root, model } = await load({
      'package.json': '{ "dependencies": { "react-native-mmkv": "4.0.0", "react": "19.0.0" } }',
      'ios/App/Info.plist': plist('AppGroup'),
      'ios/Pods/X/Info.plist': plist('Other'),
      'android/gradle.properties': gradle,
      'packages/x/package.json': '{ "devDependencies": { "react-native-nitro-modules": "1.0.0" } }',
      'src/a.ts': '',
    })
    const { setup } = model.project(`${root}/src/a.ts`)
    assert.deepEqual(
      setup?.nativeSettings.map(({ name, value, nameAt }) => [name, value, nameAt.file.slice(root.length + 1)]),
      [
        ['reactNativeArchitectures', 'arm64-v8a', 'android/gradle.properties'],
        ['AppGroup', 'group.app', 'ios/App/Info.plist'],
      ],
    )
    const { start, end } = setup.nativeSettings[0]!.valueAt.span
    assert.equal(gradle.slice(start, end), 'arm64-v8a')
    assert.deepEqual(setup.dependencies, ['react-native-mmkv'])
    assert.deepEqual(setup.workspaceDependencies, ['react-native-mmkv', 'react-native-nitro-modules'])
    assert.deepEqual(model.project(`${root}/packages/x/b.ts`).setup?.nativeSettings, [])
  })

  it('is another one after a change, and the same project after any other', async () => {
    const { root, model } = await load({
      'package.json': '{}',
      'ios/App/Info.plist': plist('AppGroup'),
      'src/a.ts': '',
    })
    const names = async (...paths: string[]) => {
      const changes = await watchedChanges(
        model,
        paths.map(path => `${root}/${path}`),
        defaultSettings,
      )
      return changes && model.withChanges(changes).project(`${root}/src/a.ts`)
    }
    const before = model.project(`${root}/src/a.ts`)
    writeFiles(root, { 'src/b.ts': '' })
    assert.equal(await names('src/b.ts'), before)
    writeFiles(root, { 'ios/App/Info.plist': plist('AppGroupIdentifier') })
    assert.equal((await names('ios/App/Info.plist'))?.setup?.nativeSettings[0]?.name, 'AppGroupIdentifier')
    rmSync(`${root}/ios/App/Info.plist`)
    assert.deepEqual((await names('ios/App/Info.plist'))?.setup?.nativeSettings, [])
  })
})
