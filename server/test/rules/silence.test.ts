// Comments that silence: what they hide, what becomes of those that hide nothing, and how they are taken back.
import assert from 'node:assert/strict'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { mend } from '../../src/core/mend.ts'
import { applyFix, runApp } from '../../testkit/run-example.ts'

const model = 'src/models/Post.ts'
const decorators = "import { field } from '@nozbe/watermelondb/decorators'\n"
const wrong = "@field('titel') title!: string"
const right = "@field('title') title!: string"
const unknownColumn = 'watermelondb/unknown-column'
const unindexed = 'watermelondb/unindexed-foreign-key'

/** An app whose one model reads as given; `path` for a model that is written elsewhere. */
const appWith = (text: string, path = model) => {
  const files = exampleApp({ models: { Post: "static table = 'posts'" } })
  const others = Object.fromEntries(Object.entries(files).filter(([name]) => name !== path))
  return runApp({ ...others, [path]: text })
}

const post = (...lines: string[]): string =>
  `${decorators}import { Model } from '@nozbe/watermelondb'\n\nexport class Post extends Model {\n  static table = 'posts'\n${lines.map(line => `  ${line}\n`).join('')}}\n`

const report = (text: string, path = model) =>
  appWith(text, path)
    .analyzer.findings(`/app/${path}`)
    .map(({ rule, span }) => `${rule} at ${text.slice(span.start, span.end)}`)

/** The text after the fix called `title` of the first finding about a comment. */
const mended = (text: string, title: string, path = model): string | undefined => {
  const app = appWith(text, path)
  const finding = app.analyzer.findings(`/app/${path}`).find(one => one.rule.startsWith('offline-storage/'))
  assert.ok(finding, 'nothing is found about the comment')
  const fixes = app.analyzer.fixes(finding, app.context)
  const fix = fixes.find(one => one.title === title)
  assert.ok(fix, `there is "${fixes.map(one => one.title).join('", "')}" only`)
  const fixed = applyFix(app, fix)[path]!
  const after = runApp({ [path]: fixed })
  assert.equal(after.analyzer.facts(`/app/${path}`)?.error, undefined, fixed)
  return fixed
}

describe('a comment that silences', () => {
  it('stands beside a finding that is shown without it', () => {
    assert.deepEqual(report(post(wrong)), [`${unknownColumn} at 'titel'`])
  })

  for (const [what, comment] of [
    ['the next line', `// offline-storage-disable-next-line ${unknownColumn}`],
    ['the next line, with a reason', `// offline-storage-disable-next-line ${unknownColumn} -- made by the server`],
    ['the next line, whatever the rule', '// offline-storage-disable-next-line'],
    ['the next line, as a block', `/* offline-storage-disable-next-line ${unknownColumn} */`],
    ['the whole file', `/* offline-storage-disable ${unknownColumn} -- made by the server */`],
  ] as const)
    it(`hides ${what}`, () => assert.deepEqual(report(post(comment, wrong)), []))

  it('hides the whole file from its end, too', () => {
    assert.deepEqual(report(`${post(wrong)}// offline-storage-disable ${unknownColumn}\n`), [])
  })

  it('does not hide another line', () => {
    const text = post(`// offline-storage-disable-next-line ${unknownColumn}`, right, wrong)
    assert.deepEqual(report(text), [
      `offline-storage/unused-suppression at ${unknownColumn}`,
      `${unknownColumn} at 'titel'`,
    ])
  })

  it('does not hide another rule', () => {
    assert.deepEqual(report(post(`// offline-storage-disable-next-line ${unindexed}`, wrong)), [
      `offline-storage/unused-suppression at ${unindexed}`,
      `${unknownColumn} at 'titel'`,
    ])
  })
})

