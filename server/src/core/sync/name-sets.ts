// Which names stand in a file, so that few files are looked through for one.
import type { Scope } from '../catalog/scope.ts'
import type { ModuleFacts, UsageFacts } from '../facts/file-facts.ts'
import { childrenOf, type Value } from '../source/value.ts'

/** Lists that are longer hold data. */
const longest = 50

/**
 * Gives for each file the names, members and properties in its code. `idempotency` is among them for every text and name
 * with that in it. What the sets are made of never changes, so they are kept for as long as that is.
 */
export function createNameSets(scope: Scope): (file: string) => ReadonlySet<string> {
  const known = new WeakMap<UsageFacts, { readonly module: ModuleFacts; readonly names: ReadonlySet<string> }>()
  return file => {
    const usage = scope.usage(file)
    const module = scope.module(file)
    if (!usage || !module) return new Set()
    const before = known.get(usage)
    if (before?.module === module) return before.names
    const names = namesIn(usage, module)
    known.set(usage, { module, names })
    return names
  }
}

function namesIn(usage: UsageFacts, module: ModuleFacts): ReadonlySet<string> {
  const names = new Set<string>()
  const note = (text: string | undefined) => {
    if (text === undefined) return
    names.add(text)
    if (/idempotency/i.test(text)) names.add('idempotency')
  }
  const visit = (value: Value): void => {
    if (value.kind === 'name' || value.kind === 'member') note(value.name)
    if (value.kind === 'string' && /idempotency/i.test(value.text)) names.add('idempotency')
    if (value.kind === 'object') for (const prop of value.props) if (prop.kind === 'named') note(prop.name)
    if (value.kind === 'array' && value.items.length > longest) return
    for (const child of childrenOf(value)) visit(child)
  }
  for (const { value } of usage.calls) visit(value)
  for (const { target, value } of usage.assigns) for (const part of [target, value]) visit(part)
  for (const fn of usage.functions) for (const value of fn.returns) visit(value)
  for (const binding of Object.values(module.bindings)) if (binding.value) visit(binding.value)
  for (const given of Object.values(module.exports)) if (given.kind === 'value') visit(given.value)
  return names
}
