// Brings the questions of one analyzer to SQLite and the answers back, while nobody waits.
import type { Analyzer } from '../core/analyze.ts'
import type { SqlAnswer, SqlQuestion } from '../core/sql/judge.ts'

/** What brings the answers, in the order of the questions. Rejects when SQLite cannot be asked. */
export type Answer = (questions: readonly SqlQuestion[]) => Promise<readonly SqlAnswer[]>

/** The questions that are on their way. */
export interface SqlAnswers {
  /** Sends the questions that came up; true while an answer is awaited, on which findings hang. */
  send(): boolean
  /** Resolves when no answer is awaited. */
  settled(): Promise<void>
}

/** `onAnswer` is told when answers have been given to the analyzer, which may raise new questions. */
export function createSqlAnswers(
  analyzer: Pick<Analyzer, 'takeQuestions' | 'answer'>,
  answer: Answer,
  onAnswer: () => void,
): SqlAnswers {
  let awaited: Promise<void> | undefined

  const bring = async (first: readonly SqlQuestion[]): Promise<void> => {
    for (let open = first; open.length > 0; open = analyzer.takeQuestions()) {
      // What SQLite cannot be asked is not judged; who asks it in vain says so once.
      const answers = await answer(open).catch(() => undefined)
      if (!answers) return
      analyzer.answer(open, answers)
    }
  }

  return {
    send() {
      if (awaited) return true
      const open = analyzer.takeQuestions()
      if (open.length === 0) return false
      awaited = bring(open).finally(() => {
        awaited = undefined
        onAnswer()
      })
      return true
    },
    async settled() {
      while (awaited) await awaited
    },
  }
}
