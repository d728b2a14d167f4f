// The part of an analyzer that a workspace is loaded into.
import type { Analyzer } from '../core/analyze.ts'

/** What the loader needs of an analyzer. */
export type Feedable = Pick<
  Analyzer,
  'concerns' | 'restore' | 'batchPatiently' | 'catchUp' | 'setWorkspace' | 'wanted' | 'has' | 'facts' | 'stores'
>
