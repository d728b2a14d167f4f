// Links the whole workspace: which queues there are. Sync code holds no stores.

import { computed } from '@preact/signals-core'
import { inBlocks } from '../catalog/long-lists.ts'
import { gated, keyed, sameItems } from '../catalog/remembered.ts'
import type { Scope } from '../catalog/scope.ts'
import { isTestFile } from '../catalog/test-file.ts'
import type { EngineLink, Subject } from '../engines/contract.ts'
import { testQueue } from './generate/queue-test/scaffold.ts'
import { generateSyncLayer } from './generate/scaffold.ts'
import { createCodeReader } from './read-code.ts'
import { readQueues } from './read-queue.ts'
import type { CodeOfFile, QueueCode } from './types.ts'

/** The living link of sync code over a scope. */
export function linkSync(scope: Scope): EngineLink {
  const reader = createCodeReader(scope)
  const queuesOf = keyed((file): readonly Subject[] =>
    hasSteps(scope, file) && !isTestFile(scope, file)
      ? readQueues(scope, reader, file).map((of): Subject => ({ kind: 'queue', of }))
      : [],
  )
  const withQueues = inBlocks((files: readonly string[]) => files.flatMap(queuesOf))
  const queues = computed(() => withQueues(scope.files()))

  const ofFiles = new Map<string, Subject>()
  const codeSubject = (file: string): Subject => {
    const of: CodeOfFile = {
      file,
      scope,
      reader,
      get project() {
        return scope.workspace().project(file)
      },
    }
    const subject = ofFiles.get(file) ?? { kind: 'code', of }
    ofFiles.set(file, subject)
    return subject
  }
  // Only files that compare versions or use the libraries are asked about.
  const concerned = inBlocks((files: readonly string[]) =>
    files.filter(file => (hasSteps(scope, file) || usesLibrary(scope, file)) && !isTestFile(scope, file)),
  )
  const codeFiles = gated(() => concerned(scope.files()), sameItems)

  return {
    stores: () => [],
    subjectLists: () => [() => queues.value, () => codeFiles().map(codeSubject)],
    snapshot: () => undefined,
    scaffolds: [generateSyncLayer, testQueue(() => queues.value.map(({ of }) => of as QueueCode))],
  }
}

const hasSteps = (scope: Scope, file: string): boolean =>
  scope.usage(file)?.functions.some(fn => fn.steps !== undefined) ?? false

const library = /^(?:@apollo\/client|@tanstack\/react-query|apollo3-cache-persist|apollo-link-)/

const usesLibrary = (scope: Scope, file: string): boolean =>
  scope.module(file)?.imports.some(one => library.test(one.from)) ?? false
