// Checks what the server answers, before any of it is written.
import { z } from 'zod'
import type { SyncedTables } from './synced-tables.ts'
import type { Changes, Row } from './types.ts'

export interface PullAnswer {
  readonly changes: Changes
  readonly timestamp: number
}

/** A record that the server will not take as it is, and the record as it has it. */
export interface Rejection {
  readonly id: string
  readonly reason: string
  readonly record?: Row | null | undefined
}

/** By table. */
export type Rejections = Readonly<Record<string, readonly Rejection[]>>

export interface Answers {
  /** Both throw when the answer has not the form of the contract. */
  pull(answer: unknown): PullAnswer
  push(answer: unknown): Rejections
}

export function createAnswers(tables: SyncedTables): Answers {
  const pullAnswer = z.object({
    timestamp: z.number().positive(),
    changes: z.object(
      eachTable(tables, row =>
        z.object({ created: z.array(row), updated: z.array(row), deleted: z.array(z.string().min(1)) }).optional(),
      ),
    ),
  })
  const pushAnswer = z.object({
    rejected: z
      .object(
        eachTable(tables, row =>
          z.array(z.object({ id: z.string(), reason: z.string(), record: row.nullish() })).nullish(),
        ),
      )
      .nullish(),
  })
  return {
    pull: answer => {
      const { changes, timestamp } = pullAnswer.parse(answer)
      return { changes: present(changes), timestamp }
    },
    push: answer => present(pushAnswer.parse(answer).rejected ?? {}),
  }
}

function eachTable<T>(tables: SyncedTables, make: (row: z.ZodType<Row>) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, make(table.row)]))
}

function present<T>(record: Readonly<Record<string, T | null | undefined>>): Record<string, T> {
  const entries = Object.entries(record).flatMap(([name, value]): [string, T][] =>
    value === null || value === undefined ? [] : [[name, value]],
  )
  return Object.fromEntries(entries)
}
