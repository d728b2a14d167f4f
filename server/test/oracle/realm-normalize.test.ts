// What we take a property's declaration for, against realm 20's own normaliser.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import {
  normaliseObject,
  normaliseShorthand,
  typeText,
  valueTypes,
} from '../../src/core/engines/realm/schema/normalize.ts'
import type { PropertyShape } from '../../src/core/engines/realm/types.ts'
import { needOracle, oracleFolder, requireOracle } from '../../testkit/oracle/installed.ts'

interface Canonical {
  readonly type: string
  readonly objectType?: string
  readonly property?: string
  readonly presentation?: string
  readonly optional: boolean
}

type Normalise = (info: object) => Canonical

const bases = [
  ...valueTypes,
  'counter',
  'list',
  'dictionary',
  'set',
  'object',
  'linkingObjects',
  'Dog',
  'Int',
  'int ',
  '',
]
const marks = ['', '?', '[]', '{}', '<>', '?[]', '?{}', '?<>', '[]?', '{}?', '<>?', '[][]', '??', '[]?[]', '?[]?']
const types = [
  ...valueTypes,
  'list',
  'set',
  'dictionary',
  'object',
  'linkingObjects',
  'counter',
  'Dog',
  'Dog[]',
  'int?',
  '',
]
const elements = [undefined, 'int', 'mixed', 'Dog', 'Dog?', 'list', 'object', 'counter', '']
const yesNo = [undefined, true, false]

describe('oracle: what realm makes of a property', () => {
  let normalise: Normalise
  before(function () {
    needOracle(this)
    normalise = requireOracle(join(oracleFolder, 'node_modules/realm/dist/schema/normalize.js')).normalizePropertySchema
  })

  const real = (propertySchema: unknown, isPrimaryKey = false): PropertyShape | string => {
    try {
      return shapeOf(normalise({ objectName: 'A', propertyName: 'p', propertySchema, isPrimaryKey }))
    } catch (error) {
      return messageOf(error)
    }
  }

  it('agrees on every shorthand, and on what is wrong with it', () => {
    for (const base of bases)
      for (const mark of marks) {
        const text = base + mark
        const { shape, refusal } = normaliseShorthand(text)
        assert.deepEqual(shape ?? refusal?.message, real(text), JSON.stringify(text))
      }
  })

  it('writes each shape as a shorthand that is read as the same shape', () => {
    for (const base of bases)
      for (const mark of marks) {
        const { shape } = normaliseShorthand(base + mark)
        // A class whose name ends like a mark cannot be told from the mark.
        if (shape && !/[?[\]{}<>]/.test(shape.target ?? ''))
          assert.deepEqual(normaliseShorthand(typeText(shape)).shape, shape, base + mark)
      }
  })

  it('agrees on every object form, and on what is wrong with it', () => {
    let count = 0
    for (const type of types)
      for (const objectType of elements)
        for (const optional of yesNo)
          for (const indexed of [...yesNo, 'full-text' as const])
            for (const property of [undefined, 'owner'])
              for (const presentation of [undefined, 'counter'])
                for (const isPrimaryKey of [false, true]) {
                  const keys = { type, objectType, optional, indexed, property, presentation }
                  const { shape, refusal } = normaliseObject({ ...keys, isPrimaryKey }, 20)
                  assert.deepEqual(shape ?? refusal?.message, real(keys, isPrimaryKey), JSON.stringify(keys))
                  count++
                }
    assert.ok(count > 10_000)
  })
})

/** The canonical form in our words. */
function shapeOf({ type, objectType, property, presentation, optional }: Canonical): PropertyShape {
  const isValue = objectType !== undefined && valueTypes.has(objectType)
  const isCollection = type === 'list' || type === 'set' || type === 'dictionary'
  return {
    kind: type as PropertyShape['kind'],
    ...(isCollection && { element: (isValue ? objectType : 'object') as NonNullable<PropertyShape['element']> }),
    ...(objectType !== undefined && !isValue && { target: objectType }),
    ...(property !== undefined && { origin: property }),
    optional,
    isCounter: presentation === 'counter',
  }
}

/** Without the words around it. */
const messageOf = (error: unknown): string =>
  error instanceof Error
    ? error.message.replace(/^Invalid type declaration for property 'p' on 'A': /, '')
    : String(error)
