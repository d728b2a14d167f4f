// The door to terminals: `offline-storage check`, and its other commands.
import { run } from './cli/run.ts'
import { enginesFor, rules } from './core/rules/all.ts'

const argv = process.argv.slice(2)
const program = { enginesFor, rules }
const { stdout, stderr, env } = process

if (argv[0] === 'lsp' && !argv.includes('--help')) {
  if (!argv.some(word => /^--(?:stdio|node-ipc|pipe|socket)\b/.test(word))) process.argv.push('--stdio')
  void import('./lsp/serve.ts').then(({ serve }) => serve(program))
} else {
  // A reader that has seen enough, as `head`, closes the pipe: then nobody is left to be told.
  for (const stream of [stdout, stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  const io = {
    cwd: process.cwd(),
    out: (text: string) => void stdout.write(text),
    error: (text: string) => void stderr.write(text),
    color: stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
  }
  void run(argv, io, program).then(code => {
    // Not `exit()`: a pipe may still be taking in what was written.
    process.exitCode = code
  })
}
