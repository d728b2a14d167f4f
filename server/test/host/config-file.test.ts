// The config file: what it gives, and where each mistake in it is reported.
import assert from 'node:assert/strict'
import { readConfigFile } from '../../src/host/config-file.ts'

describe('readConfigFile', () => {
  const read = (text: string) => {
    const { settings, problems } = readConfigFile('/w/offline-storage.config.json', text, [
      'watermelondb/missing-migration',
      'watermelondb/migration-gap',
    ])
    return {
      settings,
      problems: problems.map(({ offset, length, message }) => [text.slice(offset, offset + length), message]),
    }
  }

  it('gives what is set and nothing more', () => {
    const text = `{
      // comments are allowed
      "$schema": "./schema.json",
      "rules": { "watermelondb/missing-migration": "off" },
      "baseline": "git:v1.0.0",
      "exclude": ["legacy/"],
    }`
    assert.deepEqual(read(text), {
      settings: { rules: { 'watermelondb/missing-migration': 'off' }, baseline: 'git:v1.0.0', exclude: ['legacy/'] },
      problems: [],
    })
    assert.deepEqual(read('{}'), { settings: {}, problems: [] })
  })

  it('points at each mistake and keeps the rest', () => {
    const text = `{
      "rule": {},
      "rules": { "watermelondb/mising-migration": "off", "migration-gap": "off", "watermelondb/migration-gap": "loud" },
      "baseline": "git:--all",
      "exclude": ["a", 3],
      "watermelondbPackages": ["fork"],
      "unheard": 1
    }`
    assert.deepEqual(read(text), {
      settings: { rules: {}, watermelondbPackages: ['fork'] },
      problems: [
        ['"rule"', 'There is no setting `rule`. Did you mean `rules`?'],
        [
          '"watermelondb/mising-migration"',
          'There is no rule `watermelondb/mising-migration`. Did you mean `watermelondb/missing-migration`?',
        ],
        ['"migration-gap"', 'There is no rule `migration-gap`. Did you mean `watermelondb/migration-gap`?'],
        ['"loud"', 'A severity is "error", "warning", "info" or "off".'],
        ['"git:--all"', '`baseline` is "auto", "none", "snapshot", "git" or "git:<revision>".'],
        ['3', '`exclude` is a list of patterns in the syntax of .gitignore: `["legacy/"]`.'],
        ['"unheard"', 'There is no setting `unheard`.'],
      ],
    })
  })

  it('reads around syntax errors, and takes nothing from what is no object', () => {
    const { settings, problems } = read('{ "baseline": "none" "exclude": [] }')
    assert.deepEqual(settings, { baseline: 'none', exclude: [] })
    assert.match(problems[0]?.[1] ?? '', /comma expected/)
    assert.match(read('[]').problems[0]?.[1] ?? '', /Settings are an object/)
    assert.deepEqual(read('{ "rules": [] }').settings, { rules: undefined })
    assert.equal(read('').problems.length, 1)
    assert.deepEqual(read('{ "__proto__": 1, "constructor": 2 }').problems.length, 2)
  })
})
