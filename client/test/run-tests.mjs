// Runs the editor tests on the packaged .vsix, in the newest VS Code and in the oldest one supported.
// Usage: node client/test/run-tests.mjs [newest] [floor] [suite ...]; all of them where none is named.
// VSCODE_DESKTOP=1 downloads desktop VS Code, VSCODE_DESKTOP=<path> uses that executable; else the headless host is used.
// Exit codes: 0 all passed, 1 not, 3 skipped because no VS Code can run here (see scripts/setup-host.mjs).
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { downloadAndUnzipVSCode, resolveCliPathFromVSCodeExecutablePath, runTests } from '@vscode/test-electron'
import { build } from 'esbuild'
import { editions, hostIsReady, installVsix, temporaryDirs } from './host/host.mjs'

const root = path.join(import.meta.dirname, '../..')
const vsix = path.join(root, 'dist/offline-storage.vsix')
/** The app that a suite opens. */
const examples = {
  trusted: 'notes',
  realm: 'tasks-realm',
  mmkv: 'settings-mmkv',
  sqlite: 'journal-sqlite',
  untrusted: 'notes',
}
const bundle = path.join(root, 'dist/test')
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
const desktop = process.env.VSCODE_DESKTOP
const skipped = 3
// @vscode/test-electron always tells a desktop VS Code to trust the workspace; the headless host can be told otherwise.
const suites = Object.keys(examples).filter(suite => !desktop || suite !== 'untrusted')
const asked = process.argv.slice(2)
/** Those that were asked for; all where none was. */
const chosen = all => (all.some(one => asked.includes(one)) ? all.filter(one => asked.includes(one)) : all)

if (!existsSync(vsix)) throw new Error('dist/offline-storage.vsix is missing: npm run package')
if (!desktop && !hostIsReady()) {
  console.error(
    'skipped: no headless VS Code here; "npm run setup:host" sets it up, VSCODE_DESKTOP=1 downloads the desktop one',
  )
  process.exit(skipped)
}
await bundleTests()
let failed = false
for (const edition of chosen(Object.keys(editions))) {
  for (const suite of chosen(suites)) {
    const started = Date.now()
    const passed = await runOn(edition, suite)
    console.log(
      `${edition}, ${suite}: ${passed ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s\n`,
    )
    failed ||= !passed
  }
}
process.exitCode = failed ? 1 : 0

/** The tests become a small extension of their own, so that what they exercise is the installed .vsix. */
async function bundleTests() {
  await build({
    absWorkingDir: root,
    entryPoints: ['client/test/suite/run.ts'],
    outfile: path.join(bundle, 'run.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  })
  const { version, publisher, engines } = manifest
  const stub = { name: 'offline-storage-tests', version, publisher, engines: { vscode: engines.vscode } }
  writeFileSync(path.join(bundle, 'package.json'), JSON.stringify(stub))
}

/** True when at least one test ran and none failed, by the tests' own report: VS Code's exit code is 0 after a crash, too. */
async function runOn(edition, suite) {
  const dirs = temporaryDirs()
  const report = path.join(dirs.root, 'report.json')
  const workspace = path.join(dirs.root, 'workspace')
  const pristine = path.join(dirs.root, 'pristine')
  const example = path.join(root, 'examples', examples[suite])
  for (const copy of [workspace, pristine]) {
    if (existsSync(example)) cpSync(example, copy, { recursive: true })
    else mkdirSync(copy)
  }
  const settings = path.join(dirs.userDataDir, 'User/settings.json')
  mkdirSync(path.dirname(settings))
  // Without a question at start, a workspace that nobody trusted stays untrusted.
  writeFileSync(settings, JSON.stringify({ 'security.workspace.trust.startupPrompt': 'never' }))
  try {
    const vscodeExecutablePath = await prepare(edition, dirs)
    const exit = await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: bundle,
      extensionTestsPath: path.join(bundle, 'run.cjs'),
      launchArgs: [workspace, `--user-data-dir=${dirs.userDataDir}`, `--extensions-dir=${dirs.extensionsDir}`],
      extensionTestsEnv: {
        TEST_SUITE: suite,
        TEST_REPORT: report,
        TEST_PRISTINE: pristine,
        VSCODE_HOST_EDITION: edition,
        VSCODE_HOST_TRUST: suite === 'untrusted' ? '1' : '',
      },
    }).catch(error => error)
    return readReport(report, exit)
  } finally {
    rmSync(dirs.root, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Installs the .vsix; gives the executable that understands VS Code's command line. */
async function prepare(edition, dirs) {
  if (!desktop) {
    installVsix(editions[edition], vsix, dirs)
    return path.join(import.meta.dirname, 'host/code-launcher.mjs')
  }
  const version = edition === 'floor' ? manifest.engines.vscode.replace('^', '') : 'stable'
  const executable = desktop === '1' ? await downloadAndUnzipVSCode(version) : desktop
  const args = [
    '--install-extension',
    vsix,
    '--user-data-dir',
    dirs.userDataDir,
    '--extensions-dir',
    dirs.extensionsDir,
  ]
  const shell = process.platform === 'win32'
  execFileSync(resolveCliPathFromVSCodeExecutablePath(executable), args, { stdio: 'inherit', shell })
  return executable
}

function readReport(file, exit) {
  if (!existsSync(file)) {
    console.error(`The tests left no report (${exit}). VSCODE_HOST_VERBOSE=1 shows what VS Code says.`)
    return false
  }
  const { vscode, passes, failures, lines } = JSON.parse(readFileSync(file, 'utf8'))
  console.log([`VS Code ${vscode}`, ...lines, `${passes} passing, ${failures} failing`].join('\n'))
  if (exit !== 0) console.error(`VS Code ended with ${exit}`)
  return exit === 0 && passes > 0 && failures === 0
}
