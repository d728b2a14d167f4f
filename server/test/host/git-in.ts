// Runs git for a test, as a person of the test's own and without the machine's configuration.
import { execFileSync } from 'node:child_process'

/** Runs `git <args>` in `folder`; the first argument may be options with an environment. */
export function gitIn(
  folder: string,
  first: string | { readonly env: NodeJS.ProcessEnv },
  ...rest: readonly string[]
): string {
  const [env, args] = typeof first === 'string' ? [process.env, [first, ...rest]] : [first.env, rest]
  const person = [
    '-c',
    'user.name=Test',
    '-c',
    'user.email=test@example.com',
    '-c',
    'commit.gpgsign=false',
    '-c',
    'tag.gpgsign=false',
  ]
  return execFileSync('git', ['-C', folder, ...person, ...args], {
    encoding: 'utf8',
    env: { ...env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  })
}
