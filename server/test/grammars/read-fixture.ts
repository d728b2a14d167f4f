// Fixtures of grammars: code with lines `^^^ scope !scope` under what must have, and must not have, scopes.
import { readdirSync, readFileSync } from 'node:fs'
import { readMarkers } from '../../testkit/markers.ts'

export interface Fixture {
  readonly name: string
  readonly text: string
  readonly marks: readonly Mark[]
}

/** Offsets in the text without marks; scopes are named by their first parts. */
interface Mark {
  readonly start: number
  readonly end: number
  readonly has: readonly string[]
  readonly lacks: readonly string[]
}

const folder = new URL('./fixtures/', import.meta.url)

/** All fixtures of the folder beside this file. */
export function readFixtures(): readonly Fixture[] {
  return readdirSync(folder).map(file => {
    const { text, markers } = readMarkers(readFileSync(new URL(file, folder), 'utf8'))
    const marks = markers.map(({ start, end, words }) => {
      const scopes = words.split(' ')
      return {
        start,
        end,
        has: scopes.filter(scope => !scope.startsWith('!')),
        lacks: scopes.filter(scope => scope.startsWith('!')).map(scope => scope.slice(1)),
      }
    })
    return { name: file.replace('.txt', ''), text, marks }
  })
}
