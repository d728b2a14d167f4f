// Shows one question of the server as the editor's own dialogs do. Escape gives undefined.
import { window } from 'vscode'
import type { ChoiceQuestion, Question, TextQuestion } from '../../shared/scaffolds.ts'

/** What the person answers. */
export function askQuestion(question: Question): Thenable<string | readonly string[] | undefined> {
  return question.kind === 'text' ? askText(question) : askChoice(question)
}

function askText({ title, prompt, value, pattern }: TextQuestion): Thenable<string | undefined> {
  const allowed = pattern && new RegExp(`^(?:${pattern.source})$`)
  return window.showInputBox({
    title,
    ...(prompt !== undefined && { prompt }),
    ...(value !== undefined && { value }),
    ignoreFocusOut: true,
    validateInput: text => (allowed && !allowed.test(text) ? pattern.problem : undefined),
  })
}

async function askChoice({
  title,
  prompt,
  many,
  choices,
}: ChoiceQuestion): Promise<string | readonly string[] | undefined> {
  const items = choices.map(({ value, label, detail, picked = false }) => ({
    label,
    ...(detail !== undefined && { detail }),
    picked,
    value,
  }))
  const options = {
    title,
    ...(prompt !== undefined && { placeHolder: prompt }),
    ignoreFocusOut: true,
    matchOnDetail: true,
  }
  if (!many) return (await window.showQuickPick(items, options))?.value
  return (await window.showQuickPick(items, { ...options, canPickMany: true }))?.map(item => item.value)
}
