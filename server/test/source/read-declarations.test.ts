// Imports, exports, classes and what the code does.
import assert from 'node:assert/strict'
import { readFacts } from '../../src/core/facts/read-facts.ts'

const read = (text: string, file = '/a.ts') => readFacts(file, text)

const exportsOf = (text: string) =>
  Object.fromEntries(
    Object.entries(read(text).module.exports).map(([name, given]) => [
      name,
      given.kind === 'binding' ? given.key : given.kind === 'from' ? `${given.from}:${given.name}` : given.value.kind,
    ]),
  )

describe('modules', () => {
  it('read every spelling of an import', () => {
    const { imports, bindings } = read(`import d, { a, type b as c } from 'x'
import type { T } from 'y'
import * as ns from 'z'
import 'side'
import r = require('r')
const { p, q: [s] } = require('u')
const v = require('v').default
export { e as f } from 'w'
load(import('lazy'), require('late'))`).module
    assert.deepEqual(
      imports.map(fact => `${fact.typeOnly ? 'type ' : ''}${fact.from} ${fact.names.map(n => `${n.name}:${n.local}`)}`),
      [
        'x default:d,a:a,b:c',
        'type y T:T',
        'z *:ns',
        'side ',
        'r *:r',
        'u p:p',
        'v default:v',
        'w e:f',
        'lazy ',
        'late ',
      ],
    )
    assert.deepEqual(bindings['c']!.import, { from: 'x', name: 'b', typeOnly: true })
    assert.deepEqual(bindings['v']!.import, { from: 'v', name: 'default', typeOnly: false })
    assert.equal(bindings['s']!.value?.kind, 'member')
  })

  it('mark the space of named imports', () => {
    const text = "import d, { a, b } from 'x'"
    const [fact] = read(text).module.imports
    assert.equal(text.slice(fact!.namedAt!.start, fact!.namedAt!.end), ' a, b ')
  })

  it('read every spelling of an export', () => {
    assert.deepEqual(exportsOf('export const a = 1, { b, c: [d] } = x; const e = 1; export { e as f, e as default }'), {
      a: 'a',
      b: 'b',
      d: 'd',
      f: 'e',
      default: 'e',
    })
    assert.deepEqual(exportsOf('export default foo()'), { default: 'call' })
    assert.deepEqual(exportsOf('export default class {}'), { default: 'class' })
    assert.deepEqual(exportsOf('export default class A {}'), { default: 'A' })
    assert.deepEqual(exportsOf('export default function () {}'), { default: 'function' })
    assert.deepEqual(exportsOf('export enum E {}\nexport function f() {}\nexport type T = 1'), { E: 'E', f: 'f' })
    assert.deepEqual(exportsOf("export * as n from 'x'; export { a as b } from 'y'"), { n: 'x:*', b: 'y:a' })
    assert.deepEqual(
      read("export * from 'x'").module.stars.map(star => star.from),
      ['x'],
    )
    assert.deepEqual(exportsOf('const a = 1; module.exports = { a, b: 2 }'), { default: 'object', a: 'a', b: 'number' })
    assert.deepEqual(exportsOf('const a = 1; exports.x = exports.y = a; module.exports.z = 1'), {
      x: 'a',
      y: 'a',
      z: 'number',
    })
    assert.deepEqual(exportsOf('const a = 1; export = a'), { default: 'a' })
    assert.deepEqual(exportsOf('namespace N { export const a = 1 }'), {})
  })
})

describe('classes', () => {
  const text = `@outer abstract class Post extends mixin(Model) {
  static table: TableName<Post> = 'posts' as const
  @readonly @date('created_at') createdAt!: Date | null
  @field("a") declare a: string
  @lazy b? = 1
  #secret = 2;
  ['computed'] = 3
  static { use(1) }
  constructor(private c: C) { super() }
  method(x: string): void
  @ns.writer async method(x) { return x }
  get g() { return 1 }
  abstract h(): void
}
Post.associations = { a: 1 }
class Post2 {}
function f() { class Post {} }`
  const { classes, usage } = read(text)
  const post = classes['Post']!

  it('read members as written', () => {
    const marks = (member: (typeof post.members)[number]) =>
      [
        member.isStatic && 'static',
        member.isDeclare && 'declare',
        member.isAsync && 'async',
        member.isOptional && '?',
        member.isDefinite && '!',
        member.kind,
        member.name,
        member.type?.parts.join('/'),
        member.initializer?.kind,
        member.decorators
          .map(d =>
            d.callee.kind === 'name' || d.callee.kind === 'member'
              ? `@${d.callee.name}${d.args ? `(${d.args.length})` : ''}`
              : '',
          )
          .join(' '),
      ]
        .filter(Boolean)
        .join(' ')
    assert.deepEqual(post.members.map(marks), [
      'static property table TableName<Post> string',
      '! property createdAt Date/null @readonly @date(1)',
      'declare property a string @field(1)',
      '? property b number @lazy',
      'property #secret number',
      'property computed number',
      'async method method @writer',
      'getter g',
      'method h void',
    ])
    const member = post.members[1]!
    assert.equal(text.slice(member.at.start, member.at.end), "@readonly @date('created_at') createdAt!: Date | null")
  })

  it('read the class itself', () => {
    assert.equal(post.superclass?.kind, 'call')
    assert.equal(post.isAbstract, true)
    assert.deepEqual(
      post.assigned.map(a => a.name),
      ['associations'],
    )
    assert.equal(text[post.bodyAt.start - 1]! + text[post.bodyAt.end]!, '{}')
    assert.deepEqual(Object.keys(classes), ['Post', 'Post2', 'Post#2'])
  })

  it('know their functions', () => {
    const method = usage.functions[post.members[6]!.fn!]!
    assert.deepEqual([method.kind, method.name, method.inClass, method.isAsync], ['method', 'method', 'Post', true])
    assert.ok(usage.functions.some(fn => fn.kind === 'constructor' && fn.inClass === 'Post'))
  })
})

