// A new step of a ladder that is a list: another element, made as the last one is.
import type { Located, Scope } from '../../../catalog/scope.ts'
import type { FixContext } from '../../../rules/rule.ts'
import type { Value } from '../../../source/value.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { contains, type Span, sameSpan } from '../../../text/span.ts'
import { insertElement } from '../../../write/insert-element.ts'
import { lineIndent, quoted, type Style, styleOf } from '../../../write/style.ts'
import type { Ladder, LadderStep, SqliteStore } from '../types.ts'
import { patternOf, replaced, sqlLiteral, stepLines } from './call-pattern.ts'
import type { NewStep } from './new-step.ts'

/** The edit that adds the element; undefined where the list or its elements are written in some other way. */
export function stepInList(
  store: SqliteStore,
  ladder: Ladder,
  step: NewStep,
  context: FixContext,
): readonly TextEdit[] | undefined {
  const { scope } = store
  const last = ladder.steps.at(-1)
  const list = last && arrayOf(scope, last)
  const text = list && context.text(list.file)
  if (!last || !list || list.value.kind !== 'array' || text === undefined) return undefined
  const { items } = list.value
  const isHighest = ladder.steps.every(one => one.version.value <= last.version.value)
  if (!isHighest || items.length !== ladder.steps.length) return undefined
  const style = styleOf(text)
  for (const model of [...ladder.steps].reverse()) {
    const element = elementLike(store, model, step, context, style)
    if (element === undefined) continue
    const elements = items.map(item => item.at)
    return [insertElement({ file: list.file, text, span: list.value.at, elements }, items.length, element, style)]
  }
  return undefined
}

/** The array literal that a step is an element of. */
function arrayOf(scope: Scope, { at }: LadderStep): Located | undefined {
  for (const file of scope.files())
    for (const binding of Object.values(scope.module(file)?.bindings ?? {}))
      for (const found of arraysIn(binding.value)) {
        if (found.kind !== 'array') continue
        const holds = found.items.some(item => {
          const own = item.kind === 'spread' ? undefined : scope.follow({ value: item, file })
          return own?.file === at.file && sameSpan(own.value.at, at.span)
        })
        if (holds) return { value: found, file }
      }
  return undefined
}

function* arraysIn(value: Value | undefined): Generator<Value> {
  if (value?.kind === 'array') yield value
  if (value?.kind === 'object') for (const prop of value.props) yield* arraysIn(prop.value)
}

function elementLike(
  store: SqliteStore,
  model: LadderStep,
  step: NewStep,
  context: FixContext,
  style: Style,
): string | undefined {
  const { at, body } = model
  const text = context.text(at.file)
  if (text === undefined) return undefined
  const whole = at.span
  const edits: { readonly span: Span; readonly by: string }[] = []
  const number = model.version.at
  if (number.file === at.file && contains(whole, number.span) && !sameSpan(number.span, whole)) {
    const written = text.slice(number.span.start, number.span.end)
    if (written !== String(model.version.value)) return undefined
    edits.push({ span: number.span, by: String(step.version) })
  } else if (!sameSpan(number.span, whole)) return undefined
  const isOfFunction = !sameSpan(body.span, whole) || isFunction(store, model)
  const run = isOfFunction ? functionBody(store, model, step, context, style) : sqlText(model, step, style)
  if (!run) return undefined
  edits.push(run, ...wordsIn(store, model, step, run.span, style, text))
  const indent = lineIndent(text, whole.start)
  let element = text.slice(whole.start, whole.end)
  for (const { span, by } of edits.sort((a, b) => b.span.start - a.span.start))
    element = replaced(element, { start: span.start - whole.start, end: span.end - whole.start }, by)
  return element
    .split('\n')
    .map((line, i) => (i > 0 && line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n')
    .replaceAll('\r', '')
}

const isFunction = ({ scope }: SqliteStore, { at }: LadderStep): boolean =>
  (scope.usage(at.file)?.functions ?? []).some(fn => sameSpan(fn.at, at.span))

/** The body of the function that an element is or holds, where it is written in the element. */
function functionBody(
  store: SqliteStore,
  model: LadderStep,
  { statements, version }: NewStep,
  context: FixContext,
  style: Style,
): { readonly span: Span; readonly by: string } | undefined {
  const { at, body } = model
  const pattern = patternOf(store, model, context)
  const fn = store.scope.usage(body.file)?.functions.find(one => sameSpan(one.at, body.span))
  const text = context.text(body.file)
  if (!pattern || !fn?.bodyAt || text === undefined || body.file !== at.file || !contains(at.span, fn.bodyAt))
    return undefined
  const indent = lineIndent(text, fn.bodyAt.start)
  // The text of the element loses the indentation of its first line, so all its lines begin with that.
  const lines = stepLines(pattern, { statements, version, advance: undefined }, style).flatMap(line => line.split('\n'))
  const inside = lines.map(line => (line === '' ? '' : indent + style.indent + line)).join('\n')
  return { span: fn.bodyAt, by: `{\n${inside}\n${indent}}` }
}

/** The literal of an element that is or holds SQL. */
function sqlText(
  { at, texts }: LadderStep,
  { statements }: NewStep,
  style: Style,
): { readonly span: Span; readonly by: string } | undefined {
  const [only] = texts
  const parts = only?.sql.parts ?? []
  const place = parts.find(part => part.literal)?.literal
  if (texts.length !== 1 || !only || !place || place.file !== at.file || !contains(at.span, place.span))
    return undefined
  // A call that runs the first statement alone needs an element for each.
  if (statements.length > 1 && only.call.method.runs === 'first') return undefined
  return { span: place.span, by: sqlLiteral(statements, style) }
}

/** Texts of an element beside its SQL tell people what it does. */
function wordsIn(
  { scope }: SqliteStore,
  { at }: LadderStep,
  { words }: NewStep,
  run: Span,
  style: Style,
  text: string,
): readonly { readonly span: Span; readonly by: string }[] {
  const element = elementAt(scope, at)
  if (element?.kind !== 'object') return []
  return element.props.flatMap(prop =>
    prop.kind === 'named' &&
    prop.value.kind === 'string' &&
    !contains(run, prop.value.at) &&
    !contains(prop.value.at, run)
      ? [{ span: prop.value.at, by: quoted(words, { quote: text[prop.value.at.start] === '"' ? '"' : style.quote }) }]
      : [],
  )
}

function elementAt(scope: Scope, at: LadderStep['at']): Value | undefined {
  for (const file of scope.files())
    for (const { value } of Object.values(scope.module(file)?.bindings ?? {})) {
      if (file === at.file && value && sameSpan(value.at, at.span)) return value
      for (const array of arraysIn(value))
        if (array.kind === 'array')
          for (const item of array.items) {
            const own = scope.follow({ value: item, file })
            if (own.file === at.file && sameSpan(own.value.at, at.span)) return own.value
          }
    }
  return undefined
}
