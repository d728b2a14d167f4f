// New members of classes stand where and how their neighbours do.
import assert from 'node:assert/strict'
import { readFacts } from '../../src/core/facts/read-facts.ts'
import { applyEdits } from '../../src/core/text/edit.ts'
import { insertMember } from '../../src/core/write/insert-member.ts'

const insert = (text: string, member: string, behind?: string): string => {
  const file = '/app/a.ts'
  const fact = Object.values(readFacts(file, text).classes)[0]!
  const after = fact.members.find(one => one.name === behind)?.at
  return applyEdits(text, [insertMember({ file, text, fact }, member, after)])
}

describe('insertMember', () => {
  it('puts a member at the top', () => {
    assert.equal(insert('class A {\n    b = 1\n}\n', 'a = 1'), 'class A {\n    a = 1\n    b = 1\n}\n')
  })

  it('puts a member behind another and the comment that belongs to it', () => {
    assert.equal(
      insert('class A {\n  a = 1 // one\n\n  c = 3\n}\n', 'b = {\n  x: 1\n}', 'a'),
      'class A {\n  a = 1 // one\n  b = {\n    x: 1\n  }\n\n  c = 3\n}\n',
    )
  })

  it('opens an empty class, and keeps the line ends of the file', () => {
    assert.equal(insert('class A {}\n', 'a = 1'), 'class A {\n  a = 1\n}\n')
    assert.equal(insert('class A {\r\n\tb = 1\r\n}\r\n', 'a = 1'), 'class A {\r\n\ta = 1\r\n\tb = 1\r\n}\r\n')
  })
})
