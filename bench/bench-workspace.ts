// A generated app: what the measurements open and edit, and what all kinds of it are written with.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** One character that is a mistake which the server reports in the same file. */
export interface Mistake {
  /** The character goes behind this text, the first after `near`. */
  readonly text: string
  readonly near?: string
  readonly key: string
}

/** Paths are relative to `root`. */
export interface BenchWorkspace {
  readonly root: string
  readonly models: number
  readonly modelFile: string
  readonly schemaFile: string
  /** What is typed for our server, and for a type checker. */
  readonly edits: Readonly<Record<'ours' | 'tsc', { readonly model: Mistake; readonly schema: Mistake }>>
}

/** One of many things, with a name of its own and a place in a tree. */
export interface Named {
  readonly index: number
  readonly name: string
  /** The index of the one that it belongs to. */
  readonly parent: number
  /** The first that belongs to it. */
  readonly child: number | undefined
}

const nouns = ['Task', 'Project', 'Comment', 'Invoice', 'Customer', 'Visit', 'Photo', 'Label', 'Order', 'Shift']

/** The thing at `index` of `count`. */
export function namedAt(index: number, count: number): Named {
  const child = index * 3 + 1
  return {
    index,
    name: `${nouns[index % nouns.length] ?? 'Task'}${index}`,
    parent: Math.max(0, Math.floor((index - 1) / 3)),
    child: child < count ? child : undefined,
  }
}

/** Writes a file of the app, with its folders. */
export function write(root: string, file: string, text: string): void {
  const path = join(root, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
