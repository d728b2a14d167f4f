import assert from 'node:assert/strict'
import type { DiagramView } from '../../../shared/diagram.ts'
import { diagramMetrics } from '../../../shared/diagram.ts'
import type { NameMention } from '../../src/core/catalog/mention.ts'
import type { Span } from '../../src/core/text/span.ts'
import type { LastLayouts } from '../../src/core/views/arrange.ts'
import { diagramOf } from '../../src/core/views/diagram.ts'
import { entityAt } from '../../src/core/views/entity-at.ts'
import type { SourceFinding } from '../../src/core/views/source.ts'
import { type MadeStore, madeSource } from './made-catalog.ts'

const notes: MadeStore = {
  entities: {
    notebooks: { name: 'string', color: 'string?' },
    notes: { notebook_id: 'string!', title: 'string' },
  },
  relations: ['notes.notebook_id > notebooks'],
}

const entity = (view: DiagramView, id: string) => view.entities.find(one => one.id === id)!
const finding = (file: string, span: Span, message = 'It is wrong.'): SourceFinding => ({
  rule: 'engine/rule',
  severity: 'error',
  message,
  file,
  span,
})

describe('diagramOf', () => {
  it('draws entities with their fields, places and sizes, and relations with their ends', () => {
    const view = diagramOf([madeSource([notes])])
    const { x: _x, y: _y, width, height, ...drawn } = entity(view, 'app/notes')
    const place = (start: number) => ({
      uri: 'app/schema.ts',
      start: { line: 0, character: start },
      end: { line: 0, character: start + 100 },
    })
    assert.deepEqual(drawn, {
      id: 'app/notes',
      store: 'app',
      name: 'notes',
      group: drawn.group,
      complete: true,
      at: place(300),
      findings: [],
      fields: [
        {
          name: 'notebook_id',
          type: 'string',
          optional: false,
          indexed: true,
          key: 'foreign',
          at: place(400),
          findings: [],
        },
        { name: 'title', type: 'string', optional: false, indexed: false, at: place(500), findings: [] },
      ],
    })
    assert.equal(height, diagramMetrics.head + 2 * diagramMetrics.row + diagramMetrics.foot)
    assert.ok(width >= 160 && width <= 340)
    const [{ at: _at, ...relation } = { at: undefined }] = view.relations
    assert.deepEqual(relation, {
      id: 'app/notes.notebook_id notebooks',
      from: 'app/notes',
      to: 'app/notebooks',
      fromField: 'notebook_id',
      name: 'notebook',
      fromEnd: 'many',
      toEnd: 'one',
    })
    const [store] = view.stores
    assert.deepEqual(
      [store?.engineTitle, store?.version, store?.entities, store?.versions],
      ['WatermelonDB', 1, 2, [{ id: 'now', title: 'now (version 1)' }]],
    )
    assert.deepEqual([view.notes, view.steps], [[], []])
  })

  it('puts the folder before ids where there are several sources', () => {
    const view = diagramOf([madeSource([notes], { folder: 'phone' }), madeSource([notes], { folder: 'desk' })])
    assert.deepEqual(
      view.entities.map(({ id }) => id),
      ['phone/app/notebooks', 'phone/app/notes', 'desk/app/notebooks', 'desk/app/notes'],
    )
    assert.deepEqual(
      view.stores.map(({ id, name }) => [id, name]),
      [
        ['phone/app', 'app'],
        ['desk/app', 'app'],
      ],
    )
  })

  it('stands stores side by side, each in its own frame', () => {
    const view = diagramOf([madeSource([notes, { ...notes, name: 'cache' }, { ...notes, name: 'log' }])])
    const [a, b, c] = view.stores
    assert.ok(a!.x + a!.width < b!.x && b!.x + b!.width < c!.x && a!.y === c!.y)
    for (const one of view.entities) {
      const store = view.stores.find(({ id }) => id === one.store)!
      assert.ok(
        one.x > store.x && one.x + one.width < store.x + store.width && one.y + one.height < store.y + store.height,
      )
    }
    assert.equal(view.width, c!.x + c!.width)
  })

  it('draws the stores asked for, and says which are not there', () => {
    const source = madeSource([notes, { ...notes, name: 'cache' }])
    const view = diagramOf([source], { stores: ['cache', 'attic'] })
    assert.deepEqual(
      view.stores.map(({ id }) => id),
      ['cache'],
    )
    assert.deepEqual(view.notes, ['There is no store “attic”.'])
  })

  it('says what it could not see', () => {
    const empty = diagramOf([madeSource([], { broken: ['src/schema.ts'] })])
    assert.deepEqual([empty.entities, empty.width, empty.height], [[], 0, 0])
    assert.match(empty.notes.join('\n'), /No database was found here\..*\nsrc\/schema\.ts does not parse/)

    const partly = diagramOf([madeSource([{ ...notes, complete: false, partly: ['notes'] }])])
    assert.deepEqual(partly.notes, [
      'Some entities of “app” could not be read and are not drawn.',
      'Some fields of notes could not be read and are not drawn.',
    ])
    assert.deepEqual(diagramOf([madeSource([{ entities: {} }])]).notes, ['“app” has no entities yet.'])
    assert.deepEqual(diagramOf([madeSource([{ entities: {}, complete: false }])]).notes, [
      'The entities of “app” could not be read.',
    ])
  })

  it('draws the most linked entities where there are too many, and says so', () => {
    const names = Array.from({ length: 30 }, (_, index) => `t${index}`)
    const entities = Object.fromEntries(names.map(name => [name, { hub_id: 'string' }]))
    const relations = ['t7.hub_id > t9', 't8.hub_id > t9']
    const view = diagramOf([madeSource([{ entities, relations }])], { most: 3 })
    assert.deepEqual(view.entities.map(({ name }) => name).sort(), ['t7', 't8', 't9'])
    assert.equal(view.relations.length, 2)
    assert.match(view.notes[0]!, /^There are 30 entities, .* the 3 with most relations are drawn\. Choose a store/)
  })

  it('shows a finding on the field or entity that it stands in', () => {
    const [inField, inHead, elsewhere] = [
      finding('/app/schema.ts', { start: 410, end: 420 }),
      finding('/app/schema.ts', { start: 0, end: 5 }),
      finding('/app/other.ts', { start: 0, end: 5 }),
    ]
    const view = diagramOf([madeSource([notes], { findings: [inField, inHead, elsewhere] })])
    assert.equal(entity(view, 'app/notes').fields[0]!.findings[0]?.message, 'It is wrong.')
    assert.deepEqual(entity(view, 'app/notebooks').findings, [
      {
        rule: 'engine/rule',
        severity: 'error',
        message: 'It is wrong.',
        at: { uri: 'app/schema.ts', start: { line: 0, character: 0 }, end: { line: 0, character: 5 } },
      },
    ])
    const all = view.entities.flatMap(one => [...one.findings, ...one.fields.flatMap(field => field.findings)])
    assert.equal(all.length, 2)
  })

  it('shows a finding on what the code there names', () => {
    const at = (start: number, end: number) => ({ file: '/app/Note.ts', span: { start, end } })
    const inList = (start: number, end: number) => ({ file: '/app/list.ts', span: { start, end } })
    const common = { store: 'app', entity: 'notes', part: 'model', role: 'stands' } as const
    const mentions: NameMention[] = [
      { ...common, kind: 'entity', at: at(6, 10), whole: at(0, 200) },
      { ...common, kind: 'field', field: 'title', at: at(50, 55), whole: at(40, 70) },
      { ...common, kind: 'field', field: 'titel', at: at(80, 85), whole: at(75, 90) },
      { ...common, kind: 'entity', entity: 'attic', at: at(210, 215) },
      { ...common, kind: 'field', field: 'title', at: inList(5, 10) },
      { ...common, kind: 'field', field: 'notebook_id', at: inList(12, 18) },
      { ...common, kind: 'entity', entity: 'notebooks', at: inList(25, 30) },
    ]
    const findings = [
      finding('/app/Note.ts', { start: 50, end: 55 }, 'on the name'),
      finding('/app/Note.ts', { start: 60, end: 65 }, 'in the construct around it'),
      finding('/app/Note.ts', { start: 80, end: 85 }, 'on a name that is not there'),
      finding('/app/Note.ts', { start: 100, end: 120 }, 'in the class'),
      finding('/app/Note.ts', { start: 210, end: 215 }, 'on an entity that is not there'),
      finding('/app/list.ts', { start: 0, end: 20 }, 'around two fields'),
      finding('/app/list.ts', { start: 0, end: 40 }, 'around two entities'),
    ]
    const view = diagramOf([madeSource([notes], { mentions, findings })])
    const { fields, findings: own } = entity(view, 'app/notes')
    assert.deepEqual(
      fields[1]!.findings.map(({ message }) => message),
      ['on the name', 'in the construct around it'],
    )
    assert.deepEqual(
      own.map(({ message }) => message),
      ['on a name that is not there', 'in the class', 'around two fields'],
    )
    assert.deepEqual(entity(view, 'app/notebooks').findings, [])
  })

  it('keeps ids apart where a name is there twice', () => {
    const source = madeSource([notes])
    const [store] = source.catalog.stores()
    const doubled = { ...store!, entities: [...store!.entities, store!.entities[1]!] }
    const view = diagramOf([{ ...source, catalog: { ...source.catalog, stores: () => [doubled] } }])
    assert.deepEqual(
      view.entities.map(({ id, name }) => [id, name]),
      [
        ['app/notebooks', 'notebooks'],
        ['app/notes', 'notes'],
        ['app/notes (2)', 'notes'],
      ],
    )
  })
})

