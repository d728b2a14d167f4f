// What a person sees: the squiggle, the hover, the Problems panel and a quick fix by keyboard, in a browser, on the .vsix.
// Usage: node client/test/ui/screenshots.mjs [newest|floor] [--update]   (--update writes docs/images, else a temporary folder)
// Exit codes: 0 seen, 1 not seen, 3 skipped because the headless host is not set up (see scripts/setup-host.mjs).
import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import {
  editions,
  hostIsReady,
  installVsix,
  openBrowser,
  remoteUri,
  startServer,
  temporaryDirs,
  workbenchUrl,
} from '../host/host.mjs'

/** The defect of examples/notes that is shown: where it is, what its message says, and what mending it writes. */
const file = 'src/models/Notebook.ts'
const message = 'no column "colour"'
const fixTitle = /"?color"?/
const wrongText = "'colour'"
const rightText = "'color'"

const root = path.join(import.meta.dirname, '../../..')
const vsix = path.join(root, 'dist/offline-storage.vsix')
const update = process.argv.includes('--update')
const edition = editions[process.argv.slice(2).find(arg => arg in editions) ?? 'newest']

if (!existsSync(vsix)) throw new Error('dist/offline-storage.vsix is missing: npm run package')
if (!hostIsReady()) {
  console.error('skipped: the headless host is not set up, see npm run setup:host')
  process.exit(3)
}
const images = update ? path.join(root, 'docs/images') : mkdtempSync(path.join(tmpdir(), 'screenshots-'))
const dirs = temporaryDirs()
const workspace = path.join(dirs.root, 'notes')
cpSync(path.join(root, 'examples/notes'), workspace, { recursive: true })
mkdirSync(images, { recursive: true })
installVsix(edition, vsix, dirs)
const server = await startServer(edition, dirs)
const { browser, page } = await openBrowser({ width: 1280, height: 800 })
let step = 'start'
page.setDefaultTimeout(30_000)
try {
  await page.goto(workbenchUrl(server, workspace, [['openFile', remoteUri(server, path.join(workspace, file))]]))
  await run('the problem', seeProblem)
  await run('the hover', seeHover)
  await run('the quick fix', mendByKeyboard)
  console.log(`seen: squiggle, Problems, hover, quick fix; pictures in ${path.relative(process.cwd(), images)}`)
} catch (error) {
  console.error(`${step}:`, error)
  await page.screenshot({ path: path.join(images, 'failure.png') })
  console.error(`See ${path.join(images, 'failure.png')}`)
  process.exitCode = 1
} finally {
  await browser.close()
  await server.stop()
  rmSync(dirs.root, { recursive: true, force: true, maxRetries: 5 })
}

async function run(name, task) {
  step = name
  const start = Date.now()
  await task()
  console.log(`${name} (${Date.now() - start} ms)`)
}

async function seeProblem() {
  await squiggleUnder(wrongText)
  // The cursor is put on the word: the panel that opens next scrolls the editor to where the cursor is.
  await word(wrongText).click()
  await page.keyboard.press('Control+Shift+M')
  await problem().waitFor()
  await picture('problems')
}

async function seeHover() {
  await word(wrongText).hover()
  await page.locator('.monaco-hover:visible', { hasText: message }).first().waitFor()
  await picture('hover')
}

async function mendByKeyboard() {
  await word(wrongText).click()
  const fix = page.locator('.action-widget .monaco-list-row', { hasText: fixTitle }).first()
  // The menu closes when diagnostics change while it is computed, and is asked for again.
  let attempt = 0
  do {
    assert.ok(attempt++ < 5, 'the quick fix menu never offered the fix')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+.')
  } while (!(await shows(fix)))
  await picture('quick-fix')
  // By keyboard: VS Code 1.100 catches mouse clicks on this menu.
  const focused = page.locator('.action-widget .monaco-list-row.focused', { hasText: fixTitle })
  for (let row = 0; (await focused.count()) === 0; row++) {
    assert.ok(row < 20, 'the fix could not be reached with the arrow keys')
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
  await word(rightText).waitFor()
  assert.equal(await word(wrongText).count(), 0)
  await problem().waitFor({ state: 'detached' })
  await noSquiggleUnder(rightText)
  await picture('fixed')
}

/** A word of the editor's text as it is drawn. Until the text is coloured, its whole line is one piece. */
function word(text) {
  return page.locator('.monaco-editor .view-line span span', { hasText: new RegExp(`^${text}$`) }).first()
}

function problem() {
  return page.locator('.markers-panel .monaco-list-row', { hasText: message }).first()
}

function squiggleUnder(text) {
  return page.waitForFunction(hasSquiggle, [text, true])
}

function noSquiggleUnder(text) {
  return page.waitForFunction(hasSquiggle, [text, false])
}

/** Runs in the page: whether an error's underline is drawn on the row of a word is as wanted. */
function hasSquiggle([text, wanted]) {
  const row = [...document.querySelectorAll('.monaco-editor .view-line')].find(line => line.textContent.includes(text))
  if (!row) return false
  const { top, bottom } = row.getBoundingClientRect()
  const found = [...document.querySelectorAll('.monaco-editor .squiggly-error')].some(underline => {
    const box = underline.getBoundingClientRect()
    return box.top >= top - 1 && box.bottom <= bottom + 1
  })
  return found === wanted
}

/** True when the locator shows within the time that the menu takes to open. */
async function shows(locator) {
  return locator.waitFor({ timeout: 5000 }).then(
    () => true,
    () => false,
  )
}

function picture(name) {
  return page.screenshot({ path: path.join(images, `${name}.png`), animations: 'disabled' })
}
