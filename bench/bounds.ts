// What the measurements must not exceed, and whether they do.
import type { Measurement } from './measure.ts'
import { atMost, type Verdict } from './verdict.ts'

/** Judges the rows of one library; bounds are for 1000 models unless they say otherwise. */
export function judge(rows: readonly Measurement[]): readonly Verdict[] {
  const of = (models: number): Measurement | undefined => rows.find(row => row.models === models)
  const row = of(1000)
  const small = of(100)
  const large = of(3000)
  const growth = (key: (row: Measurement) => number): number | undefined =>
    small && large ? key(large) / key(small) : undefined
  return [
    atMost('key in a model file', 7, row?.ours.modelKey.median, 'ms'),
    atMost('key in the one schema file', 25, row?.ours.schemaKey.median, 'ms'),
    atMost('first diagnostics, cold', 1300, row?.ours.cold, 'ms'),
    atMost('first diagnostics, warm', 600, row?.ours.warm, 'ms'),
    atMost('peak memory', 250, row?.ours.peakMemory, 'MB'),
    atMost('last answer after a storm of keys, model file', 50, row?.ours.modelStorm, 'ms'),
    atMost('last answer after a storm of keys, schema file', 50, row?.ours.schemaStorm, 'ms'),
    ...Object.entries(row?.answers ?? {}).map(([method, times]) =>
      atMost(`answer to ${method.replace('textDocument/', '')} after an edit`, 20, times.median, 'ms'),
    ),
    atMost(
      'growth of a key in a model file, 100 to 3000 models',
      2,
      growth(one => one.modelKeyAlone),
      'times',
    ),
    atMost(
      'growth of a key in the schema file, 100 to 3000 models',
      2,
      growth(one => one.schemaKeyAlone),
      'times',
    ),
  ]
}
