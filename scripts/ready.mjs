// `npm run ready`: what should hold before a commit, in one go. Formats, and mends what lint can; the rest it only says.
import { spawnSync } from 'node:child_process'
import process from 'node:process'

const steps = [
  ['format and lint', 'format'],
  ['types', 'typecheck'],
  ['rooms', 'tidy'],
  ['generated files', 'generate', '--', '--check'],
  ['unit tests', 'test:unit'],
]

const failed = steps.filter(([name, ...script]) => {
  console.log(`\n── ${name}`)
  const { status } = spawnSync('npm', ['run', '-s', ...script], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  return status !== 0
})
console.log(failed.length === 0 ? '\nReady.' : `\nNot ready: ${failed.map(([name]) => name).join(', ')}.`)
process.exitCode = failed.length === 0 ? 0 : 1
