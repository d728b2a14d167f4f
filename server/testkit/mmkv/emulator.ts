// MMKV in memory, true to the bytes of its core and to its silence: a faithful fake for tests, with the interface of version 4.
import { decodeBoolean, decodeBuffer, decodeNumber, decodeString, encode, type MmkvValue } from './encoding.ts'

/** A configuration as react-native-mmkv 4 takes it, as far as it changes what is read. */
export interface MmkvConfiguration {
  readonly id: string
  readonly path?: string
  readonly encryptionKey?: string
  readonly encryptionType?: EncryptionType
  readonly readOnly?: boolean
}

export type EncryptionType = 'AES-128' | 'AES-256'

/** An instance, by the names of react-native-mmkv 4. */
export interface EmulatedMmkv {
  readonly id: string
  readonly length: number
  readonly isReadOnly: boolean
  readonly isEncrypted: boolean
  set(key: string, value: MmkvValue): void
  getString(key: string): string | undefined
  getNumber(key: string): number | undefined
  getBoolean(key: string): boolean | undefined
  getBuffer(key: string): ArrayBuffer | undefined
  contains(key: string): boolean
  remove(key: string): boolean
  getAllKeys(): string[]
  clearAll(): void
  recrypt(key: string | undefined): void
  encrypt(key: string, type?: EncryptionType): void
  decrypt(): void
  importAllFrom(other: EmulatedMmkv): number
  addOnValueChangedListener(listener: (key: string) => void): { remove(): void }
}

/** A phone: its files stay when the app is started again, its open instances do not. */
export interface EmulatedPhone {
  createMMKV(configuration?: MmkvConfiguration): EmulatedMmkv
  existsMMKV(id: string): boolean
  deleteMMKV(id: string): boolean
  /** Ends the process and starts another. Instances opened before must not be used any more. */
  restart(): void
}

/** One file: the cipher it is written with (empty for none) and what it holds. */
interface StoredFile {
  readonly cipher: string
  readonly entries: ReadonlyMap<string, Uint8Array>
}

/** One file as a process has it open. */
interface OpenFile {
  readonly id: string
  readonly place: string
  readonly isReadOnly: boolean
  cipher: string
  readonly entries: Map<string, Uint8Array>
  /** Keys whose values still lie in the file they were imported from. */
  readonly borrowed: Set<string>
}

/** The longest name of a file, in bytes. */
const longestName = 255

/** Names of keys have two bytes for their length. */
const longestKey = 65_534

const ownRoot = '/data/mmkv'

