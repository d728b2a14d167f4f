// The words of MMKV: what it calls things, and the types of its values.
import type { FieldType, Terms } from '../../catalog/terms.ts'
import type { ValueType } from './types.ts'

export const terms: Terms = { entity: ['instance', 'instances'], field: ['key', 'keys'] }

/** The id of the instance that is opened where no configuration is given (`createMMKV.ts`). */
export const defaultId = 'mmkv.default'

export const fieldTypes: readonly (FieldType & { readonly text: ValueType })[] = [
  { text: 'string', detail: 'a text' },
  { text: 'number', detail: 'a number of 64 bits' },
  { text: 'boolean', detail: 'true or false' },
  { text: 'object', detail: 'an object, stored as a text of JSON' },
  { text: 'buffer', detail: 'bytes' },
]
