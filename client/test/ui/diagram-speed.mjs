// How fast the diagram of a large schema is: from the request to the first picture, and frames per second while it moves.
// Usage: node client/test/ui/diagram-speed.mjs [entities] [relations] [--check] [--json] [--pictures <folder>]
// Exit codes: 0 measured, 1 slower than wanted (with --check), 3 skipped because the headless host is not set up.
import { fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-languageserver/node'
import { hostIsReady, openBrowser } from '../host/host.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean' }, json: { type: 'boolean' }, pictures: { type: 'string' } },
})
const [entities = 500, relations = 1000] = positionals.map(Number)
/** What is wanted of 500 entities: milliseconds to the first picture, frames per second. */
const wanted = { picture: 3000, frames: 50 }
const root = path.join(import.meta.dirname, '../../..')

if (!hostIsReady()) {
  console.error('skipped: the headless host is not set up, see npm run setup:host')
  process.exit(3)
}
const folder = mkdtempSync(path.join(tmpdir(), 'diagram-speed-'))
writeApp()
const server = await startServer()
const { browser, page } = await openBrowser({ width: 1400, height: 900 })
const figures = { entities, relations }
try {
  await measure()
} finally {
  await browser.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
console.log(values.json ? JSON.stringify(figures) : figures)
const isFast = figures.firstPicture <= wanted.picture && figures.panning.every(({ frames }) => frames >= wanted.frames)
if (values.check && !isFast) process.exitCode = 1

async function measure() {
  page.on('pageerror', error => console.error(error))
  await server.request('workspace/executeCommand', { command: 'offlineStorage.server.stores', arguments: [{}] })
  await page.setContent(html())
  await page.addScriptTag({
    content: `window.acquireVsCodeApi = () => ({ postMessage() {}, getState() {}, setState() {} })`,
  })

  const start = performance.now()
  const view = await server.request('offlineStorage/diagram', {})
  figures.drawn = { entities: view.entities.length, relations: view.relations.length }
  figures.answer = Math.round(performance.now() - start)
  // How the view comes into this page is no part of the diagram: VS Code has its own way for it.
  await page.evaluate(`window.view = ${JSON.stringify(view)}`)
  const load = performance.now()
  await page.addScriptTag({ path: path.join(root, 'dist/client/webview/diagram.js') })
  await page.evaluate(showView)
  figures.webview = Math.round(performance.now() - load)
  figures.firstPicture = figures.answer + figures.webview
  const again = performance.now()
  await server.request('offlineStorage/diagram', {})
  figures.sameAnswer = Math.round(performance.now() - again)
  await picture('all')

  figures.panning = [await pan()]
  for (const zoom of [0.3, 0.6, 1]) {
    await zoomTo(zoom)
    await picture(`at-${zoom}`)
    figures.panning.push(await pan())
  }
  await zoomTo(0.1)
  figures.zooming = await page.evaluate(moveCamera, 'zoom')
}

/** The better of three: what else the machine does can only make it slower. */
async function pan() {
  const runs = []
  for (let run = 0; run < 3; run++) runs.push(await page.evaluate(moveCamera, 'pan'))
  return runs.sort((a, b) => b.frames - a.frames)[0]
}

/** By the buttons, as a person does. */
async function zoomTo(wantedZoom) {
  for (let step = 0; step < 40; step++) {
    const zoom = Number.parseInt(await page.textContent('.percent'), 10) / 100
    if (Math.abs(zoom / wantedZoom - 1) < 0.15) break
    await page.locator(`[aria-label^="Zoom ${zoom < wantedZoom ? 'in' : 'out'}"]`).click()
    await page.evaluate(() => new Promise(resolve => setTimeout(resolve, 250)))
  }
}

/** Runs in the page: gives the view to the webview, and resolves when it has been painted. */
function showView() {
  return new Promise(resolve => {
    window.postMessage({ kind: 'view', view: window.view, params: {}, positions: {} }, '*')
    const look = () => {
      if (document.querySelector('.card')) requestAnimationFrame(() => resolve())
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
}

/** Runs in the page: moves the picture for 180 frames and counts how many came in a second. */
async function moveCamera(kind) {
  const stage = document.getElementById('stage')
  const times = []
  const frame = () => new Promise(requestAnimationFrame)
  await frame()
  let last = performance.now()
  for (let i = 0; i < 180; i++) {
    const way = i % 90 < 45 ? 1 : -1
    const wheel = kind === 'pan' ? { deltaX: 24 * way, deltaY: 14 * way } : { deltaY: -9 * way, ctrlKey: true }
    stage.dispatchEvent(
      new WheelEvent('wheel', { ...wheel, clientX: 500, clientY: 400, bubbles: true, cancelable: true }),
    )
    await frame()
    const now = performance.now()
    times.push(now - last)
    last = now
  }
  times.sort((a, b) => a - b)
  const sum = times.reduce((total, time) => total + time, 0)
  return {
    zoom: document.querySelector('.percent').textContent,
    frames: Math.round((1000 * times.length) / sum),
    slowest20th: Math.round(times[Math.floor(times.length * 0.95)]),
    cards: document.querySelectorAll('.card').length,
    lines: document.querySelectorAll('.paths path').length,
  }
}

async function picture(name) {
  if (!values.pictures) return
  mkdirSync(values.pictures, { recursive: true })
  await page.screenshot({ path: path.join(values.pictures, `${entities}-${name}.png`) })
}

function html() {
  const css = readFileSync(path.join(root, 'dist/client/webview/diagram.css'), 'utf8')
  const theme = {
    'editor-background': '#1f1f1f',
    'editor-foreground': '#cccccc',
    descriptionForeground: '#9d9d9d',
    'editorWidget-background': '#202020',
    'editorWidget-border': '#454545',
    'sideBar-background': '#181818',
    focusBorder: '#0078d4',
    'font-family': 'system-ui, sans-serif',
  }
  const variables = Object.entries(theme).map(([name, value]) => `--vscode-${name}:${value}`)
  return `<!doctype html><style>:root{${variables.join(';')}}${css}</style><body class="vscode-dark"></body>`
}

/** A WatermelonDB app whose tables are named like a real one's: by area and noun, most relations within an area. */
function writeApp() {
  const areas = ['billing', 'inventory', 'user', 'order', 'catalog', 'media', 'chat', 'report', 'audit', 'shipping']
  const nouns = ['item', 'line', 'account', 'profile', 'setting', 'event', 'entry', 'comment', 'tag', 'file']
  const columns = ['title', 'body', 'amount', 'position', 'status', 'color', 'kind', 'remote_id', 'checksum', 'note']
  const tables = Array.from({ length: entities }, (_, i) => {
    const area = areas[i % areas.length]
    const noun = nouns[Math.floor(i / areas.length) % nouns.length]
    const round = Math.floor(i / (areas.length * nouns.length))
    return { name: `${area}_${noun}s${round ? `_${round}` : ''}`, keys: [] }
  })
  let seed = 7
  const random = below => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return Math.floor((seed / 2147483648) * below)
  }
  for (let i = 0, made = 0; made < relations && i < relations * 20; i++) {
    const from = random(entities)
    const isNear = random(4) > 0
    const to = isNear ? (from + areas.length * (1 + random(6))) % entities : random(Math.min(20, entities))
    if (from === to || tables[from].keys.includes(to)) continue
    tables[from].keys.push(to)
    made++
  }
  const keyOf = to => `${tables[to].name}_id`
  const schema = tables.map(({ name, keys }, i) => {
    const own = columns
      .slice(0, 3 + (i % 8))
      .map(
        (column, k) =>
          `{ name: '${column}', type: '${k % 3 ? 'number' : 'string'}'${k % 4 ? '' : ', isOptional: true'} },`,
      )
    const foreign = keys.map(to => `{ name: '${keyOf(to)}', type: 'string', isIndexed: true },`)
    return `tableSchema({ name: '${name}', columns: [\n${[...own, ...foreign].join('\n')}\n] }),`
  })
  write('package.json', JSON.stringify({ dependencies: { '@nozbe/watermelondb': '0.28.0' } }))
  write(
    'src/db/schema.ts',
    `import { appSchema, tableSchema } from '@nozbe/watermelondb'\nexport const schema = appSchema({ version: 1, tables: [\n${schema.join('\n')}\n] })\n`,
  )
  for (const [i, { name, keys }] of tables.entries()) {
    const associations = keys.map(to => `  ${tables[to].name}: { type: 'belongs_to', key: '${keyOf(to)}' },`)
    const properties = keys.map(to => `  @relation('${tables[to].name}', '${keyOf(to)}') ${tables[to].name}`)
    write(
      `src/models/${areas[i % areas.length]}/model-${i}.ts`,
      `import { Model } from '@nozbe/watermelondb'\nimport { relation } from '@nozbe/watermelondb/decorators'\nexport class Model${i} extends Model {\n  static table = '${name}'\n  static associations = {\n${associations.join('\n')}\n  }\n${properties.join('\n')}\n}\n`,
    )
  }
}

function write(file, text) {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
  writeFileSync(path.join(folder, file), text)
}

/** The built server, with the folder open. */
async function startServer() {
  const child = fork(path.join(root, 'dist/server/server.cjs'), ['--node-ipc'], { silent: true })
  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child))
  connection.onRequest(() => null)
  connection.listen()
  const uri = pathToFileURL(folder).href
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: uri,
    workspaceFolders: [{ uri, name: 'app' }],
    capabilities: {},
  })
  await connection.sendNotification('initialized', {})
  return {
    request: (method, params) => connection.sendRequest(method, params),
    async stop() {
      await connection.sendRequest('shutdown')
      await connection.sendNotification('exit')
      connection.dispose()
    },
  }
}
