// The door to editors: `server --stdio` or `server --node-ipc` (also `--ipc`).
import v8 from 'node:v8'
import { enginesFor, rules } from './core/rules/all.ts'
import { serve } from './lsp/serve.ts'

// Before garbage is collected the heap grows by two fifths at most, where it would double otherwise: reading a large
// workspace then takes a tenth more work, and a fifth less memory at its peak.
v8.setFlagsFromString('--heap-growing-percent=40')

const ipc = process.argv.indexOf('--ipc')
if (ipc >= 0) process.argv[ipc] = '--node-ipc'
serve({ enginesFor, rules })
