#!/usr/bin/env node
// Takes desktop VS Code's command line and runs the headless one: what @vscode/test-electron is given as its executable.
// VSCODE_HOST_EDITION chooses `newest` (default) or `floor`; VSCODE_HOST_TRUST=1 keeps workspace trust
// switched on; VSCODE_HOST_VERBOSE=1 shows what VS Code says about itself.
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { editions, runInExtensionHost } from './host.mjs'

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
  },
})
if (!values.extensionTestsPath) throw new Error('code-launcher: only runs of extension tests are supported')

const edition = editions[process.env.VSCODE_HOST_EDITION ?? 'newest']
const userDataDir = values['user-data-dir']
const root = path.dirname(userDataDir)
const dirs = { root, userDataDir, extensionsDir: values['extensions-dir'], serverDataDir: path.join(root, 'server') }
process.exitCode = await runInExtensionHost(edition, dirs, {
  folder: positionals[0],
  developmentPaths: values.extensionDevelopmentPath,
  testsPath: values.extensionTestsPath,
  trust: process.env.VSCODE_HOST_TRUST === '1',
  // The tests report through a file of their own, so nothing here is needed by who only wants the results.
  log: (type, line) => {
    if (process.env.VSCODE_HOST_VERBOSE) console.error(`[${type}] ${line}`)
  },
})
