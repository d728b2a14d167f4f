// Questions to SQLite and their answers: remembered, so that each is asked once and whoever asked hears of its answer.
import { batch, type Signal, signal } from '@preact/signals-core'
import type { AnswerNow, AnswerTo, SqlAnswer, SqlJudge, SqlQuestion } from './judge.ts'

/** A judge whose answers are brought from elsewhere. */
export interface Questions extends SqlJudge {
  /** Questions that were asked since the last call and have no answer. */
  take(): readonly SqlQuestion[]
  /** Brings answers, in the order of the questions. */
  answer(questions: readonly SqlQuestion[], answers: readonly SqlAnswer[]): void
  /** What `ask` gives once none of the questions is open that it raises; where nobody answers now, what it gives at once. */
  settled<T>(ask: () => T): T
}

/** Answers raise new questions at most this often. */
const mostRounds = 20

interface Cell {
  readonly answer: Signal<SqlAnswer | undefined>
}

/** So many answers are remembered; whoever asks for one that was forgotten asks anew. */
const most = 5000

/** A judge that nobody has asked yet. Without `answerNow`, answers come by `answer` alone. */
export function createQuestions(answerNow?: AnswerNow): Questions {
  const cells = new Map<string, Cell>()
  const schemas = createNames()
  let open: SqlQuestion[] = []

  const keyOf = (question: SqlQuestion): string => {
    switch (question.kind) {
      case 'prepare':
        return `prepare ${schemas.of(question.schema)} ${question.quotedTexts} ${question.sql}`
      case 'schema':
        return `schema ${schemas.of(question.schema)}`
      case 'replay':
        return `replay ${question.rows} ${question.foreignKeys} ${question.steps.map(schemas.of).join()}`
      case 'plan':
        return `plan ${schemas.of(question.schema)} ${question.sql}`
    }
  }

  const take = (): readonly SqlQuestion[] => {
    const taken = open
    open = []
    return taken
  }
  const answer = (questions: readonly SqlQuestion[], answers: readonly SqlAnswer[]) =>
    batch(() => {
      questions.forEach((question, index) => {
        const cell = cells.get(keyOf(question))
        if (cell) cell.answer.value = answers[index]
      })
    })
  /** True when open questions have been answered. */
  const answerOpen = (): boolean => {
    if (!answerNow || open.length === 0) return false
    const questions = take()
    const answers = answerNow(questions)
    if (answers) answer(questions, answers)
    return answers !== undefined
  }

  return {
    ask<Q extends SqlQuestion>(question: Q): AnswerTo<Q> | undefined {
      const key = keyOf(question)
      const known = cells.get(key)
      if (known) return known.answer.value as AnswerTo<Q> | undefined
      const cell: Cell = { answer: signal(undefined) }
      if (cells.size >= most) for (const old of [...cells.keys()].slice(0, most / 2)) cells.delete(old)
      cells.set(key, cell)
      open.push(question)
      return cell.answer.value as AnswerTo<Q> | undefined
    },
    take,
    answer,
    settled(ask) {
      for (let round = 0; ; round++) {
        const result = ask()
        if (round === mostRounds || !answerOpen()) return result
      }
    },
  }
}

/** Lists of so many characters altogether are remembered by what they say; those that were not asked for longest are forgotten. */
const mostCharacters = 8_000_000

/** Short names for lists of texts: the same name for the same texts, and a look at each list only once. */
function createNames(): { of(list: readonly string[]): number } {
  const byList = new WeakMap<readonly string[], number>()
  const byText = new Map<string, number>()
  let next = 0
  let characters = 0
  return {
    of(list) {
      const known = byList.get(list)
      if (known !== undefined) return known
      const text = JSON.stringify(list)
      const name = byText.get(text) ?? next++
      // A name that is forgotten too early makes a question another one, and it would be asked for ever.
      if (!byText.delete(text)) characters += text.length
      byText.set(text, name)
      for (const oldest of byText.keys()) {
        if (characters <= mostCharacters || oldest === text) break
        byText.delete(oldest)
        characters -= oldest.length
      }
      byList.set(list, name)
      return name
    },
  }
}