describe('a comment that hides nothing', () => {
  it('is a finding, and its fix takes the line away', () => {
    const text = post(`// offline-storage-disable-next-line ${unknownColumn} -- why`, right)
    assert.deepEqual(report(text), [`offline-storage/unused-suppression at ${unknownColumn}`])
    assert.equal(mended(text, 'Remove this comment'), post(right))
  })

  it('that names no rule is a finding as a whole', () => {
    const text = post('/* offline-storage-disable-next-line */', right)
    assert.deepEqual(report(text), ['offline-storage/unused-suppression at /* offline-storage-disable-next-line */'])
    assert.equal(mended(text, 'Remove this comment'), post(right))
  })

  it('for the whole file is taken away with its line break', () => {
    const comment = `/* offline-storage-disable ${unknownColumn} */`
    assert.equal(mended(`${comment}\r\n${post(right)}`, 'Remove this comment'), post(right))
    assert.equal(mended(`${post(right)}${comment}`, 'Remove this comment'), post(right))
  })

  it('leaves the code beside it as it is', () => {
    const comment = '/* offline-storage-disable-next-line */'
    const cases = [
      [`const a = 1 ${comment}\n`, 'const a = 1\n'],
      [`const a = [1, ${comment} 2]\n`, 'const a = [1, 2]\n'],
      [`  ${comment} const a = 1\n`, '  const a = 1\n'],
      [`const a = (${comment}1)\n`, 'const a = (1)\n'],
      [`const f = () => { return${comment}1 }\n`, 'const f = () => { return 1 }\n'],
    ]
    for (const [before, after] of cases)
      assert.equal(mended(post(right) + before, 'Remove this comment'), post(right) + after)
  })

  it('is taken out of JSX with its braces, and of a block without them', () => {
    const path = 'src/screen.tsx'
    const comment = `{/* offline-storage-disable-next-line ${unknownColumn} */}`
    const screen = (...lines: string[]) =>
      `import { Q } from '@nozbe/watermelondb'\nexport const Screen = () => (\n${lines.map(line => `  ${line}\n`).join('')})\n`
    assert.equal(
      mended(screen('<A>', comment, '<B />', '</A>'), 'Remove this comment', path),
      screen('<A>', '<B />', '</A>'),
    )
    const block = 'import { Q } from "@nozbe/watermelondb"\nfunction f()\n{ /* offline-storage-disable */ }\n'
    assert.equal(
      mended(block, 'Remove this comment', path),
      'import { Q } from "@nozbe/watermelondb"\nfunction f()\n{ }\n',
    )
  })

  it('in part loses only that part', () => {
    const list = (rules: string) => post(`// offline-storage-disable-next-line ${rules} -- why`, wrong)
    for (const rules of [
      `${unknownColumn}, ${unindexed}`,
      `${unindexed}, ${unknownColumn}`,
      `${unindexed} ${unknownColumn}`,
    ]) {
      assert.deepEqual(report(list(rules)), [`offline-storage/unused-suppression at ${unindexed}`], rules)
      assert.equal(mended(list(rules), 'Remove it from this comment'), list(unknownColumn))
    }
  })

  it('is not judged where a release would have to be known', () => {
    const text = post('// offline-storage-disable-next-line watermelondb/schema-changed-without-migration', right)
    assert.deepEqual(report(text), [])
  })

  it('is not judged in a text that does not parse', () => {
    const comments = ['// offline-storage-disable-next-line', `// offline-storage-disable-next-line ${unknownColumn}`]
    for (const comment of comments) assert.deepEqual(report(`${post(comment, right)}const = (`), [], comment)
  })

  it('is left alone by fix all: a person wrote it, a person takes it away', () => {
    const app = appWith(post(`// offline-storage-disable-next-line ${unknownColumn}`, right))
    assert.deepEqual([...mend(app.analyzer, { context: app.context }).changes.keys()], [])
  })
})

describe('a comment that names an unknown rule', () => {
  const comment = (rules: string) => `// offline-storage-disable-next-line ${rules}`

  it('is a finding that says what was meant, and its fix writes it', () => {
    const text = post(comment('watermelondb/unknown-colum'), wrong)
    assert.deepEqual(report(text), [
      'offline-storage/unknown-rule at watermelondb/unknown-colum',
      `${unknownColumn} at 'titel'`,
    ])
    const fixed = mended(text, `Change to "${unknownColumn}"`)!
    assert.equal(fixed, post(comment(unknownColumn), wrong))
    assert.deepEqual(report(fixed), [])
  })

  it('loses the name beside others', () => {
    const text = post(comment(`eqeqeq, ${unknownColumn}`), wrong)
    assert.equal(mended(text, 'Remove it from this comment'), post(comment(unknownColumn), wrong))
  })

  it('goes with its last name, as an empty list would hide everything', () => {
    assert.equal(mended(post(comment('eqeqeq'), wrong), 'Remove this comment'), post(wrong))
  })

  it('is not given a name that is in the list already', () => {
    const app = appWith(post(comment(`watermelondb/unknown-colum, ${unknownColumn}`), wrong))
    const [finding] = app.analyzer.findings(`/app/${model}`)
    assert.deepEqual(
      app.analyzer.fixes(finding!, app.context).map(fix => fix.title),
      ['Remove it from this comment'],
    )
  })
})
