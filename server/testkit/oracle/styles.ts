// Four styles of app that generators must be able to write into.
import type { Habits } from './write-app.ts'

const plain: Habits = {
  language: 'ts',
  quote: "'",
  semicolon: '',
  indent: '  ',
  newline: '\n',
  trailingComma: true,
  spacedBraces: true,
  tables: 'inline',
  migrations: 'inline',
  newestFirst: false,
  version: 'literal',
  isOneFile: false,
  namedOptions: false,
  isWide: true,
}

/** By name. */
export const styles: Readonly<Record<string, Habits>> = {
  'plain TypeScript': plain,
  'TypeScript in many files, newest first': {
    ...plain,
    quote: '"',
    semicolon: ';',
    indent: '    ',
    tables: 'files',
    migrations: 'files',
    newestFirst: true,
    version: 'imported',
    namedOptions: true,
  },
  'CommonJS with tabs': {
    ...plain,
    language: 'commonjs',
    semicolon: ';',
    indent: '\t',
    newline: '\r\n',
    trailingComma: false,
    isWide: false,
  },
  'JavaScript in one file': {
    ...plain,
    language: 'js',
    spacedBraces: false,
    tables: 'constants',
    migrations: 'constant',
    version: 'constant',
    isOneFile: true,
  },
}
