// Arguments for a function of an app, guessed from the names of its parameters.
import type { LibraryDatabase, LibraryModel } from './library.ts'

/** The database for one called so, a record of the model that is meant, else a text. */
export function guessArguments(
  source: string,
  database: LibraryDatabase,
  records: ReadonlyMap<string, LibraryModel>,
): unknown[] {
  const first = [...records.values()][0]
  const modelCalled = (name: string) => [...records].find(([model]) => model.toLowerCase() === name.toLowerCase())?.[1]
  const guess = (name: string): unknown => {
    if (/^(database|db)$/.test(name)) return database
    if (name.startsWith('{')) return new Proxy({}, { get: (_target, key) => guess(String(key)) })
    const model = modelCalled(name)
    if (model) return model
    const one = name.endsWith('s') ? modelCalled(name.slice(0, -1)) : undefined
    if (one) return [one]
    if (/^(record|item)$/.test(name)) return first
    if (/^(records|items|list)$/.test(name)) return first ? [first] : []
    if (/^(count|limit|page|now|time|at)$/.test(name)) return 1
    if (/[^su]s$/.test(name)) return ['text']
    return /id$/i.test(name) ? first?.id : 'text'
  }
  return parametersOf(source).map(guess)
}

function parametersOf(source: string): string[] {
  const list = /^[^(]*\(([^)]*)\)/.exec(source)?.[1] ?? ''
  const flat = list.replace(/\{[^}]*\}/g, '{}').replace(/=[^,]*/g, '')
  return flat
    .split(',')
    .map(part => part.trim())
    .filter(Boolean)
}
