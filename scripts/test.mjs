// `npm test`: everything, the quick first. Installs what the slow parts need where it may, and says what it could not run.
import { spawn } from 'node:child_process'
import process from 'node:process'

/** How many lines a failed step's output is repeated with at the end, where nobody has to look for them. */
const repeatedLines = 40

/** Setups exit with this where something is missing that they may not install; what needs them is skipped then. */
const notPossibleHere = 3

const steps = [
  { name: 'formatting and lint', run: ['npm', 'run', '-s', 'lint'] },
  { name: 'types', run: ['npm', 'run', '-s', 'typecheck'] },
  { name: 'rooms', run: ['npm', 'run', '-s', 'tidy'] },
  { name: 'generated files', run: ['npm', 'run', '-s', 'generate', '--', '--check'] },
  { name: 'unit tests', run: ['npm', 'run', '-s', 'test:unit'] },
  { name: 'CLI and protocol tests', run: ['npm', 'run', '-s', 'test:protocol'] },
  { name: 'bundle and .vsix', run: ['npm', 'run', '-s', 'package'] },
  { name: 'bundle tests', run: ['npm', 'run', '-s', 'test:bundle'] },
  { name: 'the real libraries: setup', run: ['node', 'scripts/setup-oracle.mjs'], provides: 'oracle' },
  { name: 'the real libraries', run: ['npm', 'run', '-s', 'test:oracle'], needs: 'oracle' },
  { name: 'sync layers under faults', run: ['npm', 'run', '-s', 'test:faults'], needs: 'oracle' },
  { name: 'VS Code: setup', run: ['node', 'scripts/setup-host.mjs'], provides: 'host' },
  { name: 'VS Code, newest', run: ['node', 'client/test/run-tests.mjs', 'newest'], needs: 'host' },
  { name: 'VS Code, oldest supported', run: ['node', 'client/test/run-tests.mjs', 'floor'], needs: 'host' },
  { name: 'a person at the editor', run: ['node', 'client/test/ui/screenshots.mjs'], needs: 'host' },
  { name: 'a person at the diagram', run: ['node', 'client/test/ui/diagram.mjs'], needs: 'host' },
]

const missing = new Set()
const results = []
let passed = 0
let failed = 0

for (const step of steps) {
  if (step.needs && missing.has(step.needs)) {
    results.push({ name: step.name, outcome: 'skipped' })
    continue
  }
  console.log(`\n── ${step.name}`)
  const started = Date.now()
  const { code, output } = await run(step.run)
  for (const found of output.matchAll(/^\s*(\d+) passing\b/gm)) passed += Number(found[1])
  for (const found of output.matchAll(/^\s*(\d+) failing\b/gm)) failed += Number(found[1])
  const seconds = `${((Date.now() - started) / 1000).toFixed(1)} s`
  if (code === 0) results.push({ name: step.name, outcome: 'passed', seconds })
  else if (step.provides && code === notPossibleHere && !process.env.CI) {
    missing.add(step.provides)
    results.push({ name: step.name, outcome: 'not possible here', seconds })
  } else {
    results.push({ name: step.name, outcome: 'FAILED', seconds, output })
    if (step.provides) missing.add(step.provides)
  }
}

console.log('')
for (const { name, outcome, seconds } of results)
  console.log(`${outcome.padEnd(18)} ${name}${seconds ? ` (${seconds})` : ''}`)
const broken = results.filter(result => result.outcome === 'FAILED')
for (const { name, output } of broken)
  console.log(`\n── the end of ${name}\n${output.trimEnd().split('\n').slice(-repeatedLines).join('\n')}`)
console.log(`\n${passed} passed, ${Math.max(failed, broken.length)} failed`)
process.exit(broken.length === 0 ? 0 : 1)

function run([command, ...args]) {
  return new Promise(resolve => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of ['stdout', 'stderr'])
      child[stream].on('data', data => {
        output += data
        process[stream].write(data)
      })
    child.on('error', error => resolve({ code: 1, output: String(error) }))
    child.on('close', code => resolve({ code: code ?? 1, output }))
  })
}
