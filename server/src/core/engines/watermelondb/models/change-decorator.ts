// Replaces one decorator of the library by another.
import type { Scope } from '../../../catalog/scope.ts'
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { addImport } from '../../../write/add-import.ts'
import { styleOf } from '../../../write/style.ts'
import type { Decorator, DecoratorName } from '../types.ts'

/** The edits that call decorator `name` instead, with the same arguments, imported where it is not yet. */
export function changeDecorator(
  scope: Scope,
  decorator: Decorator,
  name: DecoratorName,
  context: FixContext,
): readonly TextEdit[] | undefined {
  const { file, span } = decorator.at
  const text = context.text(file)
  const module = scope.module(file)
  const called = text && /^@\s*[\w$]+(?=\s*\(|$)/.exec(text.slice(span.start, span.end))
  if (!text || !module || !called) return undefined
  // A single decorator's module is `…/decorators/date`; the package's root has none.
  const base = decorator.from?.replace(/\/decorators(?:\/.*)?$/, '')
  if (base === undefined) return undefined
  const from = `${base}/decorators`
  const imported = module.imports.find(one => one.from === from && !one.typeOnly)?.names.find(one => one.name === name)
  return [
    { file, start: span.start, end: span.start + called[0].length, text: `@${imported?.local ?? name}` },
    ...addImport(file, text, module, { from, names: [name] }, styleOf(text)),
  ]
}
