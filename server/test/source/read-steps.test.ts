// Steps of functions: what they do in which order, where somebody may want to know.
import assert from 'node:assert/strict'
import type { Step, StepTest } from '../../src/core/facts/file-facts.ts'
import { readFacts } from '../../src/core/facts/read-facts.ts'
import type { Span } from '../../src/core/text/span.ts'

/** The steps of the first function of a text, as short words with the text of what they look at. */
function stepsIn(text: string): readonly unknown[] | undefined {
  const facts = readFacts('/a.ts', text)
  assert.equal(facts.error, undefined)
  const of = ({ start, end }: Span) => text.slice(start, end)
  const test = (one: StepTest): unknown => {
    if (one.kind === 'not') return ['not', test(one.of)]
    return one.kind === 'is' ? of(one.value.at) : [one.kind, test(one.left), test(one.right)]
  }
  const step = (one: Step): unknown => {
    switch (one.kind) {
      case 'do':
        return of(one.value.at)
      case 'set':
        return [of(one.target.at), one.op, ...(one.value ? [of(one.value.at)] : [])]
      case 'if':
        return ['if', test(one.test), one.whenTrue.map(step), one.whenFalse.map(step)]
      case 'loop':
        return ['loop', one.over ? of(one.over.at) : one.test ? test(one.test) : '', one.body.map(step)]
      case 'try':
        return ['try', one.body.map(step), one.catch?.key, one.catch?.steps.map(step), one.finally?.map(step)]
      case 'switch':
        return [
          'switch',
          of(one.subject.at),
          ...one.cases.map(c => [c.test ? of(c.test.at) : 'default', c.steps.map(step)]),
        ]
      case 'leave':
        return one.value ? [one.how, of(one.value.at)] : [one.how]
    }
  }
  return facts.usage.functions[0]?.steps?.map(step)
}

describe('steps', () => {
  it('are kept for code that speaks of queues, and for no other', () => {
    assert.deepEqual(stepsIn('function f(queue) { queue.push(1) }'), ['queue.push(1)'])
    assert.equal(stepsIn('async function f(list) { list.push(1) }'), undefined)
  })

  it('show what is tested, with not, and, or', () => {
    assert.deepEqual(stepsIn('function f(queue) { if (busy || !(a && !b)) return; else go(queue) }'), [
      ['if', ['or', 'busy', ['not', ['and', 'a', ['not', 'b']]]], [['return']], ['go(queue)']],
    ])
  })

  it('show loops, whatever they are', () => {
    assert.deepEqual(
      stepsIn(
        'function f(queue) { for (const a of queue) x(a); while (q.length > 0) break; for (let i = 0; i < 3; i++) { continue } do y(); while (z) }',
      ),
      [
        ['loop', 'queue', ['x(a)']],
        ['loop', 'q.length > 0', [['break']]],
        ['i', 'declare', '0'],
        ['loop', 'i < 3', [['continue'], ['i', '++']]],
        ['loop', 'z', ['y()']],
      ],
    )
  })

  it('show what is tried, caught and done in any case', () => {
    assert.deepEqual(
      stepsIn('async function f(queue) { try { await g() } catch (e) { throw e } finally { busy = false } }'),
      [['try', ['await g()'], 'e#1', [['throw', 'e']], [['busy', '=', 'false']]]],
    )
  })

  it('show the cases of a switch', () => {
    assert.deepEqual(stepsIn("function f(op) { switch (op.type) { case 'a': return a(op); default: b() } }"), [
      ['switch', 'op.type', ["'a'", [['return', 'a(op)']]], ['default', ['b()']]],
    ])
  })

  it('show assignments in all their forms', () => {
    assert.deepEqual(
      stepsIn(
        'function f(queue) { let a = 1; this.b += 2; delete queue[a]; c--; d && (e = 3), g(); return (h = i()) }',
      ),
      [
        ['a', 'declare', '1'],
        ['this.b', '+=', '2'],
        ['queue[a]', 'delete'],
        ['c', '--'],
        ['if', 'd', [['e', '=', '3']], []],
        'g()',
        ['h', '=', 'i()'],
        ['return', 'h = i()'],
      ],
    )
  })

  it('show what a condition counts, and compare what it counted', () => {
    assert.deepEqual(stepsIn('function f(op) { if (++op.retries > 3) drop(op) }'), [
      ['op.retries', '++'],
      ['if', '++op.retries > 3', ['drop(op)'], []],
    ])
  })

  it('of minified code end where nobody reads on', () => {
    const commas = Array.from({ length: 3000 }, (_, i) => `a(${i})`).join(',')
    const facts = readFacts('/a.js', `function f(queue){${commas}}`)
    assert.equal(facts.error, undefined)
  })
})
