import assert from 'node:assert/strict'
import { Parser as DbmlParser } from '@dbml/core'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import mermaid from 'mermaid'
import type { DiagramView } from '../../../shared/diagram.ts'
import { arrange } from '../../src/core/views/arrange.ts'
import { compareVersions } from '../../src/core/views/compare.ts'
import { diagramOf } from '../../src/core/views/diagram.ts'
import { exportDiagram } from '../../src/core/views/export-diagram.ts'
import { toDbml } from '../../src/core/views/to-dbml.ts'
import { toMermaid } from '../../src/core/views/to-mermaid.ts'
import { toSvg } from '../../src/core/views/to-svg.ts'
import { type MadeStore, madeSnapshot, madeSource } from './made-catalog.ts'

const notes: MadeStore = {
  name: 'app',
  version: 2,
  entities: {
    notebooks: { name: 'string', color: 'string?' },
    notes: { notebook_id: 'string!', title: 'string', editor_id: 'string?!' },
    people: { key: 'string*', name: 'string' },
    empty: {},
  },
  relations: ['notes.notebook_id > notebooks', 'notes.editor_id >? people'],
}
const odd: MadeStore = {
  name: 'a "b" <c>',
  engine: '<script>alert(1)</script>',
  entities: {
    'with space': { 'a b': 'string', a_b: 'number', 'it\'s \\ "q"': 'string!' },
    '<script>alert("x")</script>': { ключ: 'string', 日本: 'string?', '%{}[]#;': 'strange type', fk: 'uk' },
    title: { one: 'string', many: 'string', to: 'string', PK: 'string' },
    only: { '1st': 'string', '-': '', '😀 & \u0007 \ud800': 'string' },
    'Title ': { style: 'string' },
    end: { end: 'string' },
    '"]} %% -->': { 'new\nline': 'string' },
  },
  relations: ['title.one > with space', 'only.1st > <script>alert("x")</script>', '"]} %% -->.new\nline > only'],
}
const views: Readonly<Record<string, DiagramView>> = {
  'a plain store': diagramOf([madeSource([notes])]),
  'odd names': diagramOf([madeSource([odd], { broken: ['a }{ "b" -- <!-- ]]>'] })]),
  'two stores': diagramOf([madeSource([notes, { ...odd, name: 'other' }])]),
  nothing: diagramOf([]),
  'a comparison': compareVersions(
    [
      madeSource([
        { ...notes, released: [madeSnapshot(1, { notes: { title: 'number' }, gone: { "o'x": 'string' } })] },
      ]),
    ],
    { store: 'app', from: 'v1', to: 'now' },
  ),
}

/** What Mermaid makes of a text; `parse` is what a page that shows it calls. */
async function readMermaid(text: string): Promise<MermaidEntities> {
  assert.equal((await mermaid.parse(text)).diagramType, 'er')
  return (await mermaid.mermaidAPI.getDiagramFromText(text)).db as unknown as MermaidEntities
}

interface MermaidEntities {
  getEntities(): ReadonlyMap<
    string,
    { id: string; label: string; alias: string; attributes: readonly { type: string; name: string; keys: string[] }[] }
  >
  getRelationships(): readonly {
    entityA: string
    entityB: string
    roleA: string
    relSpec: { cardA: string; cardB: string }
  }[]
}

