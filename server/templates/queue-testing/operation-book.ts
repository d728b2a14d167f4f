// Every operation that was handed to the queue, so that a request can be told by what it carries.
import { markersOf } from './fault-server.ts'
import type { Environment, LoadOp } from './queue-under-test.ts'

export interface OperationBook {
  remember(op: LoadOp): void
  find(marker: number): LoadOp | undefined
  /** The deletion of a record, for requests that say no more than which record they are about. */
  deletionOf(entityId: string): LoadOp | undefined
}

/** A book lasts as long as the disk: through all processes of a schedule. */
const books = new WeakMap<object, OperationBook>()

export function bookOf({ files }: Environment): OperationBook {
  const book = books.get(files) ?? createBook()
  books.set(files, book)
  return book
}

function createBook(): OperationBook {
  const byMarker = new Map<number, LoadOp>()
  return {
    remember: op => {
      for (const marker of markersOf(op.payload)) byMarker.set(marker, op)
    },
    find: marker => byMarker.get(marker),
    deletionOf: entityId => [...byMarker.values()].find(op => op.kind === 'delete' && op.entityId === entityId),
  }
}
