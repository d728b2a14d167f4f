// Another name for a column or a table: everywhere at once, with its data, or not at all.
import assert from 'node:assert/strict'
import { prepareRename, type Renamed, renameAt } from '../../src/core/answers/rename.ts'
import { type ExampleApp, exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { caretIn } from '../../testkit/caret.ts'
import { exampleFiles } from '../../testkit/example-files.ts'
import { applyFix, type RunningApp, runApp } from '../../testkit/run-example.ts'
import { type Asked, askExample, askFiles, blog, blogWith, sharedTable, textOf } from './ask.ts'

type Files = Readonly<Record<string, string>>

const ask = ({ app, catalog, file, offset }: Asked, to: string) =>
  renameAt(catalog, file, offset, to, ({ store }) => ({
    renames: app.analyzer.renames(store),
    context: app.context,
    hasError: one => app.analyzer.facts(one)?.error !== undefined,
  }))

function renamed(asked: Asked, to: string): Renamed {
  const answer = ask(asked, to)
  assert.ok(answer && 'edits' in answer, JSON.stringify(answer))
  return answer
}

const afterRename = (app: RunningApp, { edits }: Renamed): Files => applyFix(app, { title: '', safe: false, edits })

/** Why a rename is refused, when it is asked for; empty where it is not. */
function refusal(asked: Asked, to = 'fresh'): string {
  const answer = ask(asked, to)
  return answer && 'problem' in answer ? answer.problem : ''
}

function prepared({ app, catalog, file, offset }: Asked): string | undefined {
  const answer = prepareRename(catalog, file, offset)
  if (!answer || 'problem' in answer) return answer?.problem
  assert.equal(textOf(app, file, answer.span), answer.name)
  return `"${answer.name}"`
}

/** The blog as it was before what `read_at` and its migration brought. */
const earlier = exampleApp({
  ...blog,
  version: 2,
  schema: blog
    .schema!.replace(/ *\{ name: 'author_id'.*\n/, '')
    .replace(/tableSchema\(\{\n {2}name: 'users'[\s\S]*$/, ''),
  migrations: blog.migrations!.replace(/\{\n {2}toVersion: 3[\s\S]*?\n\},\n/, ''),
  models: {},
  files: {},
})

/** What all rules find, by rule and message. */
const findings = (files: Files, released?: Files): string[] => {
  const { analyzer } = runApp(files, released && { released })
  return analyzer.filesWithFindings().flatMap(file => analyzer.findings(file).map(one => `${one.rule}: ${one.message}`))
}

const all = (files: Files): string => Object.values(files).join('\n')

describe('prepare rename', () => {
  it('answers the letters between the quotes', () => {
    assert.equal(prepared(blogWith("@date('read_at')", "@date('read$0_at')")), '"read_at"')
    assert.equal(prepared(blogWith("Q.sortBy('read_at')", "Q.sortBy('$0read_at')")), '"read_at"')
    assert.equal(prepared(blogWith("database.get('posts')", "database.get('posts$0')")), '"posts"')
    assert.equal(prepared(blogWith('  users: {', '  us$0ers: {')), '"users"')
  })

  it('leaves properties, classes and constants to the language', () => {
    assert.equal(prepared(blogWith('readAt!', 'read$0At!')), undefined)
    assert.equal(prepared(blogWith('class Post', 'class $0Post')), undefined)
    assert.equal(prepared(blogWith('export const recent', 'export const re$0cent')), undefined)
    assert.equal(prepared(constants('static table = Tables.po$0sts')), undefined)
    assert.equal(prepared(constants('static table = Tables.posts', "posts: 'po$0sts'")), '"posts"')
  })

  it('says why not', () => {
    assert.equal(
      prepared(blogWith("@text('title')", "@text('tit$0el')")),
      'The schema defines no column "titel" in "posts".',
    )
    assert.match(prepared(blogWith("Q.where('title', 'x')", "Q.where('i$0d', 'x')"))!, /no column "id"/)
    assert.match(
      prepared(askFiles(withCaret(sharedTable(), 'src/db/schema.ts', "'posts'", "'po$0sts'")))!,
      /^This names table/,
    )
    const open = blogWith("    { name: 'read_at'", "    ...more(), { name: 'read$0_at'")
    assert.match(prepared(open)!, /^Some columns of "posts" cannot be read/)
  })
})

describe('rename of what is not released', () => {
  it('renames a column wherever it is named, its migration too, and back', () => {
    const before = exampleApp(blog)
    const there = blogWith("@relation('users', 'author_id')", "@relation('users', 'author$0_id')", {
      released: earlier,
    })
    const answer = renamed(there, 'writer_id')
    assert.equal(answer.note, undefined)
    const files = afterRename(there.app, answer)
    assert.ok(!all(files).includes('author_id'), all(files))
    assert.equal(all(files), all(before).replaceAll('author_id', 'writer_id'))
    assert.deepEqual(findings(files, earlier), findings(before, earlier))

    const back = askFiles(withCaret(files, 'src/db/schema.ts', 'writer_id', 'writer$0_id'), { released: earlier })
    assert.deepEqual(afterRename(back.app, renamed(back, 'author_id')), before)
  })

  it('renames a table, its migration too, and back', () => {
    const before = exampleApp(blog)
    const there = blogWith("@relation('users'", "@relation('user$0s'", { released: earlier })
    const files = afterRename(there.app, renamed(there, 'people'))
    assert.equal(all(files).replaceAll("'people'", "'users'").replaceAll('people:', 'users:'), all(before))
    assert.match(files['src/db/migrations.ts']!, /createTable\(\{ name: 'people'/)
    assert.deepEqual(findings(files, earlier), findings(before, earlier))
    const back = askFiles(withCaret(files, 'src/db/schema.ts', "'people'", "'$0people'"), { released: earlier })
    assert.deepEqual(afterRename(back.app, renamed(back, 'users')), before)
  })

  it('renames the text of constants, keys, SQL and raw records, and no property', () => {
    const there = askFiles(
      exampleApp({
        schema: `import { appSchema, tableSchema } from '@nozbe/watermelondb'
export const Columns = { title: 'title' } as const
export const schema = appSchema({
  version: 1,
  tables: [tableSchema({ name: 'posts', columns: [{ name: Columns.title, type: 'string' }] })],
})
`,
        models: { Post: "static table = 'posts'\n@text('tit$0le') title!: string" },
        files: {
          'src/code.ts': `import { Q } from '@nozbe/watermelondb'
import { database } from './db'
import { Columns } from './db/schema'
import type { Post } from './models/Post'

export const found = () => database.get('posts').query(Q.where(Columns.title, 'title'), Q.unsafeSqlQuery('select title, TITLE from posts where posts.title > 1'))
export async function change(post: Post) {
  await post.update(one => {
    one.title = 'title'
    one._raw.title = 'title'
  })
}
`,
        },
      }),
      { released: emptyRelease },
    )
    const files = afterRename(there.app, renamed(there, 'headline'))
    assert.match(files['src/db/schema.ts']!, /\{ title: 'headline' \}[\s\S]*name: Columns\.title/)
    assert.match(files['src/models/Post.ts']!, /@text\('headline'\) title!/)
    assert.match(
      files['src/code.ts']!,
      /Q\.where\(Columns\.title, 'title'\), .*select headline, headline from posts where posts\.headline > 1/,
    )
    assert.match(files['src/code.ts']!, /one\.title = 'title'\n/)
    assert.match(refusal(there, 'order'), /word of SQL/)
    const table = askFiles(withCaret(exampleOf(there), 'src/models/Post.ts', "'posts'", "'$0posts'"), {
      released: emptyRelease,
    })
    assert.match(
      afterRename(table.app, renamed(table, 'articles'))['src/code.ts']!,
      /select title, TITLE from articles where articles\.title > 1/,
    )
  })

  it('keeps variables that lend their name to a key', () => {
    const sync = `import { synchronize } from '@nozbe/watermelondb/sync'
import { database } from './db'

export const sync = () =>
  synchronize({
    database,
    pullChanges: async () => {
      const posts = { created: [], updated: [], deleted: [] }
      return { changes: { posts }, timestamp: 1 }
    },
    pushChanges: async ({ changes }) => {
      await send(changes.posts)
    },
  })
`
    const there = askFiles(exampleApp({ schema: plain('po$0sts'), files: { 'src/sync.ts': sync } }), {
      released: emptyRelease,
    })
    const files = afterRename(there.app, renamed(there, 'articles'))
    assert.match(files['src/sync.ts']!, /changes: \{ articles: posts \}[\s\S]*changes\.articles/)
  })

  it('tells names from the words of the code around them', () => {
    const column = "{ name: 'name', type: 'string' }"
    const schema = `tableSchema({ name: 'posts', columns: [${column}] }),`
    const migrations = `{ toVersion: 2, steps: [addColumns({ table: 'posts', columns: [${column}] })] },`
    const files = exampleApp({ version: 2, schema, migrations })
    const there = askFiles(withCaret(files, 'src/db/schema.ts', "'name'", "'na$0me'"), {
      released: exampleApp({ schema: schema.replace(column, '') }),
    })
    const made = afterRename(there.app, renamed(there, 'title'))
    assert.equal(all(made), all(files).replaceAll("'name'", "'title'"))
  })

  it('gives nothing to do for the name that it has', () => {
    assert.deepEqual(renamed(blogWith("@text('title')", "@text('$0title')"), 'title'), { edits: [] })
  })
})

describe('rename of what is released', () => {
  const released = exampleApp(blog)

  it('adds the migration that copies a column', () => {
    const there = blogWith("@date('read_at')", "@date('read$0_at')", { released })
    const answer = renamed(there, 'seen_at')
    assert.equal(answer.note?.label, 'Rename released column "read_at" to "seen_at" with a migration')
    assert.equal(answer.note.description, 'A migration to version 4 keeps the data.')
    const files = afterRename(there.app, answer)
    assert.match(files['src/db/schema.ts']!, /version: 4,[\s\S]*name: 'seen_at', type: 'number', isOptional: true/)
    assert.match(files['src/models/Post.ts']!, /@date\('seen_at'\) readAt!/)
    assert.match(files['src/recent.ts']!, /sortBy\('seen_at'\)/)
    const migrations = files['src/db/migrations.ts']!
    assert.match(migrations, /toVersion: 2,\n.*name: 'read_at'/)
    assert.match(migrations, /toVersion: 4,[\s\S]*name: 'seen_at', type: 'number', isOptional: true/)
    assert.match(migrations, /unsafeExecuteSql\('update "posts" set "seen_at" = "read_at";'\)/)
    assert.deepEqual(findings(files, released), findings(released, released))
  })

  it('adds the migration that renames a table with its indexes', () => {
    const there = blogWith("database.get('posts')", "database.get('$0posts')", { released })
    const files = afterRename(there.app, renamed(there, 'articles'))
    assert.match(files['src/db/schema.ts']!, /version: 4,[\s\S]*name: 'articles'/)
    assert.match(files['src/models/User.ts']!, / articles: \{ type: 'has_many'[\s\S]*@children\('articles'\) posts!/)
    const migrations = files['src/db/migrations.ts']!
    assert.match(migrations, /addColumns\(\{ table: 'posts'/)
    for (const sql of [
      'alter table "posts" rename to "articles";',
      'drop index if exists "posts__status"; create index if not exists "articles__status" on "articles" ("_status");',
      'drop index if exists "posts_author_id"; create index if not exists "articles_author_id" on "articles" ("author_id");',
    ])
      assert.ok(migrations.includes(sql), migrations)
    assert.deepEqual(findings(files, released), findings(released, released))
    // What SQL brought under its name is on devices, whatever it was called when it was released.
    const again = askFiles(withCaret(files, 'src/models/Post.ts', "'title'", "'$0title'"), { released })
    assert.match(
      afterRename(again.app, renamed(again, 'headline'))['src/db/migrations.ts']!,
      /update "articles" set "headline" = "title"/,
    )
    const essays = askFiles(withCaret(files, 'src/models/Post.ts', "'articles'", "'$0articles'"), { released })
    const twice = afterRename(essays.app, renamed(essays, 'essays'))['src/db/migrations.ts']!
    assert.match(twice, /rename to "articles"[\s\S]*alter table "articles" rename to "essays"/)
    assert.match(refusal(essays, 'posts'), /may still hold a table "posts"/)
  })

  it('treats what may be released as if it were, and says so', () => {
    const there = blogWith("@text('title')", "@text('$0title')")
    const answer = renamed(there, 'headline')
    assert.match(answer.note?.description ?? '', /^The column may have been released\. A migration to version 4/)
  })

  it('keeps the names in old migrations that come from constants', () => {
    const migrations = `import { Tables } from './schema'
import { addColumns, schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'

export const migrations = schemaMigrations({
  migrations: [{ toVersion: 2, steps: [addColumns({ table: Tables.posts, columns: [{ name: 'body', type: 'string' }] })] }],
})
`
    const there = constants('static table = Tables.posts', "posts: 'po$0sts'", { migrations })
    const files = afterRename(there.app, renamed(there, 'articles'))
    assert.match(files['src/db/schema.ts']!, /\{ posts: 'articles' \}/)
    assert.match(files['src/db/migrations.ts']!, /addColumns\(\{ table: 'posts', columns/)
    assert.deepEqual(findings(files), findings(exampleOf(there)))
    const template = constants('static table = Tables.posts', "posts: 'po$0sts'", {
      migrations: migrations
        .replace('{ addColumns,', '{ unsafeExecuteSql,')
        .replace(
          /addColumns\(.*\)\] \}\]/,
          'unsafeExecuteSql(`drop index if exists $' +
            '{Tables.posts}_x; update $' +
            '{Tables.posts} set title = 1;`)] }]',
        ),
    })
    assert.match(refusal(template), /Write the name out there first/)
  })

  it('keeps the indexes that SQL has made', () => {
    const index = `{ toVersion: 2, steps: [unsafeExecuteSql('create index "posts_title" on "posts" ("title");')] },`
    const files = exampleApp({ schema: plain('posts'), version: 2, migrations: index })
    const at = (from: string, to: string) =>
      askFiles(withCaret(files, 'src/db/schema.ts', from, to), { released: files })
    const column = at("'title'", "'$0title'")
    assert.match(
      afterRename(column.app, renamed(column, 'headline'))['src/db/migrations.ts']!.replaceAll('\\', ''),
      /on "posts" \("title"\)[\s\S]*create index if not exists "posts_headline" on "posts" \("headline"\);/,
    )
    const table = at("'posts'", "'$0posts'")
    assert.match(
      afterRename(table.app, renamed(table, 'articles'))['src/db/migrations.ts']!.replaceAll('\\', ''),
      /drop index if exists "posts_title"; create index if not exists "articles_title" on "articles" \("title"\);/,
    )
  })

  it('renames what waits to be pushed where the app syncs', () => {
    const there = blogWith("@date('read_at')", "@date('read$0_at')", { released })
    const files = {
      ...exampleApp(blog),
      'src/sync.ts': syncOf("posts: { created: [{ id: 'a', read_at: 1 }], updated: [], deleted: [] }"),
    }
    const synced = askFiles(withCaret(files, 'src/models/Post.ts', "'read_at'", "'$0read_at'"), { released })
    const answer = renamed(synced, 'seen_at')
    assert.match(answer.note?.description ?? '', /server that is synced with must know the new name/)
    const renamedFiles = afterRename(synced.app, answer)
    assert.match(renamedFiles['src/sync.ts']!, /seen_at: 1/)
    assert.match(renamedFiles['src/db/migrations.ts']!, /"_changed" = trim\(replace/)
    assert.ok(!all(afterRename(there.app, renamed(there, 'seen_at'))).includes('_changed'))
  })
})

describe('rename is refused', () => {
  const title = (options?: Parameters<typeof blogWith>[2]) => blogWith("@text('title')", "@text('$0title')", options)

  it('for names that cannot be, or are there', () => {
    assert.match(refusal(title(), 'AUTHOR_ID'), /There is a column "author_id" already/)
    assert.match(refusal(title(), 'id'), /reserved/)
    assert.match(refusal(title(), 'my title'), /refuses the name "my title"/)
    assert.match(refusal(title(), 'created_at'), /to be a number that is not optional/)
    assert.match(refusal(blogWith("name: 'posts'", "name: '$0posts'"), 'users'), /There is a table "users" already/)
  })

  it('for a name that devices may still hold', () => {
    const was = exampleApp({ ...blog, schema: blog.schema!.replace("'title'", "'headline'") })
    assert.match(refusal(title({ released: was }), 'headline'), /may still hold a column "headline"/)
    assert.match(refusal(title({ released: exampleApp(blog) }), 'Title'), /does not tell "Title" from "title"/)
  })

  it('where the data cannot be kept', () => {
    const loki = exampleApp(blog)['src/db/index.ts']!.replace('adapters/sqlite', 'adapters/lokijs')
    const files = { ...exampleApp(blog), 'src/db/index.ts': loki.replaceAll('SQLiteAdapter', 'LokiJSAdapter') }
    const there = (caret: Files, options?: Parameters<typeof askFiles>[1]) =>
      askFiles(withCaret(caret, 'src/models/Post.ts', "'title'", "'$0title'"), options)
    assert.match(refusal(there(files)), /LokiJS runs no SQL.*Take a schema snapshot/)
    const added = withCaret(files, 'src/models/Post.ts', "'author_id')", "'$0author_id')")
    assert.equal(refusal(askFiles(added, { released: earlier })), '')
    assert.match(refusal(there(files, { released: emptyRelease })), /Migrations speak of "posts", but nothing makes it/)
    const unread = exampleApp(blog)['src/db/index.ts']!.replace('migrations }', 'migrations: make() }')
    assert.match(
      refusal(there({ ...exampleApp(blog), 'src/db/index.ts': unread })),
      /migrations of this database cannot be read/,
    )
    const lacking = {
      ...exampleApp(blog),
      'src/db/migrations.ts': exampleApp(blog)['src/db/migrations.ts']!.replace("{ name: 'name', type: 'string' }", ''),
    }
    const users = askFiles(withCaret(lacking, 'src/db/schema.ts', "'users'", "'$0users'"))
    assert.match(refusal(users), /what no migration adds yet/)
  })

  it('where migrations do not lead to what is released', () => {
    const behind = { ...blog, version: 4 }
    const there = askFiles(withCaret(exampleApp(behind), 'src/models/Post.ts', "'title'", "'$0title'"))
    assert.match(refusal(there), /Devices may be at version 4 already/)
    const first = blog.schema!.replace("{ name: 'read_at', type: 'number', isOptional: true },", '')
    const contrary = blogWith("@date('read_at')", "@date('$0read_at')", {
      released: exampleApp({ ...blog, schema: first }),
    })
    assert.match(refusal(contrary), /A released migration makes "read_at" at .*migrations\.ts:14/)
  })

  it('where it is defined twice', () => {
    const twice = exampleApp({ schema: plain('po$0sts') + plain('posts') })
    assert.equal(refusal(askFiles(twice)), '"posts" is defined more than once.')
  })

  it('where the name is put together, or shared', () => {
    const files = (code: string) => ({ ...exampleApp(blog), 'src/more.ts': code })
    const there = (code: string) => askFiles(withCaret(files(code), 'src/models/Post.ts', "'title'", "'$0title'"))
    const joined = `import { Q } from '@nozbe/watermelondb'\nimport { database } from './db'\nconst stem = 'tit'\nexport const q = () => database.get('posts').query(Q.where(stem + 'le', 'x'))\n`
    assert.match(refusal(there(joined)), /put together from parts at .*more\.ts:4/)
    const quoted = (sql: string) =>
      `import { Q } from '@nozbe/watermelondb'\nimport { database } from './db'\nexport const q = (join: string) => database.get('posts').query(Q.unsafeSqlQuery(\`select * from ${sql} order by "title"\`))\n`
    const plain = there(quoted('posts'))
    assert.match(afterRename(plain.app, renamed(plain, 'headline'))['src/more.ts']!, /order by "headline"/)
    assert.match(
      refusal(there(quoted('posts $' + '{join}'))),
      /Nothing tells what "title" means in the query at .*more\.ts:3/,
    )
    const shared = `import { Q } from '@nozbe/watermelondb'\nimport { database } from './db'\nconst column = 'title'\nexport const q = () => [database.get('posts').query(Q.where(column, 'x')), database.get('users').query(Q.where(column, 'x'))]\n`
    assert.match(refusal(there(shared)), /also stands for column "users\.title"/)
  })

  it('where a file that may use it cannot be parsed', () => {
    const files = { ...exampleApp(blog), 'src/more.ts': `import '@nozbe/watermelondb'\nconst a = { title: (` }
    assert.match(
      refusal(askFiles(withCaret(files, 'src/models/Post.ts', "'title'", "'$0title'"))),
      /more\.ts has a syntax error/,
    )
  })

  it('where the library goes by the name', () => {
    const there = askFiles(
      exampleApp({
        schema: "tableSchema({ name: 'posts', columns: [{ name: 'updated_at', type: 'number' }] }),",
        models: { Post: "static table = 'posts'\n@readonly @date('updated$0_at') updatedAt!: Date" },
      }),
    )
    assert.match(refusal(there), /writes "updated_at" itself/)
  })
})

describe('rename in the example apps', () => {
  it('renames in one of two databases', () => {
    const there = askExample('two-databases', 'src/account/schema.ts', "users'")
    const answer = renamed(there, 'people')
    assert.deepEqual(
      answer.edits.filter(edit => edit.file.includes('/catalogue/')),
      [],
    )
  })

  for (const example of ['notes', 'two-databases'])
    it(`makes no mistakes in ${example}`, () => {
      const files = exampleFiles(example)
      const before = findings(files, files).map(one => one.replace(/:.*/s, ''))
      const app = runApp(files, { rules: [], released: files })
      const catalog = app.analyzer.catalog(() => undefined)
      const things = app.analyzer.stores().flatMap(store => store.entities.flatMap(one => [one, ...one.fields]))
      const answers = things.map(({ name: { at } }) =>
        ask({ app, catalog, file: at.file, offset: at.span.start + 1 }, 'fresh'),
      )
      const done = answers.filter(answer => answer !== undefined && 'edits' in answer)
      assert.ok(done.length > things.length / 2, `only ${done.length} of ${things.length}`)
      for (const answer of done) {
        const now = findings(afterRename(app, answer), files).map(one => one.replace(/:.*/s, ''))
        for (const rule of before) if (now.includes(rule)) now.splice(now.indexOf(rule), 1)
        assert.deepEqual(now, [], answer.note?.label)
      }
    })
})

const emptyRelease = exampleApp({ schema: "tableSchema({ name: 'others', columns: [] })," })

const plain = (name: string) => `tableSchema({ name: '${name}', columns: [{ name: 'title', type: 'string' }] }),`

const syncOf = (changes: string) => `import { synchronize } from '@nozbe/watermelondb/sync'
import { database } from './db'

export const sync = () =>
  synchronize({ database, pullChanges: async () => ({ changes: { ${changes} }, timestamp: 1 }) })
`

/** An app whose table is named by a constant. */
function constants(table: string, key = "posts: 'posts'", parts: Partial<ExampleApp> = {}): Asked {
  return askFiles(
    exampleApp({
      schema: `import { appSchema, tableSchema } from '@nozbe/watermelondb'
export const Tables = { ${key} } as const
export const schema = appSchema({
  version: ${parts.migrations ? 2 : 1},
  tables: [
    tableSchema({ name: Tables.posts, columns: [{ name: 'title', type: 'string' }, { name: 'body', type: 'string' }] }),
  ],
})
`,
      models: {
        Post: `import { Model } from '@nozbe/watermelondb'\nimport { Tables } from '../db/schema'\nexport class Post extends Model {\n  ${table}\n}\n`,
      },
      ...parts,
    }),
  )
}

/** The files of an app by relative path. */
const exampleOf = ({ app }: Asked): Files => applyFix(app, { title: '', safe: false, edits: [] })

/** Files with `from` in one of them replaced by a text with the caret. */
function withCaret(files: Files, file: string, from: string, to: string): Files {
  assert.ok(files[file]?.includes(from), `${file} does not hold ${from}`)
  const marked = { ...files, [file]: files[file]!.replace(from, () => to) }
  assert.equal(caretIn(marked).file, file)
  return marked
}
