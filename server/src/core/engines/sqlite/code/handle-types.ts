// What type annotations say of databases.
import type { Scope } from '../../../catalog/scope.ts'
import type { Library } from '../imports.ts'
import { opensDatabase } from '../openings/read-opening.ts'
import type { Handle } from './handle.ts'

const databases =
  /^(?:SQLiteDatabase|DB|OPSQLiteConnection|QuickSQLiteConnection|NitroSQLiteConnection|WebsqlDatabase)$/
const transactions = /^(?:Transaction|SQLTransaction)$/
const statements = /^(?:SQLiteStatement|PreparedStatement)$/

/** Types that hold one of what stands between their angle brackets. */
const wrapper = /^(?:Promise|Awaited|NonNullable|Readonly|React\.\w+|RefObject|MutableRefObject|Context|Ref)\s*<(.*)>$/s

/** What a value of the type `text` is; undefined for other types. */
export function handleOfType(scope: Scope, library: Library, file: string, text: string): Handle | undefined {
  const plain = text
    .replace(/\|\s*(?:null|undefined)\b/g, '')
    .replace(/^\s*(?:null|undefined)\s*\|/, '')
    .trim()
  const inner = wrapper.exec(plain)?.[1]
  if (inner !== undefined) return handleOfType(scope, library, file, inner)
  const opener = /^ReturnType\s*<\s*typeof\s+([\w$.]+)\s*>$/.exec(plain)?.[1]
  const found = library.typeOf(scope, file, opener ?? plain)
  if (!found) return undefined
  const { package: own, name } = found
  if (opener !== undefined) return opensDatabase(found) ? { package: own, kind: 'database' } : undefined
  if (databases.test(name)) return { package: own, kind: 'database' }
  if (transactions.test(name)) return { package: own, kind: 'transaction' }
  return statements.test(name) ? { package: own, kind: 'statement' } : undefined
}
