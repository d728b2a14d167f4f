// Forms of expressions, and which binding a name means.
import assert from 'node:assert/strict'
import { readFacts } from '../../src/core/facts/read-facts.ts'
import type { Value } from '../../src/core/source/value.ts'

/** The facts of a TypeScript text (of another language where `file` says so). */
const read = (text: string, file = '/a.ts') => readFacts(file, text)

/** The value of `const x = <text>`. */
const readValue = (text: string, before = '', file = '/a.ts'): Value =>
  read(`${before}\nconst x = ${text}`, file).module.bindings['x']!.value!

/** A value as a short text: what it says, without where it stands. */
function show(value: Value | undefined): string {
  if (!value) return 'none'
  switch (value.kind) {
    case 'string':
      return JSON.stringify(value.text)
    case 'number':
    case 'boolean':
      return String(value.value)
    case 'template':
      return `\`${value.texts.join('|')}\`(${value.values.map(show)})`
    case 'array':
      return `[${value.items.map(show)}]`
    case 'object':
      return `{${value.props.map(p => (p.kind === 'named' ? `${p.name}: ${show(p.value)}` : p.kind === 'spread' ? `...${show(p.value)}` : `[${show(p.key)}]: ${show(p.value)}`))}}`
    case 'name':
      return value.key ?? `?${value.name}`
    case 'member':
      return value.index ? `${show(value.of)}[${show(value.index)}]` : `${show(value.of)}.${value.name}`
    case 'call':
      return `${value.isNew ? 'new ' : ''}${show(value.callee)}${value.types ? `<${value.types}>` : ''}(${value.args.map(show)})`
    case 'function':
      return `fn${value.id}`
    case 'class':
      return `class ${value.key}`
    case 'jsx':
      return `<${show(value.tag)} ${value.props.map(p => (p.kind === 'named' ? `${p.name}=${show(p.value)}` : `...${show(p.value)}`)).join(' ')}>`
    case 'binary':
      return `(${show(value.left)} ${value.op} ${show(value.right)})`
    case 'conditional':
      return `(${show(value.test)} ? ${show(value.whenTrue)} : ${show(value.whenFalse)})`
    case 'spread':
      return `...${show(value.value)}`
    case 'await':
      return `await ${show(value.value)}`
    default:
      return value.kind
  }
}

describe('evaluate', () => {
  it('ends a string that nothing closes with its line', () => {
    const faulty: readonly (readonly [string, string])[] = [
      ["'a\n.b(1)[c]", '"a"'],
      ["f('a\n.g(1)).h()", '?f("a",...unknown)'],
      ["f(1, 'a\ng(2), 3)", '?f(1,"a",...unknown)'],
      ["{ a: 'b\n[c]: 1 }", '{a: "b",1: unknown,...unknown}'],
    ]
    for (const [text, shown] of faulty) assert.equal(show(readValue(text)), shown, text)
    const open = readValue("'a\n.b()")
    assert.ok(open.kind === 'string' && open.isOpen)
    const closed = readValue("'a'\n.b()")
    assert.equal(show(closed), '"a".b()')
  })

  const forms: readonly (readonly [string, string])[] = [
    ["'a\\n'", '"a\\n"'],
    ['`a`', '"a"'],
    ['`a$' + '{b}c`', '`a|c`(?b)'],
    ['String.raw`a\\n`', '"a\\\\n"'],
    ['String.raw`a$' + '{1}\\n`', '`a|\\n`(1)'],
    ['sql`a`', '?sql("a")'],
    ['-1', '-1'],
    ['0x10', '16'],
    ['!0', 'true'],
    ['!1', 'false'],
    ['!true', 'false'],
    ['void 0', 'undefined'],
    ['undefined', 'undefined'],
    ['null', 'null'],
    ['1n', 'unknown'],
    ['/a/', 'unknown'],
    ['[1, , ...y]', '[1,undefined,...?y]'],
    [
      "{ a: 1, 'b-c': 2, 3: 4, ['d']: 5, [e]: 6, f, ...g, h() {} }",
      '{a: 1,b-c: 2,3: 4,d: 5,[?e]: 6,f: ?f,...?g,h: fn0}',
    ],
    ['{ get a() { return 1 } }', '{a: unknown}'],
    ["({ a: 'x' } as const)", '{a: "x"}'],
    ['[{ a: 1 }] satisfies Column[]', '[{a: 1}]'],
    ['<any>y!', '?y'],
    ['Object.freeze({ a: 1 })', '{a: 1}'],
    ["a?.b['c'][0][d]", '?a.b.c[0][?d]'],
    ["tableName<X>('a')", '?tableName<X>("a")'],
    ['new A', 'new ?A()'],
    ['new A.B(1)', 'new ?A.B(1)'],
    ["'a' + 'b' + c", '(("a" + "b") + ?c)'],
    ['(a ?? b) || c', '((?a ?? ?b) || ?c)'],
    ['a > 1 ? b : c', '((?a > 1) ? ?b : ?c)'],
    ['await f()', 'await ?f()'],
    ['(y = 1)', 'unknown'],
    ['async () => {}', 'fn0'],
    ['class {}', 'class x'],
    ['class A {}', 'class A'],
    ['[1, 2].map(n => ({ n }))', '[1,2].map(fn0)'],
    ['this.y', 'this.y'],
  ]
  for (const [text, expected] of forms) it(`reads ${text}`, () => assert.equal(show(readValue(text)), expected))

  it('reads elements', () => {
    assert.equal(
      show(readValue('<A.B c="d" e {...f} g={1}>{h()}</A.B>', '', '/a.jsx')),
      '<?A.B c="d" e=true ...?f g=1>',
    )
    assert.equal(show(readValue('<view />', 'const view = 1', '/a.tsx')), '<?view >')
  })

  it('looks through Flow typecasts and keeps offsets', () => {
    const text =
      "// @flow\ntype A = {| a: string |}\nclass B { +a: string }\nf((a: any), ((b: any): T))\nconst x = (y: any)\nconst z = 'z'"
    const facts = read(text, '/a.js')
    assert.equal(facts.broken, false)
    assert.equal(show(facts.module.bindings['x']!.value), '?y')
    assert.equal(text.slice(facts.module.bindings['z']!.value!.at.start), "'z'")
  })

  it('marks where each piece stands, without what leads to it', () => {
    const text = "const x = /* c */ foo.bar( { 'a' : b } )"
    const value = read(text).module.bindings['x']!.value
    assert.ok(value?.kind === 'call' && value.callee.kind === 'member' && value.args[0]?.kind === 'object')
    const [prop] = value.args[0].props
    assert.ok(prop?.kind === 'named')
    const cut = ({ start, end }: { start: number; end: number }) => text.slice(start, end)
    assert.deepEqual(
      [value.at, value.argsAt, value.callee.nameAt, value.args[0].at, prop.at, prop.nameAt, prop.value.at].map(cut),
      ["foo.bar( { 'a' : b } )", "( { 'a' : b } )", 'bar', "{ 'a' : b }", "'a' : b", "'a'", 'b'],
    )
  })

  it('gives one object for one piece of syntax', () => {
    const facts = read('const x = { a: foo() }\nexport const y = new Y(1)\nmodule.exports = bar()')
    const { bindings } = facts.module
    const [foo, created, bar] = facts.usage.calls
    const x = bindings['x']!.value
    assert.ok(x?.kind === 'object')
    assert.equal(x.props[0]!.value, foo!.value)
    assert.equal(bindings['y']!.value, created!.value)
    const given = facts.module.exports['default']
    assert.ok(given?.kind === 'value')
    assert.equal(given.value, bar!.value)
  })

  it('stays within its stack', () => {
    const deep = `const x = ${'['.repeat(5000)}${']'.repeat(5000)}`
    assert.equal(read(deep).broken, true)
    assert.equal(read(`const x = ${"'a' + ".repeat(5000)}'b'`).broken, false)
    assert.equal(read(`const x = a${'.b()'.repeat(3000)}`).broken, false)
  })
})

