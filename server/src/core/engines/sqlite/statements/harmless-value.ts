// What may stand in the text of SQL without harm.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { Value } from '../../../source/value.ts'

/** Calls that give a number, whatever they are given. */
const numeric =
  /^(?:Number|parseInt|parseFloat|now|round|floor|ceil|trunc|max|min|abs|getTime|valueOf|toFixed|indexOf)$/
/** Names by which lists of marks, names of columns and pieces of SQL go. */
const pieces =
  /placeholder|marks|\bmarks?\b|params|column|field|table|clause|where|condition|filter|order|sort|dir|sql|query|select|join|schema|values|set|keys?$|cols?$|names?List/i

/** True where the value is a number, a piece of SQL or a list of marks, or where that may be. */
export function isHarmless(scope: Scope, located: Located, depth = 0): boolean {
  const { value, file } = scope.follow(located)
  const again = (inner: Value) => isHarmless(scope, { value: inner, file }, depth + 1)
  if (depth > 8) return true
  switch (value.kind) {
    case 'number':
    case 'boolean':
    case 'string':
    case 'null':
    case 'undefined':
    case 'array':
      return true
    case 'unknown':
      return value.type === 'boolean'
    case 'await':
      return again(value.value)
    case 'conditional':
      return again(value.whenTrue) && again(value.whenFalse)
    case 'binary':
      // A sum of texts is a text; anything else is a number or a choice.
      return value.op === '+' || value.op === '||' || value.op === '&&' || value.op === '??'
        ? again(value.left) && again(value.right)
        : true
    case 'template':
      return value.values.every(again)
    case 'call': {
      const name = value.callee.kind === 'name' || value.callee.kind === 'member' ? value.callee.name : undefined
      // What other functions make may be SQL: a list of marks, a condition, a text that was escaped.
      return name === undefined || numeric.test(name) || !isPlainText(name)
    }
    case 'member':
      if (value.name === 'length' || value.name === 'size') return true
      return value.name === undefined || pieces.test(value.name)
    case 'name':
      return pieces.test(value.name) || isTypedSafe(scope, { value, file })
    default:
      return true
  }
}

/** Methods that change a text and leave it what a person typed. */
const isPlainText = (name: string): boolean =>
  /^(?:trim|toLowerCase|toUpperCase|toString|String|slice|normalize)$/.test(name)

/** True for a name whose type is a number, a boolean, or some fixed words. */
function isTypedSafe(scope: Scope, { value, file }: Located): boolean {
  const binding = value.kind === 'name' && value.key !== undefined ? scope.binding(file, value.key) : undefined
  if (!binding) return true
  const parts = binding.type?.parts
  if (!parts) return false
  return (
    parts.every(part => /^(?:number|boolean|bigint|undefined|null|'[^']*'|"[^"]*"|-?\d+)$/.test(part)) || isAlias(parts)
  )
}

/** A type with a name of its own may be a union of words; `string` and its kin are not. */
const isAlias = (parts: readonly string[]): boolean =>
  parts.some(part => /^[A-Z]\w*$/.test(part) && part !== 'String') && !parts.includes('string')
