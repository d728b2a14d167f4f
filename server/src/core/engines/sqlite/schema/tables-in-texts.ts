// Which tables the texts of a file make, whoever runs them: a text that nobody is seen to run may make a table all the same.
import type { ModuleFacts, UsageFacts } from '../../../facts/file-facts.ts'
import { childrenOf, type Value } from '../../../source/value.ts'
import { foldName } from '../../../sql/scan-sql.ts'
import { createdTables } from './create-table.ts'

const makes = /\bcreate\s+(?:\w+\s+)?(?:table|view)\b/i
const none: ReadonlySet<string> = new Set()
const known = new WeakMap<UsageFacts, { readonly module: ModuleFacts; readonly names: ReadonlySet<string> }>()

/** The names, folded. Names that are put in at run time are left out. */
export function tablesInTexts(module: ModuleFacts | undefined, usage: UsageFacts | undefined): ReadonlySet<string> {
  if (!module || !usage) return none
  const found = known.get(usage)
  if (found?.module === module) return found.names
  const names = new Set<string>()
  const seen = new Set<Value>()
  const visit = (value: Value | undefined): void => {
    if (!value || seen.has(value)) return
    seen.add(value)
    const text = value.kind === 'string' ? value.text : value.kind === 'template' ? value.texts.join('\0') : undefined
    if (text !== undefined && makes.test(text))
      for (const { name } of createdTables(text)) if (!name.text.includes('\0')) names.add(foldName(name.text))
    for (const child of childrenOf(value)) visit(child)
  }
  for (const key in module.bindings) visit(module.bindings[key]!.value)
  for (const key in module.exports) {
    const entry = module.exports[key]!
    if (entry.kind === 'value') visit(entry.value)
  }
  for (const { value } of usage.calls) visit(value)
  for (const { value } of usage.assigns) visit(value)
  for (const { returns } of usage.functions) for (const value of returns) visit(value)
  known.set(usage, { module, names })
  return names
}
