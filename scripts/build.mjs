// Bundles what the extension ships into dist/: the editor's client, the language server, the CLI, and the parser and SQLite they load.
// Usage: node scripts/build.mjs [--dev]   (--dev keeps names and links source maps, for a debugger)

import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import process from 'node:process'
import { build } from 'esbuild'
import { parserOnly } from './parser-only.mjs'
import { withoutExamples } from './without-examples.mjs'

const root = path.join(import.meta.dirname, '..')
const dev = process.argv.includes('--dev')
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // Some packages ship UMD as their main file, whose inner requires no bundler can follow.
  mainFields: ['module', 'main'],
  minify: !dev,
  sourcemap: dev ? 'linked' : 'external',
  logLevel: 'warning',
}
const lazyParser = { 'ts-morph': path.join(root, 'scripts/shims/lazy-parser.mjs') }
/** What the address of a module becomes in a bundle: the path of the bundle, which has SQLite beside it. */
const ownPath = { 'import.meta.url': '__filename' }
/** Webviews run in the browser of VS Code 1.100 or later. Their maps would be asked for from where they cannot be served. */
const browser = { platform: 'browser', target: 'chrome132', format: 'iife', ...(!dev && { sourcemap: false }) }
const shebang = '#!/usr/bin/env node'

rmSync(path.join(root, 'dist/client'), { recursive: true, force: true })
rmSync(path.join(root, 'dist/server'), { recursive: true, force: true })
await Promise.all([
  bundle('client/src/extension.ts', 'dist/client/extension.cjs', { external: ['vscode'] }),
  bundle('server/src/server.ts', 'dist/server/server.cjs', {
    alias: lazyParser,
    define: ownPath,
    external: ['./typescript.cjs'],
    plugins: [withoutExamples],
  }),
  bundle('server/src/cli.ts', 'dist/server/cli.cjs', {
    alias: lazyParser,
    define: ownPath,
    external: ['./typescript.cjs'],
    plugins: [withoutExamples],
    banner: hasShebang('server/src/cli.ts') ? {} : { js: shebang },
  }),
  bundle('server/src/host/sqlite/judge-worker.ts', 'dist/server/sqlite-worker.cjs', { define: ownPath }),
  bundle('node_modules/@ts-morph/common/dist/typescript.js', 'dist/server/typescript.cjs', {
    external: ['source-map-support'],
    plugins: [parserOnly(path.join(root, 'server/src'), path.join(root, 'shared'))],
    sourcemap: false,
    // Its warnings are about code that TypeScript itself writes this way on purpose.
    logLevel: 'error',
  }),
  bundle('client/webview/main.ts', 'dist/client/webview/diagram.js', browser),
  bundle('client/webview/diagram.css', 'dist/client/webview/diagram.css', browser),
])
mkdirSync(path.join(root, 'dist/server'), { recursive: true })
const wasm = createRequire(import.meta.url).resolve('@sqlite.org/sqlite-wasm/sqlite3.wasm')
copyFileSync(wasm, path.join(root, 'dist/server/sqlite3.wasm'))

function bundle(entry, outfile, options) {
  return build({ ...common, entryPoints: [entry], outfile, ...options }).catch(() => {
    // esbuild has said what is wrong; its stack would add nothing.
    process.exitCode = 1
  })
}

function hasShebang(file) {
  return readFileSync(path.join(root, file), 'utf8').startsWith('#!')
}
