// The section on the queue of generated sync layers.
import { markdownTable, ms, ratio, verdictTable } from './markdown.ts'
import { judgeQueue, limitMinutes, type QueueFigures, type QueueRow } from './queue.ts'
import type { Drained, QueueName } from './queue-child.ts'

const names: Readonly<Record<QueueName, readonly [storage: string, queue: string]>> = {
  oursInMemory: ['map in memory', 'generated for MMKV'],
  tanstackInMemory: ['map in memory', 'TanStack'],
  oursInSqlite: ['SQLite file', 'generated, operation and row'],
  oursInSqliteAlone: ['SQLite file', 'generated, operation alone'],
  tanstackInSqlite: ['SQLite file', 'TanStack, operation alone'],
}

/** Markdown of what was measured, with the verdicts on ours. */
export function queueSection(figures: readonly QueueFigures[]): readonly string[] {
  return [
    '## The queue of a generated sync layer',
    '',
    'New notes are stored offline, one after the other, each awaited; then the app starts anew, online, before a server that',
    'answers at once. "TanStack" is `@tanstack/offline-transactions`, with one collection and a storage adapter over the same storage.',
    'The SQLite file survives a loss of power at each commit (write-ahead log, `synchronous = FULL`) for every queue; the map in memory',
    'survives nothing and shows what a queue does itself. The generated layer keeps "operation and row" in one transaction; TanStack',
    'keeps rows in memory only, so its neighbour is "operation alone". The generated layer writes three times for an operation it sends',
    '(claimed, what the server told, removed), TanStack once: only the former knows after a crash what may have been sent. "work" is',
    'processor time of one operation, which other work on the machine changes less than the time that the disk takes. A phase is cut',
    `off after ${limitMinutes} minutes.`,
    '',
    ...figures.flatMap(tables),
  ]
}

function tables(figures: QueueFigures): readonly string[] {
  const { operations, rows } = figures
  const of = (queue: QueueName) => rows.find(row => row.queue === queue)
  return [
    markdownTable(
      [
        `storage, ${operations} operations`,
        'queue',
        'stored per second',
        'work, ms',
        'one op at 100 / at the end, ms',
        'count, µs',
        'list of all, ms',
        'start to first request, ms',
        'sent per second',
        'work, ms',
        'first / last ops, ms',
        'peak MB, storing / sending',
        'before',
      ],
      rows.map(({ queue, filled, drained }) => [
        ...names[queue],
        `${whole(filled.perSecond)}${filled.stored < operations ? `, cut off after ${filled.stored}` : ''}`,
        fine(filled.work),
        `${fine(filled.early)} / ${fine(filled.late)}`,
        fine(1000 * filled.count),
        ms(filled.list),
        ...(drained ? drainedCells(drained) : ['', filled.stored < operations ? '' : 'cut off', '', '']),
        `${mb(filled.peakMemory)} / ${mb(drained?.peakMemory)}`,
        mb(filled.idleMemory),
      ]),
    ),
    '',
    markdownTable(
      [
        `generated / TanStack, ${operations} operations`,
        'stored per second',
        'sent per second',
        'TanStack / generated: start',
        'memory, storing',
        'sending',
      ],
      [
        comparison('map in memory', of('oursInMemory'), of('tanstackInMemory')),
        comparison('SQLite file, operation alone', of('oursInSqliteAlone'), of('tanstackInSqlite')),
        comparison('SQLite file, with the row', of('oursInSqlite'), of('tanstackInSqlite')),
      ],
    ),
    '',
    verdictTable(`${operations} operations`, judgeQueue(figures)),
    '',
  ]
}

function comparison(name: string, ours: QueueRow | undefined, theirs: QueueRow | undefined): readonly string[] {
  return [
    name,
    ratio(ours?.filled.perSecond, theirs?.filled.perSecond),
    ratio(ours?.drained?.perSecond, theirs?.drained?.perSecond),
    ratio(theirs?.drained?.firstRequest, ours?.drained?.firstRequest),
    ratio(theirs?.filled.peakMemory, ours?.filled.peakMemory),
    ratio(theirs?.drained?.peakMemory, ours?.drained?.peakMemory),
  ]
}

function drainedCells(drained: Drained): readonly string[] {
  return [
    ms(drained.firstRequest),
    whole(drained.perSecond),
    fine(drained.work),
    `${fine(drained.early)} / ${fine(drained.late)}`,
  ]
}

function mb(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(0)
}

function whole(value: number): string {
  return value.toFixed(0)
}

function fine(value: number): string {
  return value.toFixed(value < 10 ? 3 : 1)
}