describe('bindings', () => {
  const key = (text: string, name: string) => show(read(text).module.bindings[name]?.value)

  it('take the lexically right name', () => {
    const text = `const a = 1
function f(a, { b: [c = a] }) { return [a, c, d, f]; var d }
{ const a = 2; x = a; { let a = 3; use(a) } }
for (const a of list) use(a)
try {} catch (a) { use(a) }
const g = function a() { return a }
const h = class C { static a = C }
use(a)`
    const { usage, module, classes } = read(text)
    assert.equal(show(usage.functions[0]!.returns[0]), '[a#1,c#1,d#1,f]')
    assert.deepEqual(
      usage.calls.map(call => show(call.value)),
      ['?use(a#3)', '?use(a#4)', '?use(a#5)', '?use(a)'],
    )
    assert.equal(show(usage.functions[1]!.returns[0]), 'a#6')
    assert.equal(show(classes['C']!.members[0]!.initializer), 'C#1')
    assert.deepEqual(
      ['a', 'a#1', 'a#2', 'a#4', 'a#5', 'a#6', 'd#1'].map(name => module.bindings[name]!.kind),
      ['const', 'param', 'const', 'loop', 'catch', 'function', 'let'],
    )
    assert.deepEqual(usage.functions[0]!.params, [['a#1'], ['c#1']])
    assert.deepEqual(module.bindings['c#1']!.param, { fn: 0, index: 1 })
  })

  it('have a value only while it is certain', () => {
    assert.equal(key('let x = 1', 'x'), '1')
    assert.equal(key('let x = 1; x = 2', 'x'), 'none')
    assert.equal(key('let x = 1; function f() { [x] = y }', 'x'), 'none')
    assert.equal(key('let x = 1; function f(x) { x++ }', 'x'), '1')
    assert.equal(key('var x = 1; var x = 2', 'x'), 'none')
    assert.equal(key('let x = 1; ({ a: x } = y)', 'x'), 'none')
    assert.equal(key('let x = 1; for (x of y);', 'x'), 'none')
    assert.equal(key('function f(x = 1) {}', 'x#1'), 'none')
  })

  it('take apart what they are members of', () => {
    const text = 'const { a, b: { c }, d = 1, ["e"]: e, ...rest } = obj; const [f, , g] = list'
    assert.deepEqual(
      ['a', 'c', 'd', 'e', 'rest', 'f', 'g'].map(name => key(text, name)),
      ['?obj.a', '?obj.b.c', 'unknown', '?obj.e', 'unknown', '?list[0]', '?list[2]'],
    )
  })

  it('see enums as objects', () => {
    const text = "const b = 5\nenum E { a, b = 3, c, d = 'x', e = b }\nenum E { z = 9 }"
    assert.equal(key(text, 'E'), '{a: 0,b: 3,c: 4,d: "x",e: ?b,z: 9}')
    assert.equal(read(text).module.bindings['E']!.kind, 'enum')
  })

  it('keep types', () => {
    const { type } = read('const x: string | null = y').module.bindings['x']!
    assert.deepEqual([type?.text, type?.parts], ['string | null', ['string', 'null']])
  })

  it('survive names of built-in properties', () => {
    const { bindings } = read('const constructor = 1, __proto__ = 2; use(toString)').module
    assert.deepEqual(Object.keys(bindings), ['constructor', '__proto__'])
    assert.equal(bindings['toString'], undefined)
  })
})
