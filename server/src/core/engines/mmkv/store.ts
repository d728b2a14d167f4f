// One instance of the app as a living object: every part is computed when asked and remembered until it changes.
import { computed } from '@preact/signals-core'
import { gated, sameItems } from '../../catalog/remembered.ts'
import type { Scope } from '../../catalog/scope.ts'
import type { Place } from '../../text/span.ts'
import { isEncrypted } from './encryption/is-encrypted.ts'
import type { Library } from './imports.ts'
import { createKeyReader } from './keys/key-group.ts'
import type { InstanceCall, KeyGroup, KeyUse, MmkvStore, Opening } from './types.ts'

/** What a store needs of the link around it. */
export interface StoreSurroundings {
  readonly scope: Scope
  readonly library: Library
  openings(key: string): readonly Opening[]
  uses(key: string): readonly KeyUse[]
  /** Calls that change what encrypts the instance. */
  encryptingCalls(key: string): readonly InstanceCall[]
  /** True where instances that are not known are encrypted: each may be this one. */
  isEncryptedElsewhere(root: string): boolean
  isClosed(key: string): boolean
  nameOf(key: string): string
}

/** A store and the parts of it that only the link uses. */
export interface StoreCore extends MmkvStore {
  readonly key: string
}

const nowhere: Place = { file: '', span: { start: 0, end: 0 } }
const noSteps: MmkvStore['migrations'] = []

/** The store that the openings with a key open. */
export function createStore(key: string, around: StoreSurroundings): StoreCore {
  const { scope, library } = around
  const openings = gated(() => around.openings(key), sameItems)
  const uses = gated(() => around.uses(key), sameItems)
  const calls = gated(() => around.encryptingCalls(key), sameItems)
  const closed = gated(() => around.isClosed(key))
  const project = computed(() => scope.workspace().project(store.at.file))
  const readKeys = createKeyReader()
  const keys = computed(() => readKeys(uses(), closed()))
  const encrypted = gated(() =>
    isEncrypted(scope, openings(), {
      calls: calls(),
      isElsewhere: around.isEncryptedElsewhere(project.value.root),
    }),
  )
  const group = computed((): KeyGroup => {
    const at = openings()[0]?.at ?? nowhere
    const { id } = store
    return {
      name: id ?? { text: around.nameOf(key), at },
      fields: keys.value,
      // A wrapper hands on the keys that its calls give, which are uses themselves.
      complete: closed() && uses().every(use => use.key !== undefined || use.handsOn !== undefined || isNoKey(use)),
      at,
    }
  })
  const entities = computed((): readonly KeyGroup[] => [group.value])

  const store: StoreCore = {
    engine: 'mmkv',
    key,
    scope,
    library,
    get name() {
      return around.nameOf(key)
    },
    get at() {
      return openings()[0]?.at ?? nowhere
    },
    get project() {
      return project.value
    },
    get schemaFile() {
      return openings()[0]?.at.file
    },
    version: undefined,
    get entities() {
      return entities.value
    },
    complete: true,
    migrations: noSteps,
    get id() {
      return openings()[0]?.id
    },
    get openings() {
      return openings()
    },
    get uses() {
      return uses()
    },
    get encryptingCalls() {
      return calls()
    },
    get isClosed() {
      return closed()
    },
    get isEncrypted() {
      return encrypted()
    },
  }
  return store
}

/** Listeners have no key; what is imported from another instance has all of that. */
const isNoKey = ({ access }: KeyUse): boolean => access === 'listen'
