// The code that this engine writes from nothing.
import type { Scope } from '../../../catalog/scope.ts'
import type { Scaffold } from '../../contract.ts'
import { createInstance } from './create-instance.ts'
import { createKeyModule } from './create-key-module.ts'
import { migrateAsyncStorage } from './migrate-async-storage.ts'
import { renameKey } from './rename-key.ts'

/** All of it, over the files of a scope. */
export const createScaffolds = (scope: Scope): readonly Scaffold[] => [
  createInstance(scope),
  migrateAsyncStorage(scope),
  createKeyModule(scope),
  renameKey,
]
