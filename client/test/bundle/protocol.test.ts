// What is shipped speaks the protocol: both bundled servers, with the real rules, over copies of the example apps.
import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import {
  CancellationTokenSource,
  type DocumentDiagnosticReport,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node'
import { tempFolder } from '../../../server/test/host/temp-folder.ts'
import {
  actionsAt,
  applied,
  endSession,
  hasCode,
  none,
  resolved,
  settled,
  start,
  textEdits,
} from '../../../server/test/lsp/session.ts'
import { exampleFiles } from '../../../server/testkit/example-files.ts'
import { type ClientOptions, pulling, uriOf } from '../../../server/testkit/lsp-client.ts'
import type { CheckResult, CommandResult, StoreSummary } from '../../../shared/requests.ts'
import { carryOut, changed, execute, latest, slice } from './protocol-support.ts'

const bundle = path.join(import.meta.dirname, '../../../dist/server')
const commands: readonly [string, ...string[]][] = [
  [`${bundle}/server.cjs`, '--stdio'],
  [`${bundle}/cli.cjs`, 'lsp', '--stdio'],
]

const unknownColumn = 'watermelondb/unknown-column'
const noAssociation = 'watermelondb/children-without-association'
const outsideWriter = 'watermelondb/write-outside-writer'
const unmigrated = 'watermelondb/schema-changed-without-migration'
const withoutMigrations = 'watermelondb/adapter-without-migrations'

for (const command of commands)
  describe(`the bundle as ${path.basename(command[0])} ${command.slice(1).join(' ')}`, () => {
    afterEach(endSession)

    const open = async (root: string, options: Partial<ClientOptions> = {}) => {
      const client = await start({ folders: [root], command, ...options })
      const read = async (name: string) => {
        const file = `${root}/${name}`
        const text = readFileSync(file, 'utf8')
        await client.open(file, text)
        await settled(client)
        return { file, text }
      }
      return { client, root, read }
    }
    const openNotes = (options?: Partial<ClientOptions>) => open(tempFolder(exampleFiles('notes')), options)

    describe('pushes', () => {
      it('what the playground is there to show, with pages and related places', async () => {
        const { client, root } = await openNotes()
        await client.diagnostics(`${root}/src/sync.ts`, list => list.length === 2)
        const [adapter] = await client.diagnostics(`${root}/src/db/index.ts`, hasCode(withoutMigrations))
        assert.deepEqual(adapter?.range, { start: { line: 7, character: 20 }, end: { line: 7, character: 33 } })
        assert.equal(adapter?.severity, 1)
        assert.equal(adapter?.source, 'Offline Storage')
        assert.match(adapter?.codeDescription?.href ?? '', /docs\/rules\/watermelondb\/adapter-without-migrations\.md$/)
        assert.deepEqual(adapter?.relatedInformation, [
          {
            location: {
              uri: uriOf(`${root}/src/db/schema.ts`),
              range: { start: { line: 3, character: 11 }, end: { line: 3, character: 12 } },
            },
            message: "The schema's version",
          },
        ])
        await settled(client)
        assert.deepEqual(latest(client, root), {
          'src/db/index.ts': [withoutMigrations],
          'src/models/Note.ts': ['watermelondb/decorator-type-mismatch'],
          'src/models/Notebook.ts': [unknownColumn, noAssociation],
          'src/screens/NotebookScreen.tsx': [outsideWriter, 'watermelondb/unknown-query-column'],
          'src/sync.ts': ['watermelondb/migration-sync-off', 'watermelondb/client-clock-timestamp'],
        })
      })

      it('nothing for apps without mistakes', async () => {
        const one = tempFolder(exampleFiles('clean'))
        const two = tempFolder(exampleFiles('two-databases'))
        const client = await start({ folders: [one, two], command })
        const counts = (await settled(client)) as CheckResult
        assert.deepEqual(counts, { files: 22, errors: 0, warnings: 0, infos: 0 })
        assert.deepEqual(client.published, [])
      })

      it('what single keys change, here and in other files', async () => {
        const { client, root, read } = await openNotes()
        const { file } = await read('src/models/Notebook.ts')
        for (const [from, to] of [
          ["'colour'", "'colou'"],
          ["'colou'", "'colo'"],
          ["'colo'", "'color'"],
        ] as const)
          await client.edit(file, from, to)
        await client.diagnostics(file, hasCode(noAssociation))
        const schema = await read('src/db/schema.ts')
        await client.edit(schema.file, "'color'", "'colors'")
        const [again] = await client.diagnostics(file, hasCode(unknownColumn, noAssociation))
        assert.match(String(again?.message), /Did you mean "colors"\?/)
        await client.edit(schema.file, "'colors'", "'color'")
        await client.diagnostics(file, hasCode(noAssociation))
        await client.close(file)
        await client.diagnostics(file, hasCode(unknownColumn, noAssociation))
        assert.deepEqual(latest(client, root)['src/db/schema.ts'] ?? [], [])
      })

      it('what is wrong in the config file, at the very key, and obeys the rest', async () => {
        const { client, root } = await openNotes()
        const config = `${root}/offline-storage.config.json`
        const text = `{\n  // Ours.\n  "rules": { "${unknownColumn}": "off", "watermelondb/unknown-colum": "off" },\n  "exclude": ["a", 1],\n}\n`
        writeFileSync(config, text)
        await changed(client, 1, config)
        const wrong = await client.diagnostics(config, list => list.length === 2)
        assert.deepEqual(
          wrong.map(one => [slice(text, one.range), one.code, one.message]),
          [
            [
              '"watermelondb/unknown-colum"',
              'offline-storage/config',
              `There is no rule \`watermelondb/unknown-colum\`. Did you mean \`${unknownColumn}\`?`,
            ],
            [
              '1',
              'offline-storage/config',
              '`exclude` is a list of patterns in the syntax of .gitignore: `["legacy/"]`.',
            ],
          ],
        )
        await client.diagnostics(`${root}/src/models/Notebook.ts`, hasCode(noAssociation))
      })
    })

    describe('is asked', () => {
      const pull = (file: string, previousResultId?: string) => ({
        textDocument: { uri: uriOf(file) },
        ...(previousResultId !== undefined && { previousResultId }),
      })

      it('for one document, and says when nothing changed', async () => {
        const { client, read } = await openNotes({ capabilities: pulling })
        const { file } = await read('src/models/Notebook.ts')
        const ask = (before?: string) =>
          client.request<DocumentDiagnosticReport>('textDocument/diagnostic', pull(file, before))
        const first = await ask()
        assert.ok(first.kind === 'full')
        assert.deepEqual(
          first.items.map(one => one.code),
          [unknownColumn, noAssociation],
        )
        assert.deepEqual(await ask(first.resultId), { kind: 'unchanged', resultId: first.resultId })
        await client.edit(file, 'colour', 'color')
        const third = await ask(first.resultId)
        assert.ok(third.kind === 'full' && third.items.length === 1)
        assert.notEqual(third.resultId, first.resultId)
        assert.deepEqual(client.published, [])
      })

      it('for the workspace, and gives what changed since', async () => {
        const { client, root, read } = await openNotes({ capabilities: pulling })
        const ask = (previousResultIds: { uri: string; value: string }[]) =>
          client.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds })
        const first = await ask([])
        assert.deepEqual(first.items.map(one => one.uri.slice(uriOf(root).length + 1)).sort(), [
          'src/db/index.ts',
          'src/models/Note.ts',
          'src/models/Notebook.ts',
          'src/screens/NotebookScreen.tsx',
          'src/sync.ts',
        ])
        const { file } = await read('src/models/Notebook.ts')
        await client.edit(file, 'colour', 'color')
        const ids = first.items.map(({ uri, resultId }) => ({ uri, value: resultId! }))
        const second = await ask(ids)
        const kinds = second.items.map(one => [one.uri === uriOf(file), one.kind] as const)
        assert.deepEqual(
          kinds.filter(([isEdited]) => isEdited),
          [[true, 'full']],
        )
        assert.deepEqual(
          new Set(kinds.filter(([isEdited]) => !isEdited).map(([, kind]) => kind)),
          new Set(['unchanged']),
        )
        assert.equal(second.items.length, 5)
      })

      it('to give up, and answers at once', async () => {
        let answer = (_: unknown): void => undefined
        const held = new Promise(resolve => {
          answer = resolve
        })
        const { client, root } = await openNotes({ capabilities: pulling, settings: () => held })
        const source = new CancellationTokenSource()
        const params = pull(`${root}/src/sync.ts`)
        const request = client.connection.sendRequest('textDocument/diagnostic', params, source.token)
        source.cancel()
        await assert.rejects(request, { code: -32800 })
        answer({})
        assert.equal(((await settled(client)) as CheckResult).errors, 6)
      })
    })

    describe('mends', () => {
      it('one finding by an edit of the open text', async () => {
        const { client, read } = await openNotes()
        const { file, text } = await read('src/models/Notebook.ts')
        const [fix] = await actionsAt(client, file, text, "'colour'")
        assert.deepEqual([fix?.title, fix?.isPreferred, fix?.edit], ['Change to "color"', true, undefined])
        const action = await resolved(client, fix)
        const [edit, ...others] = textEdits(action)
        assert.deepEqual([edit?.textDocument, others], [{ uri: uriOf(file), version: 1 }, []])
        assert.equal(applied(text, edit?.edits ?? []), text.replace('colour', 'color'))
        await carryOut(client, action.edit, { [file]: text })
        await client.diagnostics(file, hasCode(noAssociation))
        // What it was offered for is gone.
        await assert.rejects(resolved(client, fix), { code: -32801 })
      })

      it('a changed schema by a migration: three files, one of them new', async () => {
        const files = exampleFiles('notes')
        const { 'src/db/migrations.ts': _, 'src/db/schema.ts': schemaText, ...others } = files
        const root = tempFolder({ ...others, 'src/db/schema.ts': schemaText!.replace('version: 2', 'version: 1') })
        const { client, read } = await open(root)
        const taken = await execute<CommandResult>(client, 'takeSnapshot')
        assert.deepEqual([taken.ok, taken.showUri?.startsWith(`${uriOf(root)}/offline-storage/`)], [true, true])
        const schema = await read('src/db/schema.ts')
        const column = "        { name: 'hue', type: 'string', isOptional: true },\n"
        const before = await client.edit(
          schema.file,
          "        { name: 'position'",
          `${column}        { name: 'position'`,
        )
        await client.diagnostics(schema.file, list => list.some(one => one.code === unmigrated))

        const index = `${root}/src/db/index.ts`
        const migrations = `${root}/src/db/migrations.ts`
        const offered = await actionsAt(client, schema.file, before, "'hue'")
        const fix = offered.find(one => one.diagnostics?.[0]?.code === unmigrated)
        const { edit } = await resolved(client, fix)
        const changes = (edit?.documentChanges ?? []).map(change =>
          'textDocument' in change ? change.textDocument : { kind: change.kind },
        )
        assert.deepEqual(changes, [
          { kind: 'create' },
          { uri: uriOf(migrations), version: null },
          { uri: uriOf(index), version: null },
          { uri: uriOf(schema.file), version: 2 },
        ])
        const texts = await carryOut(client, edit, { [schema.file]: before })
        assert.equal(texts[schema.file], before.replace('version: 1', 'version: 2'))
        assert.equal(
          texts[migrations],
          `import { addColumns, schemaMigrations } from '@nozbe/watermelondb/Schema/migrations'

export const migrations = schemaMigrations({
  migrations: [
    {
      toVersion: 2,
      steps: [
        addColumns({
          table: 'notebooks',
          columns: [
            { name: 'hue', type: 'string', isOptional: true },
          ],
        }),
      ],
    },
  ],
})
`,
        )
        const adapterText = files['src/db/index.ts']!
        assert.equal(
          texts[index],
          adapterText
            .replace("import { schema } from './schema'\n", "$&import { migrations } from './migrations'\n")
            .replace('  schema,\n', '  schema,\n  migrations,\n'),
        )
        await client.diagnostics(schema.file, none)
        await settled(client)
        assert.equal(latest(client, root)['src/db/index.ts'], undefined)
      })

      it('everything of a kind, in a file and in the workspace', async () => {
        const files = exampleFiles('notes')
        const screen = files['src/screens/NotebookScreen.tsx']!
        const effect = '  useEffect(() => {\n    notebook.update(last => {\n      last.position = 9\n    })\n  }, [])\n'
        const twice = screen.replace('  }, [notebook])\n', `$&${effect}`)
        const root = tempFolder({ ...files, 'src/screens/Twice.tsx': twice })
        const { client, read } = await open(root)
        const { file, text } = await read('src/screens/Twice.tsx')
        const offered = await actionsAt(client, file, text, 'update(')
        const titles = ['this file', 'the workspace'].map(where => `Fix all "${outsideWriter}" in ${where}`)
        const [inFile, everywhere] = titles.map(title => offered.find(one => one.title === title))
        const once = textEdits(await resolved(client, inFile))
        assert.deepEqual(
          once.map(one => one.textDocument),
          [{ uri: uriOf(file), version: 1 }],
        )
        const all = await resolved(client, everywhere)
        assert.deepEqual(
          textEdits(all)
            .map(one => one.textDocument.uri)
            .sort(),
          [uriOf(`${root}/src/screens/NotebookScreen.tsx`), uriOf(file)],
        )
        const texts = await carryOut(client, all.edit, { [file]: text })
        assert.equal(texts[file]!.split('database.write(').length, 3)
        await client.diagnostics(file, hasCode('watermelondb/unknown-query-column'))
        await client.diagnostics(`${root}/src/screens/NotebookScreen.tsx`, hasCode('watermelondb/unknown-query-column'))
      })

      it('a file as it is saved, and all files by command', async () => {
        const { client, root, read } = await openNotes()
        const { file, text } = await read('src/models/Notebook.ts')
        const onSave = await actionsAt(client, file, text, 'import', ['source.fixAll.offlineStorage'])
        assert.deepEqual(
          onSave.map(one => one.kind),
          ['source.fixAll.offlineStorage'],
        )
        const [edit] = textEdits(await resolved(client, onSave[0]))
        const mended = applied(text, edit?.edits ?? [])
        const associations =
          "  static associations = {\n    notes: { type: 'has_many', foreignKey: 'notebook_id' },\n  } as const\n"
        assert.equal(mended, text.replace("  static table = 'notebooks'\n", `$&${associations}`))

        assert.deepEqual(await execute(client, 'fixAll'), { ok: true, message: 'Mended 2 problems.' })
        assert.equal(client.applied.length, 1)
        const texts = await carryOut(client, client.applied[0]?.edit, { [file]: text })
        assert.equal(texts[file], mended)
        await client.diagnostics(`${root}/src/screens/NotebookScreen.tsx`, hasCode('watermelondb/unknown-query-column'))
        assert.deepEqual(await execute(client, 'fixAll'), { ok: true, message: 'Nothing to mend.' })
      })

      it('by silence, where a person wants it', async () => {
        const { client, read } = await openNotes()
        const { file, text } = await read('src/screens/NotebookScreen.tsx')
        const offered = await actionsAt(client, file, text, "'isPinned'")
        const line = offered.find(one => /for this line$/.test(one.title))
        const texts = await carryOut(client, line?.edit, { [file]: text })
        assert.match(
          texts[file]!,
          /\n {4}\/\/ offline-storage-disable-next-line watermelondb\/unknown-query-column\n {4}\.query/,
        )
        await client.diagnostics(file, hasCode(outsideWriter))
        await client.edit(file, "'isPinned'", "'is_pinned'")
        await client.diagnostics(file, hasCode(outsideWriter, 'offline-storage/unused-suppression'))
      })
    })

    describe('obeys', () => {
      it('commands about stores', async () => {
        const { client, root, read } = await open(tempFolder(exampleFiles('two-databases')))
        const stores = await execute<StoreSummary[]>(client, 'stores')
        assert.deepEqual(
          stores.map(({ engine, version, folderUri, tables }) => [
            engine,
            version,
            folderUri,
            tables.map(one => one.name),
          ]),
          [
            ['watermelondb', 3, uriOf(root), ['users']],
            ['watermelondb', stores[1]?.version, uriOf(root), stores[1]?.tables.map(one => one.name)],
          ],
        )
        const vague = await execute<CommandResult>(client, 'takeSnapshot')
        assert.deepEqual(vague, {
          ok: false,
          message: `Say which store is meant: ${stores.map(store => store.name).join(', ')}.`,
        })
        const [account] = stores
        const written = await execute<CommandResult>(client, 'takeSnapshot', { store: account!.name })
        assert.equal(written.ok, true, written.message)
        const snapshot = `${root}/offline-storage/${account!.name}/v3.json`
        assert.equal(written.showUri, uriOf(snapshot))
        assert.equal(JSON.parse(readFileSync(snapshot, 'utf8')).version, 3)

        const schema = await read('src/account/schema.ts')
        const added = "        { name: 'avatar', type: 'string', isOptional: true },\n      ],"
        const text = await client.edit(schema.file, '      ],', added)
        const made = await execute<CommandResult>(client, 'createMigration', { store: account!.name })
        assert.equal(made.ok, true, made.message)
        const texts = await carryOut(client, client.applied[0]?.edit, { [schema.file]: text })
        assert.match(texts[schema.file]!, /version: 4/)
        assert.match(texts[`${root}/src/account/migrations.ts`]!, /toVersion: 4[\s\S]*table: 'users'[\s\S]*'avatar'/)
        await settled(client)
        assert.deepEqual(latest(client, root), {})
      })

      it('about a store of one folder, where another has one of the same name', async () => {
        const [one, two] = [tempFolder(exampleFiles('notes')), tempFolder(exampleFiles('notes'))]
        const client = await start({ folders: [one, two], command })
        const stores = await execute<StoreSummary[]>(client, 'stores')
        assert.deepEqual(
          stores.map(store => store.folderUri),
          [uriOf(one), uriOf(two)],
        )
        const name = stores[0]!.name
        assert.equal(name, stores[1]?.name)
        assert.deepEqual(await execute(client, 'takeSnapshot', { store: name }), {
          ok: false,
          message: `Say which store is meant: ${name} in ${one}, ${name} in ${two}.`,
        })
        const written = await execute<CommandResult>(client, 'takeSnapshot', { store: name, folder: uriOf(two) })
        assert.equal(written.ok, true, written.message)
        assert.deepEqual([existsSync(`${one}/offline-storage`), existsSync(`${two}/offline-storage`)], [false, true])
      })

      it('in all folders, when everything of a kind is to be mended', async () => {
        const [one, two] = [tempFolder(exampleFiles('notes')), tempFolder(exampleFiles('notes'))]
        const client = await start({ folders: [one, two], command })
        const file = `${one}/src/models/Notebook.ts`
        const text = readFileSync(file, 'utf8')
        await client.open(file, text)
        await settled(client)
        const offered = await actionsAt(client, file, text, "'notes'")
        const everywhere = offered.find(offer => offer.title === `Fix all "${noAssociation}" in the workspace`)
        const edits = textEdits(await resolved(client, everywhere))
        assert.deepEqual(
          edits.map(edit => edit.textDocument),
          [
            { uri: uriOf(file), version: 1 },
            { uri: uriOf(`${two}/src/models/Notebook.ts`), version: null },
          ],
        )
        assert.deepEqual(await execute(client, 'fixAll'), { ok: true, message: 'Mended 4 problems.' })
        assert.equal((client.applied[0]?.edit.documentChanges ?? []).length, 4)
      })

      it('goodbye: 0 after shutdown, 1 without', async () => {
        const polite = await openNotes()
        assert.equal(await polite.client.stop(), 0)
        const { client } = await openNotes()
        await client.notify('exit', undefined)
        assert.equal(await client.exited, 1)
      })
    })
  })

describe('the bundle over an IPC channel', () => {
  afterEach(endSession)

  for (const command of [
    [`${bundle}/server.cjs`, '--node-ipc'],
    [`${bundle}/cli.cjs`, 'lsp', '--node-ipc'],
  ] as const)
    it(`starts as ${path.basename(command[0])} ${command.slice(1).join(' ')}`, async () => {
      const root = tempFolder(exampleFiles('notes'))
      const client = await start({ folders: [root], command: [...command] })
      await client.diagnostics(`${root}/src/models/Notebook.ts`, hasCode(unknownColumn, noAssociation))
      assert.equal(await client.stop(), 0)
    })
})