describe('what is exported', () => {
  for (const [name, view] of Object.entries(views)) {
    it(`is SVG that an XML parser reads: ${name}`, () => {
      for (const theme of [undefined, 'light', 'dark'] as const) {
        const svg = toSvg(view, theme)
        assert.equal(XMLValidator.validate(svg), true)
        assert.doesNotMatch(svg, /<script|NaN|undefined|Infinity/)
        const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', trimValues: false })
        const { svg: root } = parser.parse(svg)
        assert.deepEqual([root['@width'], root['@height']], root['@viewBox'].split(' ').slice(2))
        assert.match(String(root.title['#text']), /^Schema diagram/)
      }
    })

    it(`is Mermaid that Mermaid reads as it was meant: ${name}`, async () => {
      const read = await readMermaid(toMermaid(view))
      const entities = [...read.getEntities().values()]
      assert.deepEqual(
        entities.map(({ attributes }) => attributes.map(({ keys }) => keys)),
        view.entities.map(({ fields }) =>
          fields.map(({ key }) => (key === 'primary' ? ['PK'] : key === 'foreign' ? ['FK'] : [])),
        ),
      )
      const order = new Map(entities.map(({ id }, index) => [id, view.entities[index]!.id]))
      assert.deepEqual(
        read
          .getRelationships()
          .map(({ entityA, entityB, relSpec }) => [order.get(entityA), order.get(entityB), relSpec.cardA]),
        view.relations.map(({ from, to, toEnd }) => [from, to, toEnd === 'one' ? 'ONLY_ONE' : 'ZERO_OR_ONE']),
      )
    })

    it(`is DBML that its library reads as it was meant: ${name}`, () => {
      const database = new DbmlParser().parse(toDbml(view), 'dbmlv2')
      const tables = database.schemas.flatMap(schema => schema.tables)
      const given = 'the record itself'
      assert.deepEqual(
        tables.map(({ fields }) => fields.filter(({ note }) => note !== given).map(({ type }) => type.type_name)),
        view.entities.map(({ fields }) => fields.map(({ type }) => type ?? 'unknown')),
      )
      assert.deepEqual(
        tables.map(({ fields }) => fields.filter(({ note }) => note !== given).map(field => field.not_null === true)),
        view.entities.map(({ fields }) => fields.map(({ optional, key }) => !optional && key !== 'primary')),
      )
      const names = new Map(view.entities.map(entity => [entity.id, entity.name]))
      const refs = database.schemas.flatMap(schema => schema.refs)
      const clean = (text = '') => text.replace(/\n/g, ' ')
      assert.deepEqual(
        refs.map(({ endpoints }) => endpoints.map(({ tableName, relation }) => [tableName, relation])),
        view.relations.map(({ from, to }) => [
          [clean(names.get(from)), '*'],
          [clean(names.get(to)), '1'],
        ]),
      )
      assert.deepEqual(
        refs.map(({ endpoints }) => endpoints[0]!.fieldNames),
        view.relations.map(({ fromField }) => [clean(fromField)]),
      )
    })

    it(`is the view itself as JSON: ${name}`, () => {
      const { format, formatVersion, ...read } = JSON.parse(exportDiagram(view, 'json'))
      assert.deepEqual([format, formatVersion], ['offline-storage/diagram', 1])
      assert.deepEqual(read, JSON.parse(JSON.stringify(view)))
    })
  }

  it('names entities of Mermaid and DBML as they are called where that is possible', async () => {
    const view = views['a plain store']!
    const read = [...(await readMermaid(toMermaid(view))).getEntities().values()]
    const names = view.entities.map(({ name, fields }) => [name, fields.map(field => field.name)])
    assert.deepEqual(
      read.map(({ label, attributes }) => [label, attributes.map(({ name }) => name)]),
      names,
    )
    const [schema] = new DbmlParser().parse(toDbml(view), 'dbmlv2').schemas
    assert.deepEqual(
      schema!.tables.map(({ name, fields }) => [name, fields.map(field => field.name).filter(field => field !== 'id')]),
      names,
    )
  })

  it('keeps odd names in DBML letter by letter', () => {
    const [schema] = new DbmlParser().parse(toDbml(diagramOf([madeSource([odd])])), 'dbmlv2').schemas
    assert.deepEqual(
      schema!.tables.slice(0, 3).map(({ name, fields }) => [name, fields.map(field => field.name)]),
      Object.entries(odd.entities)
        .slice(0, 3)
        .map(([name, fields], index) => [name, [...(index < 2 ? ['id'] : []), ...Object.keys(fields)]]),
    )
  })

  it('follows the reader’s colours without a theme, and fixes them with one', () => {
    const view = views['a plain store']!
    assert.match(toSvg(view), /prefers-color-scheme:dark/)
    assert.doesNotMatch(toSvg(view, 'dark'), /prefers-color-scheme/)
    assert.notEqual(toSvg(view, 'dark'), toSvg(view, 'light'))
    assert.doesNotMatch(toSvg(view), /https?:\/\/(?!www\.w3\.org\/2000\/svg)|url\(|@import/)
  })

  it('tells by signs and words, not by colours alone', () => {
    const finding = { rule: 'a/b', severity: 'error', message: 'It is <wrong>.', at: undefined as never } as const
    const [store] = views['a plain store']!.stores
    const svg = toSvg(
      arrange(
        [
          {
            ...store!,
            entities: [
              {
                id: 'app/posts',
                store: 'app',
                name: 'posts',
                complete: false,
                findings: [finding],
                change: 'added',
                fields: [
                  {
                    name: 'title',
                    type: 'string',
                    optional: true,
                    indexed: true,
                    findings: [],
                    change: 'changed',
                    was: 'number',
                  },
                ],
              },
            ],
            relations: [],
          },
        ],
        { notes: ['A note.'], steps: [{ version: 2, text: 'create table posts' }] },
      ),
    )
    for (const sign of ['>+</text>', '>~</text>', 'It is &lt;wrong&gt;.', '#osd-error', '#osd-index', '>WatermelonDB'])
      assert.ok(svg.includes(sign), sign)
    assert.match(svg, /aria-label="posts, 1 field, 1 problem, added, not fully read"/)
    assert.match(svg, /title: string, optional, indexed, changed, was number/)
    assert.match(svg, /A note\.[\s\S]*version 2: create table posts/)
  })
})
