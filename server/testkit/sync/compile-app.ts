// Type-checks generated files with the TypeScript compiler, against the real types of the packages that are installed here.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { oracleFolder } from '../oracle/installed.ts'
import { appStubs } from './app-stubs.ts'

const modules = fileURLToPath(new URL('../../../node_modules/', import.meta.url))
const tsc = path.join(modules, 'typescript/bin/tsc')

/**
 * What `tsc --strict` says of the files, given by relative path: one line for each error. `others` are the folders of packages of which
 * another version than the newest is meant. The oracle must be installed.
 */
export function typeErrors(
  files: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>> = {},
): readonly string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'generated-app-'))
  const config = {
    compilerOptions: {
      ...{ target: 'ES2022', module: 'ESNext', moduleResolution: 'bundler', lib: ['ES2022', 'DOM'], jsx: 'react-jsx' },
      ...{ strict: true, noEmit: true, noUncheckedIndexedAccess: true, noUnusedLocals: true, noUnusedParameters: true },
      ...{ noImplicitReturns: true, isolatedModules: true, skipLibCheck: true, types: ['mocha', 'node'] },
      typeRoots: [path.join(modules, '@types')],
      paths: {
        zod: [path.join(modules, 'zod')],
        'expo-sqlite': [path.join(oracleFolder, 'node_modules/expo-sqlite')],
        '@op-engineering/op-sqlite': [path.join(oracleFolder, 'node_modules/@op-engineering/op-sqlite')],
        'react-native-mmkv': [path.join(oracleFolder, 'node_modules/mmkv-4')],
        '@nozbe/watermelondb': [path.join(oracleFolder, 'node_modules/@nozbe/watermelondb/index.d.ts')],
        '@nozbe/watermelondb/*': [path.join(oracleFolder, 'node_modules/@nozbe/watermelondb/*')],
        realm: [path.join(oracleFolder, 'node_modules/realm')],
        '@apollo/client': [path.join(oracleFolder, 'node_modules/@apollo/client')],
        '@apollo/client/*': [path.join(oracleFolder, 'node_modules/@apollo/client/*')],
        graphql: [path.join(oracleFolder, 'node_modules/graphql')],
        ...Object.fromEntries(
          Object.entries(others).map(([name, folder]) => [name, [path.join(oracleFolder, 'node_modules', folder)]]),
        ),
      },
    },
    include: ['**/*'],
  }
  try {
    for (const [name, text] of Object.entries({ ...files, 'stubs.d.ts': appStubs })) {
      if (!/\.tsx?$/.test(name)) continue
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
      writeFileSync(path.join(folder, name), text)
    }
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(config))
    execFileSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { encoding: 'utf8', stdio: 'pipe' })
    return []
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('stdout' in error) || error.stdout === '') throw error
    return String(error.stdout).trim().split('\n')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
