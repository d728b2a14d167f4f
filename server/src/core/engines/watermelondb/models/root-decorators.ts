// Decorators that a file imports from the package's root, which does not export them.
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import type { Span } from '../../../text/span.ts'
import { addImport } from '../../../write/add-import.ts'
import { styleOf } from '../../../write/style.ts'
import type { CodeOfFile } from '../types.ts'
import { decoratorNames } from './read-model.ts'

/** The imported names, each at its place. */
export const rootDecorators = (code: CodeOfFile): readonly { readonly name: string; readonly at: Span }[] =>
  (code.scope.module(code.file)?.imports ?? [])
    .filter(one => code.library.packages.includes(one.from) && !one.typeOnly && one.namedAt)
    .flatMap(one => one.names.filter(({ name }) => decoratorNames.has(name)))

/** The edits that import the decorator at a place from `/decorators`; undefined where the import is not a plain list. */
export function moveDecoratorImport(code: CodeOfFile, at: Span, context: FixContext): readonly TextEdit[] | undefined {
  const { file, scope } = code
  const text = context.text(file)
  const module = scope.module(file)
  const home = module?.imports.find(one => one.names.some(name => name.at === at))
  const name = home?.names.find(one => one.at === at)
  if (!module || !home?.namedAt || !name || text === undefined || name.local !== name.name) return undefined
  const style = styleOf(text)
  const from = `${home.from}/decorators`
  const rest = home.names.filter(one => one !== name)
  if (rest.length === 0) {
    const { start, end } = home.fromAt
    const quote = text[start] ?? style.quote
    return [{ file, start, end, text: `${quote}${from}${quote}` }]
  }
  // The name goes with the comma that divides it from its neighbour.
  const before = /,\s*$/.exec(text.slice(home.namedAt.start, at.start))?.[0].length ?? 0
  const after = before > 0 ? 0 : (/^\s*,\s*/.exec(text.slice(at.end, home.namedAt.end))?.[0].length ?? 0)
  if (before === 0 && after === 0) return undefined
  const cut = { file, start: at.start - before, end: at.end + after, text: '' }
  // A new import goes right behind the old one.
  const isThere = module.imports.some(one => one.from === from && one.namedAt)
  const imports = isThere ? module.imports : module.imports.slice(0, module.imports.indexOf(home) + 1)
  const added = addImport(file, text, { imports }, { from, names: [name.name] }, style)
  return [cut, ...added]
}
