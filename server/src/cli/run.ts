// Runs one command line.
import { version } from '../host/version.ts'
import type { Program } from '../program.ts'
import { type Arguments, readArguments } from './arguments.ts'
import { check } from './check.ts'
import { diagram } from './diagram.ts'
import { fix } from './fix.ts'
import { gates } from './gates.ts'
import { CannotRun, type Io } from './io.ts'
import { rules } from './rules.ts'
import { snapshot } from './snapshot.ts'

const commands: Readonly<
  Record<Arguments['command'], (program: Program, args: Arguments, io: Io) => number | Promise<number>>
> = {
  check,
  fix,
  snapshot,
  diagram,
  gates,
  rules,
  lsp: () => {
    throw new CannotRun('"lsp" serves an editor and takes the process for itself.')
  },
  help: (_program, _args, io) => {
    io.out(help)
    return 0
  },
  version: (_program, _args, io) => {
    io.out(`${version}\n`)
    return 0
  },
}

/** Runs `argv` (without `node` and the script). Gives the exit code: 0 nothing wrong, 1 something found, 2 could not run. */
export async function run(argv: readonly string[], io: Io, program: Program): Promise<number> {
  try {
    const args = readArguments(argv)
    return await commands[args.command](program, args, io)
  } catch (error) {
    const words = error instanceof CannotRun ? error.message : error instanceof Error ? error.stack : String(error)
    io.error(`offline-storage: ${words}\n`)
    return 2
  }
}

const help = `offline-storage: checks and mends offline-first storage code.

  offline-storage check [folder]     report what is wrong
    --format text|json|github|sarif  how it is reported (text)
    --rule <id>=<severity>           judge a rule as error, warning, info or off; may be repeated
    --max-warnings <n>               fail when there are more warnings
    --baseline auto|none|snapshot|git|git:<revision>
                                     what schemas are compared with (auto)
  offline-storage fix [folder]       make all safe fixes
    --rule <id>                      only fixes of this rule; may be repeated
    --dry-run                        show the changes and make none
  offline-storage snapshot [folder]  keep the schemas as they are released
  offline-storage diagram [folder]   draw entities, fields and relations
    --format svg|mermaid|dbml|json   how they are drawn (svg)
    --store <name>                   only this store; may be repeated
    --out <file>                     write a file
  offline-storage gates [folder]     say which quality gates each store passes
    --results <file>                 results of your test run: jest --json, mocha --reporter json,
                                     or JUnit XML; may be repeated
    --require passed|exists          what is asked of each gate (passed)
    --format text|json
  offline-storage rules              list all rules
    --format text|json
  offline-storage lsp --stdio        serve an editor
  offline-storage --help, --version

Exit code: 0 no error found, 1 something was found or left, 2 the command could not run.
Settings of a folder are kept in its offline-storage.config.json.
`
