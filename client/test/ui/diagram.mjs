// The schema diagram as a person meets it in the real VS Code: shown, searched, focused, followed to the code and exported.
// Usage: node client/test/ui/diagram.mjs [newest|floor] [--update]   (--update writes docs/images, else a temporary folder)
// Exit codes: 0 seen, 1 not seen, 3 skipped because the headless host is not set up (see scripts/setup-host.mjs).
import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
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

const root = path.join(import.meta.dirname, '../../..')
const vsix = path.join(root, 'dist/offline-storage.vsix')
const update = process.argv.includes('--update')
const edition = editions[process.argv.slice(2).find(arg => arg in editions) ?? 'newest']
const schema = 'src/db/schema.ts'
/** The words that find a theme in the picker, and the class that it gives to webviews. */
const themes = {
  light: ['Light Modern', 'vscode-light'],
  'high-contrast': ['Dark High Contrast', 'vscode-high-contrast'],
  dark: ['Dark Modern', 'vscode-dark'],
}

if (!existsSync(vsix)) throw new Error('dist/offline-storage.vsix is missing: npm run package')
if (!hostIsReady()) {
  console.error('skipped: the headless host is not set up, see npm run setup:host')
  process.exit(3)
}
const images = update ? path.join(root, 'docs/images') : mkdtempSync(path.join(tmpdir(), 'diagram-'))
const dirs = temporaryDirs()
const workspace = path.join(dirs.root, 'notes')
cpSync(path.join(root, 'examples/notes'), workspace, { recursive: true })
mkdirSync(images, { recursive: true })
installVsix(edition, vsix, dirs)
const server = await startServer(edition, dirs)
const { browser, page } = await openBrowser({ width: 1400, height: 860 })
page.setDefaultTimeout(20_000)
await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
let step = 'begin'
try {
  await page.goto(workbenchUrl(server, workspace, [['openFile', remoteUri(server, path.join(workspace, schema))]]))
  await run('shown by the button of a schema file', show)
  await run('searched', search)
  await run('moved through by keyboard', walk)
  await run('followed to the code', goToCode)
  await run('focused', focus)
  await run('following an edit', followEdit)
  await run('following the cursor', followCursor)
  await run('dragged', drag)
  await run('comparing versions', compare)
  await run('exported', exportIt)
  await run('accessible', checkAccessibility)
  await run('pictured in three themes', pictureThemes)
  await run('back after a reload', reload)
} catch (error) {
  console.error(`not ${step}:`, error)
  await page.screenshot({ path: path.join(images, 'diagram-failure.png') })
  console.error(`See ${path.join(images, 'diagram-failure.png')}`)
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

async function show() {
  const open = page.locator('.editor-actions a[aria-label^="Show Schema Diagram"]').first()
  await open.waitFor()
  await page.keyboard.press('Control+B')
  await open.click()
  await card('notes').waitFor()
  assert.equal(await diagram().locator('.card').count(), 3)
  await diagram()
    .getByRole('option', { name: /^notes, 7 columns, 2 relations, 3 problems$/ })
    .waitFor()
}

/** Brings everything into sight; the camera rests when the percentage does. */
async function showAll() {
  await diagram().locator('#stage').press('0')
  for (let before = ''; ; ) {
    const now = await diagram().locator('.world').getAttribute('style')
    if (now === before) return
    before = now
  }
}

async function search() {
  const box = diagram().getByRole('searchbox', { name: 'Search tables and columns' })
  await box.fill('name')
  await diagram().locator('.hits', { hasText: '1 of' }).waitFor()
  const first = await chosenRow()
  await box.press('Enter')
  await diagram().locator('.hits', { hasText: '2 of' }).waitFor()
  assert.notEqual(await chosenRow(), first)
  await box.press('Escape')
  await diagram().locator('#stage:focus').waitFor()
}

async function walk() {
  const stage = diagram().locator('#stage')
  await stage.press('Home')
  const first = await selected()
  const seen = new Set([first])
  for (const key of [
    'ArrowRight',
    'ArrowRight',
    'ArrowDown',
    'ArrowLeft',
    'ArrowUp',
    'ArrowRight',
    'ArrowUp',
    'ArrowLeft',
    'ArrowDown',
  ]) {
    await stage.press(key)
    seen.add(await selected())
  }
  assert.equal(seen.size, 3, `the arrow keys only reached ${[...seen]}`)
}

async function goToCode() {
  await showAll()
  await diagram().locator('.card[data-entity$="/notebooks"] .head').click()
  await diagram().locator('#stage').press('Enter')
  await page.locator('.monaco-editor.focused').waitFor()
  const line = readFileSync(path.join(workspace, schema), 'utf8')
    .split('\n')
    .findIndex(text => text.includes("name: 'notebooks'"))
  await page.locator('.statusbar-item', { hasText: `Ln ${line + 1},` }).waitFor()
}

async function focus() {
  await showAll()
  await diagram().locator('.card[data-entity$="/tags"] .head').click()
  await diagram().locator('#stage').press('f')
  await diagram().locator('.banner', { hasText: 'tags and' }).waitFor()
  const shown = await diagram().locator('.card').count()
  assert.ok(shown < 3, `${shown} tables are shown`)
  await diagram().locator('#stage').press('Escape')
  await card('notebooks').waitFor()
}

async function followEdit() {
  await showAll()
  await diagram().locator('.card[data-entity$="/notes"] .head').click()
  const before = await selected()
  await addColumn()
  await diagram().locator('.row[data-field="archived_at"] .type', { hasText: 'number?' }).waitFor()
  assert.equal(await selected(), before)
  await removeColumn()
}

async function followCursor() {
  await page.locator('.monaco-editor .view-line', { hasText: "name: 'tags'" }).first().click()
  await diagram().locator('.card.under-cursor[data-entity$="/tags"]').waitFor()
}

async function drag() {
  await showAll()
  const head = diagram().locator('.card[data-entity$="/tags"] .head')
  const before = await head.boundingBox()
  await page.mouse.move(before.x + 20, before.y + 10)
  await page.mouse.down()
  await page.mouse.move(before.x + 60, before.y + 50, { steps: 4 })
  await page.mouse.up()
  const after = await head.boundingBox()
  assert.ok(
    Math.abs(after.x - before.x - 40) < 3 && Math.abs(after.y - before.y - 40) < 3,
    'it did not follow the mouse',
  )
  await diagram().getByRole('button', { name: 'Reset layout' }).click()
  await diagram().getByRole('button', { name: 'Reset layout' }).waitFor({ state: 'hidden' })
}

/** A snapshot, then an edit: the picture tells what the edit does to the schema. */
async function compare() {
  await command('Offline Storage: Take Schema Snapshot')
  await page.locator('.tab', { hasText: /^v2\.json/ }).waitFor()
  // Hidden by the snapshot's tab, the webview was gone; it comes back as it was.
  await page.locator('.tab', { hasText: 'Schema Diagram' }).click()
  await diagram().locator('.card.selected[data-entity$="/notes"]').waitFor()
  await diagram().getByRole('button', { name: 'Compare two versions' }).click()
  await diagram().getByRole('combobox', { name: 'From version' }).waitFor()
  await addColumn()
  await diagram().locator('.row.added[data-field="archived_at"] .sign', { hasText: '+' }).waitFor()
  await diagram().locator('.card.changed[data-entity$="/notes"]').waitFor()
  await diagram().locator('#stage').press('Escape')
  await maximize()
  await diagram().locator('.details h3', { hasText: 'Migration steps' }).waitFor()
  await showAll()
  await page.screenshot({ path: path.join(images, 'diagram-versions.png'), animations: 'disabled' })
  await maximize()
  await diagram().getByRole('button', { name: 'Compare two versions' }).click()
  await removeColumn()
}

/** Gives the diagram all the room there is, with its panel, or takes that back. */
async function maximize() {
  await page.locator('.tab', { hasText: 'Schema Diagram' }).click()
  await chord('Control+K', 'Control+M')
  await diagram().getByRole('button', { name: 'Details', exact: true }).click()
}

async function command(title) {
  await page.keyboard.press('F1')
  await page.locator('.quick-input-widget input').first().fill(`>${title}`)
  await page.locator('.quick-input-widget .monaco-list-row.focused', { hasText: title }).waitFor()
  await page.keyboard.press('Enter')
}

async function addColumn() {
  await page.locator('.monaco-editor .view-line', { hasText: 'is_pinned' }).first().click()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.insertText("{ name: 'archived_at', type: 'number', isOptional: true },")
}

async function removeColumn() {
  await page.locator('.monaco-editor .view-line', { hasText: 'archived_at' }).first().click()
  await page.keyboard.press('Control+Shift+K')
  await diagram().locator('.row[data-field="archived_at"]').waitFor({ state: 'detached' })
}

async function exportIt() {
  await diagram().getByRole('button', { name: 'Export' }).click()
  await diagram().getByRole('group', { name: 'To the clipboard' }).getByRole('menuitem', { name: 'Mermaid' }).click()
  await page.locator('.notification-toast', { hasText: 'on the clipboard as Mermaid' }).waitFor()
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /erDiagram[\s\S]*notebooks/)
  for (const [form, start] of [
    ['SVG', '<svg'],
    ['PNG', '\x89PNG'],
  ]) {
    const name = `schema.${form.toLowerCase()}`
    await diagram().getByRole('button', { name: 'Export' }).click()
    await diagram().getByRole('group', { name: 'To a file' }).getByRole('menuitem', { name: form }).click()
    // The dialog offers a name in the workspace, and is ready when it shows it.
    await page.waitForFunction(offered => {
      const box = document.querySelector('.quick-input-widget input[type=text]')
      return box?.value.endsWith(offered)
    }, name)
    await page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).click()
    await page.locator('.notification-toast', { hasText: name }).waitFor()
    assert.ok(readFileSync(path.join(workspace, name), 'latin1').includes(start), `${form} is none`)
  }
  await page.keyboard.press('Escape')
}

