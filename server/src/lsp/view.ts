// How methods look at a file: its text as analysed, and how the editor names it.
import type { Finding } from '../core/analyze.ts'
import type { FixContext } from '../core/rules/rule.ts'
import type { Lines } from '../core/text/lines.ts'

/** One file, seen through the folder that it belongs to; texts are the ones that were analysed. */
export interface View extends FixContext {
  lines(file: string): Lines
  /** The URI, spelled as the editor spelled it when it opened the file. */
  uri(file: string): string
  /** The editor's version of an open document; null for what is only on disk. */
  version(file: string): number | null
}

/** Something wrong with a file that is no rule's business: a bad config file, a file too large to read. */
export type Notice = Pick<Finding, 'rule' | 'severity' | 'message' | 'file' | 'span'>
