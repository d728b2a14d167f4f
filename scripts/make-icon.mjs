// Draws docs/images/icon.png from icon.svg: the marketplace takes no SVG. Needs the headless host (npm run setup:host).
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { openBrowser } from '../client/test/host/host.mjs'

const images = path.join(import.meta.dirname, '../docs/images')
const { browser, page } = await openBrowser({ width: 128, height: 128 })
await page.setContent(`<style>body{margin:0}</style>${readFileSync(path.join(images, 'icon.svg'), 'utf8')}`)
await page.screenshot({ path: path.join(images, 'icon.png'), omitBackground: true })
await browser.close()