describe('diagramOf for eyes that have seen a picture before', () => {
  /** Tables around hubs, with names that have nothing in common. */
  const tables = (count: number): MadeStore => {
    const nameOf = (nth: number) => `${'bcdfghklmn'[nth % 10]}${'aeiou'[Math.floor(nth / 10)]}t`
    const relations = Array.from({ length: count - 1 }, (_, nth) => `${nameOf(nth + 1)}.key > ${nameOf(nth % 4)}`)
    return {
      entities: Object.fromEntries(Array.from({ length: count }, (_, nth) => [nameOf(nth), { key: 'string!' }])),
      relations,
    }
  }
  const places = (view: DiagramView) => new Map(view.entities.map(({ id, x, y }) => [id, `${x} ${y}`]))

  it('leaves most where it was, and finds it there again after a moment without a schema', () => {
    const last: LastLayouts = new Map()
    const before = places(diagramOf([madeSource([tables(40)])], { last }))
    const grown = diagramOf([madeSource([tables(41)])], { last })
    const movedIn = (after: ReadonlyMap<string, string>) =>
      [...before].filter(([id, at]) => after.get(id) !== at).length
    const [moved, movedAnew] = [movedIn(places(grown)), movedIn(places(diagramOf([madeSource([tables(41)])])))]
    assert.ok(moved < movedAnew, `${moved} instead of ${movedAnew}`)

    const held = new Map(last)
    diagramOf([madeSource([{ entities: {}, relations: [] }])], { last })
    assert.deepEqual(last, held)
    assert.deepEqual(diagramOf([madeSource([tables(41)])], { last }), grown)
  })

  it('draws what others see as if nothing had been before', () => {
    const last: LastLayouts = new Map()
    const alone = diagramOf([madeSource([tables(40)])])
    diagramOf([madeSource([tables(41)])], { last })
    assert.deepEqual(diagramOf([madeSource([tables(40)])]), alone)
    assert.notDeepEqual(places(diagramOf([madeSource([tables(40)])], { last })), places(alone))
  })
})

describe('entityAt', () => {
  it('gives the entity that a caret stands in or on, by its id in the picture', () => {
    const at = { file: '/app/Note.ts', span: { start: 10, end: 15 } }
    const mention = { kind: 'entity', store: 'app', entity: 'notes', at, part: 'query', role: 'refers' } as const
    const source = madeSource([notes], { mentions: [mention], folder: 'phone' })
    const found = (file: string, offset: number) => entityAt(source, file, offset)
    assert.equal(found('/app/schema.ts', 450), 'phone/app/notes')
    assert.equal(found('/app/schema.ts', 5), 'phone/app/notebooks')
    assert.equal(found('/app/Note.ts', 15), 'phone/app/notes')
    assert.equal(found('/app/Note.ts', 16), undefined)
    assert.equal(found('/app/schema.ts', 9999), undefined)
  })
})
