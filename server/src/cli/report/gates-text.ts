// The report on quality gates that people read in a terminal.
import {
  type Gate,
  type GateState,
  type GatesReport,
  gateTitles,
  isRequired,
  type StoreGates,
} from '../../../../shared/gates.ts'
import { oneLine } from '../../core/gates/one-line.ts'

const codes: Readonly<Partial<Record<GateState, number>>> = {
  passed: 32,
  failed: 31,
  missing: 31,
  outdated: 33,
  'not run': 33,
}

const stateWidth = 'not run'.length + 2
const titleWidth = Math.max(...Object.values(gateTitles).map(title => title.length))

/** Gates by store, then a line that sums up. `color`: with ANSI colours. */
export function gatesText(report: GatesReport, color: boolean): string {
  const paint = (code: number, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text)
  const storePart = (store: StoreGates): string => {
    const version = store.version === null ? '' : `, version ${store.version}`
    const head = `${paint(4, oneLine(store.name))} (${store.engine}${version}) ${paint(2, oneLine(store.file))}\n`
    const lines = store.gates.filter(isRequired).map(gate => gateLine(gate, paint))
    return `${head}${lines.join('')}${remark(store)}`
  }
  return `${report.stores.map(storePart).join('\n')}\n${sum(report)}\n`
}

function gateLine({ gate, state, tests, message }: Gate, paint: (code: number, text: string) => string): string {
  const about = message ?? tests.map(({ file }) => file).join(', ')
  const word = paint(codes[state] ?? 0, state.padEnd(stateWidth))
  return `  ${word} ${gateTitles[gate].padEnd(titleWidth)}  ${paint(2, oneLine(about))}\n`
}

function remark({ gates }: StoreGates): string {
  const syncs = !gates.some(({ state }) => state === 'does not sync')
  const hasVersions = !gates.some(({ state }) => state === 'nothing to migrate')
  if (syncs) return hasVersions ? '' : '  It has no older version, so there are no migrations to be tested.\n'
  return hasVersions
    ? '  It does not sync.\n'
    : '  It does not sync and has no older version: nothing must be tested.\n'
}

function sum({ stores }: GatesReport): string {
  const required = stores.flatMap(({ gates }) => gates.filter(isRequired))
  const count = (state: GateState) => required.filter(gate => gate.state === state).length
  const seen = `${stores.length} ${stores.length === 1 ? 'store' : 'stores'}`
  if (required.length === 0) return `No gate concerns the ${seen}.`
  const others = (['failed', 'missing', 'outdated', 'not run'] as const).flatMap(state =>
    count(state) > 0 ? [`${count(state)} ${state}`] : [],
  )
  return `${[`${count('passed')} of ${required.length} gates passed`, ...others].join(', ')} in ${seen}.`
}