describe('usage', () => {
  it('tells how results are used', () => {
    const { calls } = read(`async function f() {
  a()
  void b()
  await c()
  const d = await e()
  x.y = g()
  h(i(), () => j())
  if (k) return await l()
  m && n()
  return o()
}`).usage
    const name = (callee: { kind: string; name?: string }) => callee.name
    assert.deepEqual(
      calls.map(
        call =>
          `${call.value.kind === 'call' ? name(call.value.callee) : ''} ${call.use} ${call.into ?? ''} ${call.fn}`,
      ),
      [
        'a statement  0',
        'b void  0',
        'c awaited  0',
        'e awaited d#1 0',
        'g assigned  0',
        'h statement  0',
        'j returned  1',
        'l awaited  0',
        'n statement  0',
        'o returned  0',
      ],
    )
  })

  it('gives children of elements entries of their own', () => {
    const { calls } = read('const a = <A b={c()}>{d()}<E />{f(<><G /></>)}</A>', '/a.tsx').usage
    assert.deepEqual(
      calls.map(({ value }) => {
        const name = value.kind === 'jsx' ? value.tag : value.callee
        return name.kind === 'name' ? name.name : ''
      }),
      ['A', 'd', 'E', 'f', 'G'],
    )
  })

  const fn = (body: string) => read(`async function f(x) {${body}}`).usage.functions[0]!

  it('knows whether a body may end without returning', () => {
    const falls = (body: string) => fn(body).canFallThrough
    for (const body of [
      '',
      'if (x) return 1',
      'if (x) return; return 1',
      'while (x) { return 1 }',
      'for (;;) { if (x) break }',
      'switch (x) { case 1: return 1 }',
      'try { return 1 } catch {}',
      'g(() => { return 1 })',
    ])
      assert.equal(falls(body), true, body)
    for (const body of [
      'return 1',
      'throw x',
      'if (x) return 1; else throw x',
      'while (true) {}',
      'switch (x) { default: return 1 }',
      'try { return 1 } catch { throw x }',
      'try { g() } finally { return 1 }',
      '{ return 1 }',
    ])
      assert.equal(falls(body), false, body)
    assert.equal(read('const f = () => 1').usage.functions[0]!.canFallThrough, false)
  })

  it('knows returns, throws and catches of its own body', () => {
    const facts = fn('try { a() } catch (e) { throw e } b().catch(e => 1); c().catch(log); return () => { throw 1 }')
    assert.deepEqual(
      facts.catches.map(c => [c.rethrows, c.returns]),
      [
        [true, false],
        [false, true],
        [true, true],
      ],
    )
    assert.deepEqual([facts.throws, facts.returns.length], [false, 1])
    assert.equal(fn('throw 1').throws, true)
  })

  it('knows the catch clauses of the top level', () => {
    const text = 'try { a() } catch { b() }\nconst f = () => { try { c() } catch {} }'
    const { usage } = read(text)
    assert.deepEqual(
      usage.catches?.map(one => [text.slice(one.tryAt.start, one.tryAt.end), text.slice(one.at.start, one.at.end)]),
      [['{ a() }', 'catch { b() }']],
    )
    assert.equal(usage.functions[0]?.catches.length, 1)
    assert.equal(read('a()').usage.catches, undefined)
  })

  it('numbers functions in source order, outer ones first', () => {
    const { functions } = read('const a = function outer() { return [() => 1, { m() {} }] }; function last() {}').usage
    assert.deepEqual(
      functions.map(f => [f.kind, f.name, f.parent]),
      [
        ['function', 'outer', undefined],
        ['arrow', undefined, 0],
        ['method', 'm', 0],
        ['function', 'last', undefined],
      ],
    )
  })

  it('keeps assignments to members', () => {
    const { assigns } = read('a.b = 1; c = 2; this["d"] += f(); e.f ??= 3').usage
    assert.deepEqual(
      assigns.map(fact => [fact.target.kind === 'member' && fact.target.name, fact.op]),
      [
        ['b', '='],
        ['d', '+='],
        ['f', '??='],
      ],
    )
  })
})
