// Finds where the workspace declares a class that a schema list lacks.

import type { Located, Scope } from '../../../catalog/scope.ts'
import { isTestFile } from '../../../catalog/test-file.ts'

/** An export that is the schema of a class, or a JavaScript class that has one. */
export interface ExportedSchema {
  readonly file: string
  /** The exported name. */
  readonly name: string
}

/** The one export of the workspace that declares the class `name`; undefined where there is none, or more than one. */
export function findSchema(scope: Scope, name: string): ExportedSchema | undefined {
  const found: ExportedSchema[] = []
  for (const file of scope.files()) {
    if (isTestFile(scope, file)) continue
    for (const [exported, entry] of Object.entries(scope.module(file)?.exports ?? {})) {
      if (entry.kind === 'from' || exported === 'default') continue
      const target = scope.exported(file, exported)
      if (target.kind === 'value' && declares(scope, target.located, name)) found.push({ file, name: exported })
    }
  }
  return found.length === 1 ? found[0] : undefined
}

function declares(scope: Scope, located: Located, name: string): boolean {
  const { value, file } = located
  if (value.kind === 'object') {
    const entries = scope.shape(located)?.entries
    return entries?.has('properties') === true && scope.text(entries.get('name')?.value)?.text === name
  }
  const fact = value.kind === 'class' ? scope.classOf(file, value.key) : undefined
  if (!fact?.superclass) return false
  const written =
    fact.members.find(member => member.isStatic && member.name === 'schema')?.initializer ??
    fact.assigned.find(one => one.name === 'schema')?.value
  if (!written) return fact.name === name
  return scope.text(scope.shape({ value: written, file })?.entries.get('name')?.value)?.text === name
}
