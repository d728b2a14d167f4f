// Leaves the examples of rules out of what is shipped: they are tests and documentation, and would be made at every start.
import { readFile } from 'node:fs/promises'
import ts from '@ts-morph/common/dist/typescript.js'

/** Empties `examples: […]` of every rule; lines keep their numbers, so that source maps hold. A plugin for esbuild. */
export const withoutExamples = {
  name: 'without-examples',
  setup(build) {
    build.onLoad({ filter: /[\\/](?:engines[\\/]\w+|core[\\/]sync)[\\/]rules[\\/][\w-]+\.ts$/ }, async ({ path }) => ({
      contents: leaveOut(path, await readFile(path, 'utf8')),
      loader: 'ts',
    }))
  },
}

function leaveOut(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest)
  const list = examplesOf(file, file)
  if (!list) throw new Error(`${path} has no examples`)
  const start = list.getStart(file)
  return `${text.slice(0, start)}[${text.slice(start, list.end).replace(/[^\n]+/g, '')}]${text.slice(list.end)}`
}

/** The list of the first `examples` that stands beside `docs`. */
function examplesOf(file, node) {
  if (ts.isObjectLiteralExpression(node)) {
    const named = name => node.properties.find(one => one.name && ts.isIdentifier(one.name) && one.name.text === name)
    if (named('docs') && named('examples')) return named('examples').initializer
  }
  return ts.forEachChild(node, child => examplesOf(file, child))
}
