// Builds the extension and opens the examples with it: in desktop VS Code where `code` is on the PATH, else in the browser.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {
  editions,
  hostIsReady,
  installVsix,
  startServer,
  temporaryDirs,
  workbenchUrl,
} from '../client/test/host/host.mjs'

const root = path.join(import.meta.dirname, '..')
const vsix = path.join(root, 'dist/offline-storage.vsix')
const example = ['examples/notes', 'examples'].map(folder => path.join(root, folder)).find(existsSync)

execFileSync('npm', ['run', 'package'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
if (desktopIsHere()) await openDesktop()
else if (hostIsReady() || setUpHost()) await openBrowserHost()
else {
  console.error('There is no VS Code to open. Install dist/offline-storage.vsix in one by hand.')
  process.exitCode = 3
}

/** Installs the headless VS Code; it says itself what is missing where it cannot. */
function setUpHost() {
  const setup = path.join(root, 'scripts/setup-host.mjs')
  return spawnSync(process.execPath, [setup], { stdio: 'inherit' }).status === 0
}

function desktopIsHere() {
  return spawnSync('code', ['--version'], { shell: process.platform === 'win32' }).status === 0
}

/** A window of its own, with folders of its own: what is tried here does not touch the person's settings. */
async function openDesktop() {
  const dirs = temporaryDirs()
  const own = ['--user-data-dir', dirs.userDataDir, '--extensions-dir', dirs.extensionsDir]
  const shell = process.platform === 'win32'
  execFileSync('code', [...own, '--install-extension', vsix], { stdio: 'inherit', shell })
  execFileSync('code', [...own, '--new-window', example], { stdio: 'inherit', shell })
}

/** Serves until Ctrl+C. */
async function openBrowserHost() {
  const dirs = temporaryDirs()
  installVsix(editions.newest, vsix, dirs)
  const server = await startServer(editions.newest, dirs)
  console.log(`\nOpen ${workbenchUrl(server, example)}\nCtrl+C stops it.`)
  await new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve)
  })
  await server.stop()
  rmSync(dirs.root, { recursive: true, force: true, maxRetries: 5 })
}
