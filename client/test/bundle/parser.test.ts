// The parser that is shipped is a part of TypeScript: it has to read every text as the whole does.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { ts } from 'ts-morph'

const root = path.join(import.meta.dirname, '../../..')
const shipped = createRequire(import.meta.url)(path.join(root, 'dist/server/typescript.cjs')) as typeof ts
const folders = ['examples', 'server/src', 'server/templates', 'server/testkit', 'client/src', 'client/webview']

describe('the shipped parser', () => {
  const texts = folders.flatMap(sourcesBelow)

  it('reads whole files as TypeScript does', () => {
    assert.ok(texts.length > 1000)
    for (const { file, text } of texts) assert.equal(read(shipped, file, text), read(ts, file, text), file)
  }).timeout(120_000)

  it('reads files that break off as TypeScript does', () => {
    for (const [index, { file, text }] of texts.entries()) {
      const cut = text.slice(0, Math.floor((text.length * (index % 10)) / 10))
      assert.equal(read(shipped, file, cut), read(ts, file, cut), `${file}, ${cut.length} characters of it`)
    }
  }).timeout(120_000)
})

/** Everything that a reader can see of a tree: kinds, places, flags, texts, and what is wrong. */
function read(parser: typeof ts, file: string, text: string): string {
  const source = parser.createSourceFile(file, text, parser.ScriptTarget.Latest, true)
  const lines: string[] = []
  const visit = (node: ts.Node): void => {
    const start = node.getStart(source)
    lines.push([node.kind, node.pos, start, node.end, node.flags, parser.isIdentifier(node) ? node.text : ''].join())
    parser.forEachChild(node, visit)
  }
  visit(source)
  const { parseDiagnostics } = source as unknown as { parseDiagnostics: readonly ts.DiagnosticWithLocation[] }
  for (const { code, start, length, messageText } of parseDiagnostics)
    lines.push([code, start, length, parser.flattenDiagnosticMessageText(messageText, '\n')].join())
  return lines.join('\n')
}

function sourcesBelow(folder: string): readonly { readonly file: string; readonly text: string }[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.[cm]?[jt]sx?$/.test(name) && !name.includes('node_modules'))
    .map(name => path.join(folder, name))
    .map(file => ({ file, text: readFileSync(path.join(root, file), 'utf8') }))
}
