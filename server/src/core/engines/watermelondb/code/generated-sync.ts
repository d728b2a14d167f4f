// What could take the place of a call of synchronize() with functions that people wrote: a generated sync layer.
import type { Instead } from '../../../rules/rule.ts'

export const generatedSync: Instead = {
  title: 'Generate a sync layer instead of this sync…',
  docs: 'The whole of it can be generated as well: "Generate a sync layer instead of this sync…" writes a layer around `synchronize()` for the schema of the app, with tests. It is written beside this code, which goes once the app uses the layer. What was not pushed yet stays marked in the database, and the layer pushes it.',
  scaffold: 'sync.generateLayer',
  answers: () => ({ target: 'watermelondb' }),
}
