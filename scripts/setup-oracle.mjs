// Installs the oracle (the real WatermelonDB with a native SQLite, the real Realm in WebAssembly, the JavaScript of the
// SQLite packages, and TanStack's offline transactions, beside which generated queues are measured) into its own folder,
// unless it is there already.
// Exit codes: 0 ready, 2 the packages could not be installed, 3 the native SQLite could not be compiled or loaded.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const phoneParts = [
  'realm/prebuilds',
  ...['android', 'ios', 'cpp', 'node'].map(part => `@op-engineering/op-sqlite/${part}`),
  ...['android', 'ios'].map(part => `expo-sqlite/${part}`),
]
const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'server', 'testkit', 'oracle')
const stampFile = join(folder, 'node_modules', '.oracle-stamp')
const lock = readFileSync(join(folder, 'package-lock.json'))
// A native module fits one ABI and platform only, so both are part of the stamp.
const stamp = createHash('sha256')
  .update(lock)
  .update(`${process.versions.modules} ${process.platform} ${process.arch}`)
  .digest('hex')

if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
  console.log('The oracle is installed.')
  process.exit(0)
}
rmSync(stampFile, { force: true })

console.log('Installing the oracle; compiling its SQLite takes about three minutes on two cores …')
if (!run(npm(), ['ci', '--no-audit', '--no-fund', '--ignore-scripts'])) {
  fail(2, 'The packages of the oracle could not be installed (npm ci failed).')
}
// Libraries for phones are a gigabyte that nobody loads here; only the JavaScript of these packages is asked.
for (const path of phoneParts) rmSync(join(folder, 'node_modules', path), { recursive: true, force: true })
// Compiled here rather than by npm ci: newer npm refuses unlisted install scripts, and a failure is told apart this way.
if (!sqliteLoads() && !run(npm(), ['rebuild', 'better-sqlite3', '--no-ignore-scripts', '--foreground-scripts'])) {
  fail(3, 'The native SQLite of the oracle could not be compiled: a C++ compiler, make and python3 are needed.')
}
if (!sqliteLoads()) fail(3, 'The native SQLite of the oracle was compiled but does not load in this Node.')
writeFileSync(stampFile, stamp)
console.log('The oracle is ready.')

function npm() {
  return process.platform === 'win32' ? 'npm.cmd' : 'npm'
}

function run(command, args) {
  try {
    execFileSync(command, args, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' })
    return true
  } catch {
    return false
  }
}

function sqliteLoads() {
  try {
    const script = "const D = require('better-sqlite3'); new D(':memory:').prepare('select 1').get()"
    execFileSync(process.execPath, ['-e', script], { cwd: folder, stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function fail(code, message) {
  console.error(message)
  process.exit(code)
}
