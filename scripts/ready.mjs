// `npm run ready`: what should hold before a commit, in one go: formats, mends what lint can, then checks all that is quick.
import { spawnSync } from 'node:child_process'
import process from 'node:process'

const steps = [
  ['generated files', ['run', '-s', 'generate']],
  ['format and lint', ['run', '-s', 'format']],
  ['types', ['run', '-s', 'typecheck']],
  ['rooms', ['run', '-s', 'tidy']],
  ['generated files, formatted', ['run', '-s', 'generate', '--', '--check']],
  ['unit tests', ['run', '-s', 'test:unit']],
]

const failed = steps.filter(([name, args]) => {
  console.log(`\n── ${name}`)
  return spawnSync('npm', args, { stdio: 'inherit', shell: process.platform === 'win32' }).status !== 0
})
console.log(failed.length === 0 ? '\nReady.' : `\nNot ready: ${failed.map(([name]) => name).join(', ')}.`)
process.exitCode = failed.length === 0 ? 0 : 1
