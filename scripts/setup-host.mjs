// Sets up the headless VS Code that the editor tests use: the newest one and the oldest one supported.
// Exit codes: 0 ready, 3 something is missing that this script may not or cannot install (callers say "skipped"), 1 a step failed.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

const notPossibleHere = 3
const host = path.join(import.meta.dirname, '../client/test/host')
const stamp = path.join(host, 'node_modules/.ready')
const quietInstall = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']

requirePlatform()
requireSystemPackages()
installHost()
for (const name of ['code-server', 'code-server-floor']) {
  const { version } = JSON.parse(readFileSync(path.join(host, 'node_modules', name, 'lib/vscode/package.json'), 'utf8'))
  console.log(`VS Code ${version}: ready`)
}

function requirePlatform() {
  if (process.platform === 'linux' && process.arch === 'x64') return
  giveUp([
    `The headless host runs on Linux x64 only, this is ${process.platform} ${process.arch}.`,
    'Set VSCODE_DESKTOP=1 to run the tests in a downloaded desktop VS Code.',
  ])
}

/** Chromium shows the workbench, ripgrep is VS Code's search. Debian's packages are installed only for root. */
function requireSystemPackages() {
  const missing = [
    ['/usr/bin/chromium', 'chromium'],
    ['/usr/bin/rg', 'ripgrep'],
  ]
    .filter(([file]) => !existsSync(file))
    .map(([, name]) => name)
  if (missing.length === 0) return
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...missing, 'fonts-dejavu-core']
  if (process.getuid() !== 0 || !existsSync('/usr/bin/apt-get')) {
    giveUp([`Missing: ${missing.join(', ')}.`, `As root: apt-get ${install.filter(word => word !== '-qq').join(' ')}`])
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  try {
    execFileSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'], env })
    execFileSync('apt-get', install, { stdio: ['ignore', 'ignore', 'inherit'], env })
  } catch {
    giveUp([`Missing: ${missing.join(', ')}; apt-get could not install them.`])
  }
}

function installHost() {
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(host, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  npm(host, ['ci'])
  for (const name of ['code-server', 'code-server-floor']) {
    const vscode = path.join(host, 'node_modules', name, 'lib/vscode')
    // The package's own postinstall does these installs too, but compiles native modules, none of which is needed to
    // serve or test. 'npm ci' refuses here, because the shrinkwrap inside lacks a package.
    npm(vscode, ['install', '--omit=dev'])
    npm(path.join(vscode, 'extensions'), ['install', '--omit=dev'])
    linkRipgrep(vscode)
  }
  writeFileSync(stamp, wanted)
}

/** VS Code 1.100 looks for ripgrep in its own tree, where only a skipped download would have put it. */
function linkRipgrep(vscode) {
  const folder = path.join(vscode, 'node_modules/@vscode/ripgrep')
  if (!existsSync(folder)) return
  const link = path.join(folder, 'bin/rg')
  mkdirSync(path.dirname(link), { recursive: true })
  rmSync(link, { force: true })
  symlinkSync('/usr/bin/rg', link)
}

function npm(cwd, args) {
  console.log(`npm ${args.join(' ')} in ${path.relative(host, cwd) || '.'}`)
  execFileSync('npm', [...args, ...quietInstall], { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
}

function giveUp(lines) {
  console.error(['The headless VS Code cannot be set up here.', ...lines].join('\n'))
  process.exit(notPossibleHere)
}
