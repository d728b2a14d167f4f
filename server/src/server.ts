// The door to editors: `server --stdio` or `server --node-ipc` (also `--ipc`).
import { enginesFor, rules } from './core/rules/all.ts'
import { limitHeapGrowth } from './host/heap.ts'
import { serve } from './lsp/serve.ts'

limitHeapGrowth('starting')

const ipc = process.argv.indexOf('--ipc')
if (ipc >= 0) process.argv[ipc] = '--node-ipc'
serve({ enginesFor, rules })
