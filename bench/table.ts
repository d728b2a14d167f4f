// The results as Markdown: our server beside TypeScript's native one and beside the bare parse.
import { cpus } from 'node:os'
import { judge } from './bounds.ts'
import { type DiagramFigures, judgeDiagram } from './diagram.ts'
import { markdownTable, ms, ratio, verdictTable } from './markdown.ts'
import { type BenchEngine, benchEngines, type Measurement } from './measure.ts'
import type { QueueFigures } from './queue.ts'
import { queueSection } from './queue-table.ts'

/** Markdown of a run: for each library a table of times, one of ratios, and the verdicts on our server. */
export function resultsMarkdown(
  rows: readonly Measurement[],
  diagram: DiagramFigures | undefined,
  queue: readonly QueueFigures[] | undefined,
): string {
  return [
    '# Speed and memory',
    '',
    `Measured by \`npm run bench\` on ${cpus().length} cores, Node ${process.versions.node}. A model is a class of 11 columns or properties;`,
    'one schema file holds all tables (WatermelonDB), or the half of the classes that are embedded (Realm). "key" is one character typed',
    'until its diagnostics, median / 95th percentile; "first" is process start until the diagnostics of an open document, best run;',
    '"storm" is the last of 21 keys, typed 30 ms apart, until its diagnostics; an answer is asked right after an edit of its file.',
    'Both servers run on the same workspace, edit by edit in turn: read the ratios, not the times.',
    '',
    ...benchEngines.flatMap(engine =>
      section(
        engine,
        rows.filter(row => row.engine === engine),
      ),
    ),
    ...(diagram ? diagramSection(diagram) : []),
    ...(queue ? queueSection(queue) : []),
  ].join('\n')
}

const titles: Readonly<Record<BenchEngine, string>> = { watermelondb: 'WatermelonDB', realm: 'Realm' }

function section(engine: BenchEngine, rows: readonly Measurement[]): readonly string[] {
  if (rows.length === 0) return []
  return [
    `## ${titles[engine]}`,
    '',
    markdownTable(
      [
        'models',
        'server',
        'first cold',
        'first warm',
        'all read',
        'processor time of the start',
        'key in a model file',
        'key in the schema file',
        'storm, model / schema',
        'peak MB',
      ],
      rows.flatMap(({ models, ours, tsc, floor }) => [
        serverRow(`${models}`, 'offline-storage', ours),
        serverRow('', '`tsc --lsp`', tsc),
        ['', 'parse of the file alone', '', '', '', '', ms(floor.model), ms(floor.schema), '', ''],
      ]),
    ),
    '',
    markdownTable(
      [
        'models',
        'tsc / ours: first cold',
        'first warm',
        'model key',
        'schema key',
        'memory',
        'ours / parse: model key',
        'schema key',
      ],
      rows.map(({ models, ours, tsc, floor }) => [
        `${models}`,
        ratio(tsc.cold, ours.cold),
        ratio(tsc.cold, ours.warm),
        ratio(tsc.modelKey.median, ours.modelKey.median),
        ratio(tsc.schemaKey.median, ours.schemaKey.median),
        ratio(tsc.peakMemory, ours.peakMemory),
        ratio(ours.modelKey.median, floor.model),
        ratio(ours.schemaKey.median, floor.schema),
      ]),
    ),
    '',
    verdictTable('at 1000 models', judge(rows)),
    '',
  ]
}

function diagramSection(figures: DiagramFigures): readonly string[] {
  const { entities, relations, firstPicture, answer, webview, sameAnswer, panning } = figures
  return [
    '## The diagram',
    '',
    `${entities} tables with ${relations} relations in headless Chromium: first picture ${ms(firstPicture)} ms (server ${ms(answer)} with the`,
    `layout, webview ${ms(webview)}), asked again ${ms(sameAnswer)} ms; panning at ${panning.map(one => one.frames.toFixed(0)).join(', ')} frames a second`,
    'from all in view to one by one.',
    '',
    verdictTable(`${entities} tables`, judgeDiagram(figures)),
    '',
  ]
}

function serverRow(models: string, name: string, times: Measurement['ours']): string[] {
  return [
    models,
    name,
    ms(times.cold),
    ms(times.warm),
    ms(times.ready),
    ms(times.startWork),
    `${ms(times.modelKey.median)} / ${ms(times.modelKey.p95)}`,
    `${ms(times.schemaKey.median)} / ${ms(times.schemaKey.p95)}`,
    `${ms(times.modelStorm)} / ${ms(times.schemaStorm)}`,
    times.peakMemory === undefined ? '' : times.peakMemory.toFixed(0),
  ]
}
