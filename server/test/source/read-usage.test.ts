// How calls are used, when they run, and what the names of loops and taken-apart parameters are.
import assert from 'node:assert/strict'
import { readFacts } from '../../src/core/facts/read-facts.ts'

const calls = (text: string) =>
  readFacts('/app/a.ts', text).usage.calls.map(({ value, use, isDropped, isConditional }) => {
    const name = value.kind === 'call' && value.callee.kind === 'name' ? value.callee.name : ''
    return [name, use, isDropped ? 'dropped' : '', isConditional ? 'conditional' : ''].filter(Boolean).join(' ')
  })

describe('usage of calls', () => {
  it('tells a dropped result from one that is looked at', () => {
    const text = 'async function f() {\n  await a()\n  const x = await b()\n  if ((await c()).ok) d()\n}'
    assert.deepEqual(calls(text), ['a awaited dropped', 'b awaited', 'c awaited', 'd statement conditional'])
  })

  it('tells what may be left out when the function runs', () => {
    const text = `function f(x) {
  a()
  if (x) b()
  for (const y of c()) d()
  try { e() } catch { g() }
  x && h()
  const i = () => j()
  if (x) return
  k()
}`
    const conditional = calls(text)
      .filter(one => one.includes('conditional'))
      .map(one => one[0])
    assert.deepEqual(conditional, ['b', 'd', 'g', 'h', 'k'])
  })
})

describe('bindings of loops and parameters', () => {
  const bindings = (text: string) => readFacts('/app/a.ts', text).module.bindings

  it('a name of for…of is a member of the list, of for…in it is nothing', () => {
    const { 'a#1': of, 'b#1': inside } = bindings('for (const a of list) {}\nfor (const b in list) {}')
    assert.equal(of?.value?.kind === 'member' && of.value.of.kind === 'name' && of.value.of.name, 'list')
    assert.equal(of?.value?.kind === 'member' && of.value.index?.kind, 'unknown')
    assert.equal(inside?.value, undefined)
  })

  it('names of a taken-apart parameter have the types of their properties', () => {
    const declared = 'interface Props { readonly post: Post; title?: string }\ntype More = Props & { rest: number }\n'
    const of = bindings(`${declared}function F({ post, title: head, rest = 1, none }: Readonly<More>) {}`)
    assert.deepEqual(
      ['post#1', 'head#1', 'rest#1', 'none#1'].map(key => of[key]?.type?.text),
      ['Post', 'string', undefined, undefined],
    )
    assert.equal(bindings('function F({ post }: { post: Post | null }) {}')['post#1']?.type?.parts.length, 2)
    assert.equal(bindings('type P<T> = { post: T }\nfunction F({ post }: P<Post>) {}')['post#1']?.type, undefined)
  })
})
