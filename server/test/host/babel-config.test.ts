// Babel configs read from their text: every way of writing one, and what is not guessed at.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { readBabelConfig } from '../../src/host/babel-config.ts'

const read = (text: string, file = '/w/babel.config.js') => readBabelConfig(file, text).facts

describe('readBabelConfig', () => {
  const expected = {
    file: '/w/babel.config.js',
    presets: ['p'],
    plugins: [{ name: 'a' }, { name: 'b', options: { legacy: true } }],
  }
  for (const [form, text] of Object.entries({
    object: `module.exports = { presets: ['p'], plugins: ['a', ['b', { legacy: true }]] }`,
    'function with return': `module.exports = function (api) { api.cache(true); return { presets: ['p'], plugins: ['a', ['b', { legacy: true }]] } }`,
    arrow: `module.exports = api => ({ presets: ['p'], plugins: ['a', ['b', { legacy: true }]] })`,
    'export default': `export default { presets: ['p'], plugins: ['a', ['b', { legacy: true }]] }`,
    'export default function': `export default function config() { return { presets: ['p'], plugins: ['a', ['b', { legacy: true }]] } }`,
    'names and spreads': `const more = [[require.resolve('b'), { legacy: true }]]
      const config = { presets: ['p'], plugins: [require('a'), ...more] }
      module.exports = config`,
    'skipped entries': `module.exports = { presets: ['p', null], plugins: ['a', false, ['b', { legacy: true }], ['c', false]] }`,
    env: `module.exports = { presets: ['p'], plugins: ['a'], env: { test: { plugins: [['b', { legacy: true }]] } } }`,
  }))
    it(`reads a config written as ${form}`, () => assert.deepEqual(read(text), expected))

  it('reads .babelrc with comments', () => {
    const text = `{ // comment
      "presets": ["p"], }`
    assert.deepEqual(read(text, '/w/.babelrc'), { file: '/w/.babelrc', presets: ['p'], plugins: [] })
  })

  it('keeps a plugin whose options are not static', () => {
    const facts = read(`module.exports = { plugins: [['b', { legacy: isLegacy() }]] }`)
    assert.deepEqual(facts, { file: '/w/babel.config.js', presets: [], plugins: [{ name: 'b', options: 'unknown' }] })
  })

  for (const [what, text] of Object.entries({
    'a conditional entry': `module.exports = { plugins: [isProd && 'a'] }`,
    'a list that grows': `const plugins = []; if (x) plugins.push('a'); module.exports = { plugins }`,
    'a config that is changed': `const config = { plugins: [] }; config.plugins = ['a']; module.exports = config`,
    'two returns': `module.exports = () => { if (x) return { plugins: ['a'] }; return { plugins: [] } }`,
    'a conditional return': `module.exports = () => { if (x) { return { plugins: ['a'] } } }`,
    'an unknown spread': `module.exports = { ...base, plugins: [] }`,
    overrides: `module.exports = { overrides: [{ plugins: ['a'] }] }`,
    extends: `module.exports = { extends: './other' }`,
    'a call': `module.exports = makeConfig()`,
    nothing: '',
    'a circle': `const a = b; const b = a; module.exports = a`,
    'a reassigned name': `let a = {}; a = { plugins: ['x'] }; module.exports = a`,
  }))
    it(`does not guess at ${what}`, () => assert.equal(read(text), 'unknown'))

  it('never throws, whatever the text', () => {
    const pieces = [
      'module.exports',
      '=',
      '{',
      '}',
      '[',
      ']',
      '(',
      ')',
      'plugins:',
      '"a"',
      '...',
      ',',
      '`',
      '${',
      '=>',
      'const a',
      '__proto__: 1',
      'path.join(',
      'return',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 25 }), parts => {
        read(parts.join(' '))
        read(parts.join(' '), '/w/.babelrc')
      }),
      { numRuns: 300 },
    )
  })
})