/** What axe finds in the webview's own document, in each theme that is shown. */
async function checkAccessibility() {
  const frame = await frameOfDiagram()
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  await frame.evaluate(source)
  const { violations } = await frame.evaluate(() => globalThis.axe.run(document))
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const words = grave.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(node => `  ${node.html} ${node.failureSummary}`).join('\n')}`,
  )
  assert.deepEqual(words, [])
  for (const { id, impact } of violations) console.log(`  axe, ${impact}: ${id}`)
}

async function pictureThemes() {
  await page.keyboard.press('Escape')
  await maximize()
  await showAll()
  await diagram().locator('.card[data-entity$="/notes"] .head').click()
  for (const [name, [theme, kind]] of Object.entries(themes)) {
    await chord('Control+K', 'Control+T')
    await page.locator('.quick-input-widget .monaco-list-row').first().waitFor()
    await page.keyboard.type(theme)
    await page.locator('.quick-input-widget .monaco-list-row.focused', { hasText: theme }).waitFor()
    await page.keyboard.press('Enter')
    await diagram().locator(`body.${kind}`).waitFor()
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' })
    await page.screenshot({ path: path.join(images, `diagram-${name}.png`), animations: 'disabled' })
    await checkAccessibility()
  }
}

async function chord(...keys) {
  for (const key of keys) await page.keyboard.press(key)
}

async function reload() {
  // Without a file to open, VS Code opens what was open.
  await page.goto(workbenchUrl(server, workspace))
  await card('notebooks').waitFor()
}

/** The page of the webview: a frame in a frame. */
function diagram() {
  return page.frameLocator('iframe.webview.ready').frameLocator('#active-frame')
}

async function frameOfDiagram() {
  const handle = await diagram().locator('body').elementHandle()
  return handle.ownerFrame()
}

function card(name) {
  return diagram().locator(`.card[data-entity$="/${name}"]`)
}

function selected() {
  return diagram().locator('.card[aria-selected=true]').getAttribute('data-entity')
}

async function chosenRow() {
  const row = diagram().locator('.row.chosen')
  await row.waitFor()
  return `${await selected()} ${await row.getAttribute('data-field')}`
}
