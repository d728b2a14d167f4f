// Finds out what Realm makes of a value that is written out: it depends on what it is compared with.
import { closest } from '../../../text/similar.ts'
import { type Checking, reject, rejected } from './checking.ts'
import { readsAsDecimal, readsAsFloat, readsAsInteger } from './numeric-strings.ts'
import { constantOf, isNumeric, type Operand, type OperandType, typeNames } from './operand.ts'
import type { RqlConstant } from './syntax.ts'

/**
 * The operand that a written value is when it is compared with a value of the type `hint` (undefined: not known). Undefined
 * where something is unknown, or wrong and reported.
 */
export function constantOperand(
  check: Checking,
  { at, type, text }: RqlConstant,
  hint: OperandType | undefined,
): Operand | undefined {
  switch (type) {
    case 'integer':
      return constantOf(hint === 'decimal128' ? 'decimal128' : 'int')
    case 'float':
      return constantOf(floatType(check, text, hint))
    case 'infinity':
    case 'nan':
      return specialNumber(check, at, type, hint)
    case 'string':
      return stringOperand(check, at, text, hint)
    case 'base64':
      return base64Operand(check, at, text, hint)
    case 'binary':
      if (check.world.core === 13) return reject(check, 'syntax', at, 'binary() needs a newer version of realm')
      return constantOf('data')
    case 'timestamp':
      return timestampOperand(check, at, text)
    case 'null':
      return { ...constantOf(hint === 'string' || hint === 'data' ? hint : 'null'), text: 'null' }
    case 'bool':
    case 'uuid':
    case 'objectId':
    case 'link':
    case 'typedLink':
      return constantOf(type)
  }
}

function floatType({ world }: Checking, text: string, hint: OperandType | undefined): OperandType {
  if (hint === 'float' || hint === 'decimal128') return hint
  if (text.endsWith('f')) return 'float'
  // Core 14 makes an integer of what is whole.
  return hint === 'int' && world.core !== 13 && Number.isInteger(Number(text)) ? 'int' : 'double'
}

function specialNumber(
  check: Checking,
  at: RqlConstant['at'],
  type: 'infinity' | 'nan',
  hint: OperandType | undefined,
): Operand | undefined {
  if (hint === undefined) return undefined
  const isBroken = hint === 'float' || hint === 'double' || hint === 'decimal128'
  // Core 13 stops the app at a nan that is compared with anything else.
  const core14 = type === 'infinity' && (!isNumeric(hint) || hint === 'int')
  if (!isBroken && rejected(check, { core13: true, core14 })) {
    return reject(check, 'type', at, `${type === 'nan' ? 'NaN' : 'Infinity'} not supported for ${typeNames[hint]}`)
  }
  return constantOf(isBroken ? hint : 'double')
}

function stringOperand(
  check: Checking,
  at: RqlConstant['at'],
  text: string,
  hint: OperandType | undefined,
): Operand | undefined {
  if (hint === undefined || !isNumeric(hint) || hint === 'mixed') {
    if (hint === 'typeName') return typeNameOperand(check, at, text)
    return constantOf('string', text)
  }
  if (hint === 'decimal128') {
    // Core 13 takes any string for a decimal, be it no number.
    return readsAsDecimal(text) || check.world.core !== 14 ? constantOf(hint) : constantOf('string', text)
  }
  const isNumber = hint === 'int' ? readsAsInteger(text) : readsAsFloat(text)
  if (isNumber !== false) return isNumber ? constantOf(hint) : undefined
  // Core 13 stops here; core 14 leaves it a string.
  if (check.world.core === 13) return reject(check, 'type', at, `Cannot convert '${text}' to a number`)
  return constantOf('string', text)
}

const typesOfMixed = new Set(
  'null int integer int16 int32 int64 short long byte char bool boolean string binary data bytearray byte[] bindata date datetimeoffset timestamp float double decimal128 decimal objectlink link objectid uuid guid numeric object dictionary array list collection'.split(
    ' ',
  ),
)

function typeNameOperand(check: Checking, at: RqlConstant['at'], text: string): Operand | undefined {
  if (typesOfMixed.has(text.toLowerCase())) return constantOf('typeName')
  const meant = closest(text.toLowerCase(), typesOfMixed)
  const message = `'${text}' is no type of a value${meant ? `: did you mean '${meant}'?` : ''}`
  return reject(
    check,
    'type',
    at,
    message,
    meant ? { at: { start: at.start + 1, end: at.end - 1 }, text: meant } : undefined,
  )
}

function base64Operand(
  check: Checking,
  at: RqlConstant['at'],
  text: string,
  hint: OperandType | undefined,
): Operand | undefined {
  if (/=[^=]/.test(text)) return reject(check, 'type', at, 'Invalid base64 value')
  const fits = hint === 'string' || hint === 'data' || hint === 'mixed'
  if (hint !== undefined && !fits && check.world.core === 13) {
    const message = `Unsupported comparison between property of type '${typeNames[hint]}' and a B64 value`
    return reject(check, 'type', at, message)
  }
  // Whether Realm can decode it depends on its length, too.
  if (!/^(?:[a-zA-Z0-9+/]{4})*(?:[a-zA-Z0-9+/]{2}={0,2}|[a-zA-Z0-9+/]{3}=?)?$/.test(text)) return undefined
  if (check.world.core !== 13) return constantOf('string')
  if (hint === undefined) return undefined
  return constantOf(hint === 'string' ? 'string' : 'data')
}

function timestampOperand(check: Checking, at: RqlConstant['at'], text: string): Operand | undefined {
  if (text.startsWith('T')) {
    const [seconds, nanoseconds] = text.slice(1).split(':').map(Number) as [number, number]
    const isMixedSign = (seconds > 0 && nanoseconds < 0) || (seconds < 0 && nanoseconds > 0)
    if (isMixedSign) return reject(check, 'type', at, 'Invalid timestamp format: seconds and nanoseconds have one sign')
  } else if (Number(text.split('-')[0]) < 1900) {
    return reject(check, 'type', at, 'Conversion of dates before 1900 is not supported.')
  }
  return constantOf('date')
}