/** A phone on which nothing was stored. `unwritable` are folders in which no file can be made. */
export function createPhone(unwritable: readonly string[] = []): EmulatedPhone {
  const files = new Map<string, StoredFile>()
  const open = new Map<string, OpenFile>()
  const instances = new WeakMap<EmulatedMmkv, OpenFile>()
  const listeners = new Map<string, Set<(key: string) => void>>()

  const canHold = ({ id, place }: OpenFile): boolean =>
    (hasSpecialSigns(id) || byteLength(id) <= longestName) && !unwritable.some(folder => place.startsWith(`${folder}/`))

  const save = (file: OpenFile): boolean => {
    if (file.isReadOnly || !canHold(file)) return false
    files.set(file.place, { cipher: file.cipher, entries: new Map(file.entries) })
    return true
  }

  const notify = (id: string, key: string): void => {
    for (const listener of [...(listeners.get(id) ?? [])]) listener(key)
  }

  /** The core frees the bytes of a borrowed value, which are not its own. */
  const takeBack = (file: OpenFile, key: string): void => {
    if (file.borrowed.has(key)) throw new Error('free(): invalid pointer')
  }

  const rekey = (file: OpenFile, cipher: string): boolean => {
    if (file.isReadOnly) return false
    file.cipher = cipher
    return save(file)
  }

  const openFile = (configuration: MmkvConfiguration): OpenFile => {
    const { id, path = ownRoot, encryptionKey = '', encryptionType = 'AES-128', readOnly = false } = configuration
    const place = `${path}/${id}`
    const known = open.get(place)
    if (known) return known
    const cipher = cipherOf(encryptionKey, encryptionType)
    const stored = files.get(place)
    // What another cipher wrote reads as an empty file, and is lost when something is written over it.
    const entries = new Map(stored?.cipher === cipher ? stored.entries : [])
    const file: OpenFile = { id, place, isReadOnly: readOnly, cipher, entries, borrowed: new Set() }
    open.set(place, file)
    return file
  }

  const instanceOf = (file: OpenFile): EmulatedMmkv => {
    const read = <T>(key: string, decode: (bytes: Uint8Array) => T | undefined): T | undefined => {
      const bytes = file.entries.get(key)
      return bytes && decode(bytes)
    }
    const instance: EmulatedMmkv = {
      id: file.id,
      get length() {
        return file.entries.size
      },
      isReadOnly: file.isReadOnly,
      get isEncrypted() {
        return file.cipher !== ''
      },
      set(key, value) {
        if (key === '') throw new Error('Cannot set a value for an empty key!')
        if (file.isReadOnly || !canHold(file) || byteLength(key) > longestKey)
          throw new Error(`Failed to set value for key "${key}"!`)
        takeBack(file, key)
        file.entries.set(key, encode(value))
        save(file)
        notify(file.id, key)
      },
      getString: key => read(key, decodeString),
      getNumber: key => read(key, decodeNumber),
      getBoolean: key => read(key, decodeBoolean),
      getBuffer: key => read(key, decodeBuffer)?.slice().buffer,
      contains: key => file.entries.has(key),
      remove(key) {
        if (file.isReadOnly || !file.entries.has(key)) return false
        takeBack(file, key)
        file.entries.delete(key)
        save(file)
        notify(file.id, key)
        return true
      },
      getAllKeys: () => [...file.entries.keys()].sort((a, b) => hash(a) - hash(b)),
      clearAll() {
        if (file.isReadOnly) return
        const keys = instance.getAllKeys()
        file.entries.clear()
        save(file)
        for (const key of keys) notify(file.id, key)
      },
      recrypt(key) {
        if (key === undefined) instance.decrypt()
        else instance.encrypt(key)
      },
      encrypt(key, type = 'AES-128') {
        if (!rekey(file, cipherOf(key, type))) throw new Error('Failed to encrypt MMKV instance!')
      },
      decrypt() {
        if (!rekey(file, '')) throw new Error('Failed to decrypt MMKV instance!')
      },
      importAllFrom(other) {
        const source = instances.get(other)
        if (!source) throw new Error('The given `MMKV` instance is not of type `HybridMMKV`!')
        if (file.isReadOnly) return 0
        for (const [key, bytes] of source.entries) {
          file.entries.set(key, bytes)
          if (file.cipher !== '') file.borrowed.add(key)
        }
        save(file)
        return source.entries.size
      },
      addOnValueChangedListener(listener) {
        const own = (key: string) => listener(key)
        listeners.set(file.id, (listeners.get(file.id) ?? new Set()).add(own))
        return { remove: () => void listeners.get(file.id)?.delete(own) }
      },
    }
    instances.set(instance, file)
    return instance
  }

  return {
    createMMKV(configuration = { id: 'mmkv.default' }) {
      if (configuration.id === '') throw new Error('Failed to create MMKV instance! `id` cannot be empty!')
      return instanceOf(openFile(configuration))
    },
    existsMMKV: id => files.has(`${ownRoot}/${id}`),
    deleteMMKV(id) {
      open.delete(`${ownRoot}/${id}`)
      return files.delete(`${ownRoot}/${id}`)
    },
    restart() {
      open.clear()
      listeners.clear()
    },
  }
}

/** How a key and a type encrypt: the core takes the first 16 or 32 bytes of the key, and says nothing of the rest. */
function cipherOf(key: string, type: EncryptionType): string {
  if (key === '') return ''
  const bytes = new TextEncoder().encode(key).slice(0, type === 'AES-256' ? 32 : 16)
  return `${type}:${[...bytes].join(' ')}`
}

const byteLength = (text: string): number => new TextEncoder().encode(text).length

/** Files of such names are kept under the hash of the name. */
const hasSpecialSigns = (id: string): boolean => /[\\/:*?"<>|]/.test(id)

/** An order that is not that of insertion, as that of the core is not. */
function hash(text: string): number {
  let value = 2166136261
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 16777619) >>> 0
  return value
}
