// Takes a decorator off a member.
import type { FixContext } from '../../../rules/rule.ts'
import type { TextEdit } from '../../../text/edit.ts'
import type { Member } from '../types.ts'

/** The edit that takes `@name`, `@name(…)` or `@Realm.name` off a member, with the blanks behind it. */
export function removeDecorator(member: Member | undefined, name: string, context: FixContext): TextEdit | undefined {
  const text = member && context.text(member.file)
  const decorator = member?.fact.decorators.find(
    ({ callee }) => (callee.kind === 'name' || callee.kind === 'member') && callee.name === name,
  )
  if (!member || !decorator || text === undefined) return undefined
  const { start, end } = decorator.at
  const blanks = /^\s*/.exec(text.slice(end))?.[0].length ?? 0
  return { file: member.file, start, end: end + blanks, text: '' }
}
