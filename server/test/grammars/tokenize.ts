// Tokens as VS Code makes them: its engine and its grammars, with what package.json contributes.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type * as Oniguruma from 'vscode-oniguruma'
import type * as TextMate from 'vscode-textmate'

/** A stretch of one line, with its scopes from the widest to the narrowest. */
export interface Token {
  readonly line: number
  readonly start: number
  readonly end: number
  readonly text: string
  readonly scopes: readonly string[]
}

/** The grammars of the languages that queries are written in, as VS Code names them. */
export const hostScopes = ['source.ts', 'source.tsx', 'source.js', 'source.js.jsx'] as const

export type HostScope = (typeof hostScopes)[number]

export interface ContributedGrammar {
  readonly scopeName: string
  readonly path: string
  readonly injectTo?: readonly string[]
  readonly embeddedLanguages?: Readonly<Record<string, string>>
}

const root = new URL('../../../', import.meta.url)
// Both are bundles whose names `import` does not see.
const require = createRequire(import.meta.url)
const { createOnigScanner, createOnigString, loadWASM }: typeof Oniguruma = require('vscode-oniguruma')
const { INITIAL, parseRawGrammar, Registry }: typeof TextMate = require('vscode-textmate')

/** What package.json contributes. */
export const contributed: readonly ContributedGrammar[] = JSON.parse(
  readFileSync(new URL('package.json', root), 'utf8'),
).contributes.grammars

const editorGrammars: Readonly<Record<string, string>> = {
  'source.ts': 'typescript',
  'source.tsx': 'tsx',
  'source.js': 'javascript',
  'source.js.jsx': 'jsx',
  'source.sql': 'sql',
}

const engine = loadWASM(
  new Uint8Array(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'))).buffer,
).then(() => ({
  createOnigScanner,
  createOnigString,
}))
const withOurs = registry(true)
const withoutOurs = registry(false)

/**
 * Tokens of a text in the order of the text.
 *
 * @param scope the grammar of the text: that of a host language, or one that package.json contributes
 * @param plain without the grammars that package.json contributes
 */
export async function tokenize(text: string, scope: string, plain = false): Promise<readonly Token[]> {
  const grammar = await (plain ? withoutOurs : withOurs).loadGrammar(scope)
  if (!grammar) throw new Error(`There is no grammar ${scope}.`)
  let state = INITIAL
  return text.split('\n').flatMap((source, line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(source, state)
    state = ruleStack
    return tokens
      .map(({ startIndex, endIndex, scopes }) => {
        const end = Math.min(endIndex, source.length)
        return { line, start: startIndex, end, text: source.slice(startIndex, end), scopes }
      })
      .filter(token => token.end > token.start)
  })
}

function registry(isOurs: boolean): TextMate.Registry {
  return new Registry({
    onigLib: engine,
    loadGrammar: async scope => load(scope),
    getInjections: scope =>
      isOurs ? contributed.filter(one => one.injectTo?.includes(scope)).map(one => one.scopeName) : [],
  })
}

function load(scope: string): TextMate.IRawGrammar | undefined {
  const ours = contributed.find(one => one.scopeName === scope)
  const name = editorGrammars[scope]
  const path = ours ? new URL(ours.path, root) : name && require.resolve(`tm-grammars/grammars/${name}.json`)
  // The engine reads JSON only where the name says so.
  return path ? parseRawGrammar(readFileSync(path, 'utf8'), 'grammar.json') : undefined
}
