// What answers call the classes and properties of Realm.
import assert from 'node:assert/strict'
import { lensOf, lensPlaces } from '../../src/core/answers/code-lens.ts'
import { documentSymbols } from '../../src/core/answers/document-symbols.ts'
import { hoverAt } from '../../src/core/answers/hover.ts'
import { toMarkdown } from '../../src/core/answers/prose.ts'
import { renameSubject } from '../../src/core/answers/rename-subject.ts'
import { askExample } from '../answers/ask.ts'

const model = 'src/models/Task.ts'

describe('the words of Realm', () => {
  it('stand in hovers', () => {
    const says = (word: string): string => {
      const { catalog, file, offset } = askExample('tasks-realm', model, word)
      const found = hoverAt(catalog, file, offset)
      assert.ok(found)
      return toMarkdown(found.blocks, () => undefined)
    }
    assert.match(says("Person',"), /Realm `tasks` · object schema `Person` with 3 properties/)
    assert.match(says('isDone: {'), /Realm `tasks` · property `Task\.isDone`: bool, indexed/)
  })

  it('stand in outlines, lenses and renames', () => {
    const { catalog, file, offset } = askExample('tasks-realm', model, 'isDone: {')
    assert.equal(documentSymbols(catalog, file)[0]?.detail, '9 properties')
    const lenses = lensPlaces(catalog, file).flatMap(({ about }) => lensOf(catalog, about)?.title ?? [])
    assert.ok(lenses.includes('object schema Task · 9 properties'), lenses.join('; '))
    const subject = renameSubject(catalog, file, offset)
    assert.ok(subject && 'word' in subject)
    assert.equal(subject.word, 'property')
  })
})
