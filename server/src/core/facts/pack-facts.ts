// Facts as few bytes and back, to keep them from one start to the next. What was one object is one object again.
import { MovingSpan } from '../text/moving-span.ts'
import type { FileFacts } from './file-facts.ts'
import { isSpan } from './marks.ts'

/** What the bytes of many files refer to by number: the texts in them, and the lists of keys that objects have. */
export interface PackTables {
  readonly strings: readonly string[]
  readonly shapes: readonly (readonly string[])[]
}

/** Packs files into bytes that share their tables. */
export interface Packer {
  pack(facts: FileFacts): Uint8Array
  readonly tables: PackTables
}

/** What a byte sequence begins with says what follows; from `shape` on it is the number of a list of keys. */
const tag = {
  null: 0,
  undefined: 1,
  false: 2,
  true: 3,
  positive: 4,
  negative: 5,
  double: 6,
  string: 7,
  array: 8,
  span: 9,
  again: 10,
  record: 11,
  shape: 12,
} as const

/**
 * A packer whose tables begin with `known`, so that what was packed with these can still be read by its own. Facts are
 * plain data without cycles, as `FileFacts` says.
 */
export function createPacker(known: PackTables = { strings: [], shapes: [] }): Packer {
  const strings = [...known.strings]
  const shapes = [...known.shapes]
  const stringIds = new Map(strings.map((text, id) => [text, id]))
  const shapeIds = new Map(shapes.map((keys, id) => [keys.join(' '), id]))
  let bytes = new Uint8Array(1 << 16)
  let at = 0

  const room = (count: number) => {
    if (at + count <= bytes.length) return
    const larger = new Uint8Array(Math.max(bytes.length * 2, at + count))
    larger.set(bytes)
    bytes = larger
  }
  const put = (value: number) => {
    room(10)
    let rest = value
    while (rest > 127) {
      bytes[at++] = (rest % 128) + 128
      rest = Math.floor(rest / 128)
    }
    bytes[at++] = rest
  }
  const putString = (text: string) => {
    let id = stringIds.get(text)
    if (id === undefined) {
      id = strings.push(text) - 1
      stringIds.set(text, id)
    }
    put(id)
  }
  const shapeOf = (keys: string[]): number => {
    const name = keys.join(' ')
    let id = shapeIds.get(name)
    if (id === undefined) {
      id = shapes.push(keys) - 1
      shapeIds.set(name, id)
    }
    return id
  }
  const putNumber = (value: number) => {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
      put(value < 0 ? tag.negative : tag.positive)
      put(Math.abs(value))
      return
    }
    put(tag.double)
    room(8)
    new DataView(bytes.buffer).setFloat64(at, value)
    at += 8
  }

  return {
    tables: { strings, shapes },
    pack(facts) {
      at = 0
      let last = 0
      const seen = new Map<object, number>()
      const write = (value: unknown): void => {
        if (typeof value === 'string') {
          put(tag.string)
          putString(value)
        } else if (typeof value === 'number') putNumber(value)
        else if (typeof value === 'boolean') put(value ? tag.true : tag.false)
        else if (typeof value === 'object' && value !== null) writeObject(value)
        else put(value === null ? tag.null : tag.undefined)
      }
      const writeObject = (value: object): void => {
        const known = seen.get(value)
        if (known !== undefined) {
          put(tag.again)
          put(known)
          return
        }
        seen.set(value, seen.size)
        if (Array.isArray(value)) {
          put(tag.array)
          put(value.length)
          for (const item of value) write(item)
        } else if (isSpan(value)) {
          put(tag.span)
          put(value.start >= last ? (value.start - last) * 2 : (last - value.start) * 2 - 1)
          put(value.end - value.start)
          last = value.start
        } else if (Object.getPrototypeOf(value) === null) {
          const entries = Object.entries(value)
          put(tag.record)
          put(entries.length)
          for (const [key, part] of entries) {
            putString(key)
            write(part)
          }
        } else {
          const keys = Object.keys(value)
          put(tag.shape + shapeOf(keys))
          for (const key of keys) write((value as Record<string, unknown>)[key])
        }
      }
      write(facts)
      return bytes.slice(0, at)
    },
  }
}

/** A file of more bytes has so many spans that they are best moved together. */
const many = 16_384

/** Reads what a packer wrote. Throws where the bytes are none that a packer with these tables wrote. */
export function createUnpacker({ strings, shapes }: PackTables): (bytes: Uint8Array) => FileFacts {
  // Copies of a whole object are smaller and quicker to make than objects that get one key after another.
  const blanks = shapes.map(keys => JSON.parse(`{${keys.map(key => `${JSON.stringify(key)}:null`).join()}}`) as object)

  return bytes => {
    let at = 0
    let last = 0
    const isMany = bytes.length > many
    const seen: object[] = []
    const get = (): number => {
      let byte = bytes[at++]!
      if (byte < 128) return byte
      let value = byte - 128
      for (let scale = 128; ; scale *= 128) {
        byte = bytes[at++]!
        if (byte < 128) return value + byte * scale
        if (!(byte < 256)) throw new RangeError('The bytes end too early.')
        value += (byte - 128) * scale
      }
    }
    const text = (): string => {
      const found = strings[get()]
      if (found === undefined) throw new RangeError('There is no such text.')
      return found
    }
    const read = (): unknown => {
      const kind = get()
      switch (kind) {
        case tag.null:
          return null
        case tag.undefined:
          return undefined
        case tag.false:
          return false
        case tag.true:
          return true
        case tag.positive:
          return get()
        case tag.negative:
          return -get()
        case tag.double:
          at += 8
          return new DataView(bytes.buffer, bytes.byteOffset).getFloat64(at - 8)
        case tag.string:
          return text()
        case tag.array:
          return readArray()
        case tag.span:
          return readSpan()
        case tag.again: {
          const known = seen[get()]
          if (!known) throw new RangeError('There is no such object.')
          return known
        }
        case tag.record:
          return readRecord()
        default:
          return readShape(kind - tag.shape)
      }
    }
    const readArray = (): unknown[] => {
      const length = get()
      if (!(length <= bytes.length)) throw new RangeError('The bytes end too early.')
      const items: unknown[] = length === 0 ? [] : new Array(length)
      seen.push(items)
      for (let index = 0; index < length; index++) items[index] = read()
      return items
    }
    const readSpan = (): object => {
      const step = get()
      const start = last + (step % 2 === 0 ? step / 2 : -(step + 1) / 2)
      const end = start + get()
      const span = isMany ? new MovingSpan(start, end) : { start, end }
      last = start
      seen.push(span)
      return span
    }
    const readRecord = (): object => {
      const record = Object.create(null) as Record<string, unknown>
      seen.push(record)
      for (let left = get(); left > 0; left--) {
        const key = text()
        record[key] = read()
      }
      return record
    }
    const readShape = (shape: number): object => {
      const keys = shapes[shape]
      if (!keys) throw new RangeError('There is no such shape.')
      const made = { ...blanks[shape] } as Record<string, unknown>
      seen.push(made)
      for (let index = 0; index < keys.length; index++) made[keys[index]!] = read()
      return made
    }
    return read() as FileFacts
  }
}
