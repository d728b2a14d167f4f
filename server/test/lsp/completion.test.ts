import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import {
  CancellationTokenSource,
  type ClientCapabilities,
  type CompletionItem,
  type CompletionList,
  type MarkupContent,
} from 'vscode-languageserver/node'
import { type LspClient, pushing, uriOf } from '../../testkit/lsp-client.ts'
import { applied, appOnDisk, endSession, settled, start } from './session.ts'

const schema = `tableSchema({ name: 'posts', columns: [{ name: 'title', type: 'string' }, { name: 'body', type: 'string' }] }),`
const model = `import { Model } from '@nozbe/watermelondb'
import { text } from '@nozbe/watermelondb/decorators'

export class Post extends Model {
  static table = 'posts'
  @text('title') title!: string
}
`

const able: ClientCapabilities = {
  ...pushing,
  textDocument: {
    ...pushing.textDocument,
    completion: {
      completionItem: {
        snippetSupport: true,
        insertReplaceSupport: true,
        documentationFormat: ['markdown', 'plaintext'],
        resolveSupport: { properties: ['documentation', 'additionalTextEdits'] },
      },
    },
  },
}

async function open(capabilities: ClientCapabilities = able) {
  const root = appOnDisk({ schema, models: { Post: model } })
  const file = `${root}/src/models/Post.ts`
  const client = await start({ folders: [root], capabilities })
  await client.open(file, readFileSync(file, 'utf8'))
  return { root, file, client }
}

/** What is offered behind the first `words` of `text`. */
async function offered(
  client: LspClient,
  file: string,
  text: string,
  words: string,
): Promise<readonly CompletionItem[]> {
  const before = text.slice(0, text.indexOf(words) + words.length).split('\n')
  const list = await client.request<CompletionList | null>('textDocument/completion', {
    textDocument: { uri: uriOf(file) },
    position: { line: before.length - 1, character: before.at(-1)!.length },
  })
  if (list) assert.equal(list.isIncomplete, false)
  return list?.items ?? []
}

const resolved = (client: LspClient, item: CompletionItem | undefined) =>
  client.request<CompletionItem>('completionItem/resolve', item)

describe('completion', () => {
  afterEach(endSession)

  it('is registered with what begins names', async () => {
    const { client } = await open()
    assert.deepEqual(client.initialized.capabilities.completionProvider, {
      triggerCharacters: ["'", '"', '`', '@', ' ', '.', ',', '(', '$', ':'],
      resolveProvider: true,
    })
  })

  it('offers columns while they are typed, to be inserted or to replace, and tells of one when asked', async () => {
    const { root, file, client } = await open()
    const text = await client.edit(file, "@text('title')", "@text('tiXle')")
    const items = await offered(client, file, text, "@text('ti")
    assert.deepEqual(
      items.map(({ label, kind, detail, sortText }) => [label, kind, detail, sortText]),
      [
        ['title', 5, 'string', '00000'],
        ['body', 5, 'string', '00001'],
      ],
    )
    const at = (character: number) => ({ line: 5, character })
    assert.deepEqual(items[0]?.textEdit, {
      newText: 'title',
      insert: { start: at(9), end: at(11) },
      replace: { start: at(9), end: at(14) },
    })
    assert.equal(items[0]?.insertTextFormat, undefined)
    const { value, kind } = (await resolved(client, items[0])).documentation as MarkupContent
    assert.equal(kind, 'markdown')
    assert.ok(value.startsWith("```typescript\n{ name: 'title', type: 'string' }\n```"), value)
    assert.ok(value.includes(`${uriOf(`${root}/src/db/schema.ts`)}#L`), value)
  })

  it('works in a text that does not parse', async () => {
    const { file, client } = await open()
    const text = await client.edit(file, "  @text('title') title!: string\n", "  @text('bo\n")
    const items = await offered(client, file, text, "@text('bo")
    assert.deepEqual(
      items.map(item => item.label),
      ['body', 'title'],
    )
  })

  it('offers members with what they import, as soon as one is chosen', async () => {
    const { file, client } = await open()
    const text = await client.edit(file, 'title!: string\n', 'title!: string\n  @\n')
    const items = await offered(client, file, text, 'string\n  @')
    assert.deepEqual(
      items.map(({ label, kind, insertTextFormat }) => [label, kind, insertTextFormat]),
      [['body', 15, 2]],
    )
    assert.equal(items[0]?.additionalTextEdits, undefined)
    const edits = (await resolved(client, items[0])).additionalTextEdits
    assert.equal(edits, undefined)
    const without = await client.edit(file, "import { text } from '@nozbe/watermelondb/decorators'\n", '')
    const [item] = await offered(client, file, without, 'string\n  @')
    const chosen = await resolved(client, item)
    assert.ok(
      applied(without, chosen.additionalTextEdits ?? []).includes(
        "\nimport { text } from '@nozbe/watermelondb/decorators'\n",
      ),
    )
  })

  it('writes plain text and all imports at once for an editor that can do no more', async () => {
    const { file, client } = await open(pushing)
    await client.edit(file, "import { text } from '@nozbe/watermelondb/decorators'\n", '')
    const text = await client.edit(file, 'title!: string\n', 'title!: string\n  @\n')
    const [item] = await offered(client, file, text, 'string\n  @')
    assert.deepEqual(
      [item?.insertTextFormat, item?.textEdit],
      [
        undefined,
        {
          newText: "@text('body') body!: string",
          range: { start: { line: 5, character: 2 }, end: { line: 5, character: 3 } },
        },
      ],
    )
    assert.equal(item?.additionalTextEdits?.length, 1)
    const { documentation } = await resolved(client, item)
    assert.equal(documentation, undefined)
  })

  it('answers nothing elsewhere, and for what is no file', async () => {
    const { file, client } = await open()
    assert.deepEqual(await offered(client, file, model, 'import { Mo'), [])
    const answer = await client.request('textDocument/completion', {
      textDocument: { uri: 'untitled:Untitled-1' },
      position: { line: 0, character: 0 },
    })
    assert.equal(answer, null)
  })

  it('is given up when nobody waits for it', async () => {
    const root = appOnDisk({ schema, models: { Post: model } })
    let answer = (_: unknown): void => undefined
    const held = new Promise(resolve => {
      answer = resolve
    })
    // The server reads nothing before it has its settings, so the question still waits when it is taken back.
    const client = await start({ folders: [root], capabilities: able, settings: () => held })
    const source = new CancellationTokenSource()
    const asked = client.connection.sendRequest(
      'textDocument/completion',
      { textDocument: { uri: uriOf(`${root}/src/models/Post.ts`) }, position: { line: 5, character: 10 } },
      source.token,
    )
    source.cancel()
    await assert.rejects(asked, { code: -32800 })
    answer({})
    await settled(client)
  })
})
