// Marks with homes stand where marks that are moved one by one stand, whatever is edited.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { createMarkHomes } from '../../src/core/facts/mark-homes.ts'
import { type Change, moveMarks } from '../../src/core/facts/move-marks.ts'
import { MovingSpan } from '../../src/core/text/moving-span.ts'
import type { Span } from '../../src/core/text/span.ts'

const placeOf = ({ start, end }: Span): Span => ({ start, end })

const spanOf = fc.tuple(fc.nat(400), fc.oneof(fc.nat(6), fc.nat(300))).map(([start, size]) => ({
  start,
  end: start + size,
}))

const changeOf = fc
  .tuple(fc.nat(450), fc.oneof(fc.constant(0), fc.nat(3), fc.nat(200)), fc.oneof(fc.nat(3), fc.nat(200)))
  .map(([start, drop, put]): Change => ({ start, end: start + drop, newEnd: start + put }))

const stepOf = fc.oneof(
  { weight: 4, arbitrary: changeOf.map(change => ({ kind: 'move' as const, change })) },
  fc.array(spanOf, { maxLength: 5 }).map(spans => ({ kind: 'add' as const, spans })),
  fc.array(fc.tuple(fc.nat(), spanOf), { maxLength: 8 }).map(moves => ({ kind: 'settle' as const, moves })),
)

describe('mark homes', () => {
  it('move marks as they would move one by one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(spanOf, fc.boolean()), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 120 }),
        fc.array(stepOf, { maxLength: 12 }),
        (given, length, steps) => {
          const expected = given.map(([span]) => placeOf(span))
          const marks = given.map(([{ start, end }, isPlain]) =>
            isPlain ? { start, end } : new MovingSpan(start, end),
          )
          const homes = createMarkHomes(marks, length)
          for (const step of steps) {
            if (step.kind === 'move') {
              homes.move(step.change)
              moveMarks(expected, step.change)
            } else if (step.kind === 'add') {
              const added = step.spans.map(({ start, end }) => new MovingSpan(start, end))
              homes.add(added)
              marks.push(...added)
              expected.push(...step.spans.map(placeOf))
            } else {
              const moved = step.moves.map(([which, to]) => {
                const index = which % marks.length
                Object.assign(expected[index]!, to)
                return Object.assign(marks[index]!, to)
              })
              homes.settle(moved)
            }
            assert.deepEqual(marks.map(placeOf), expected)
          }
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('leave alone those that live behind an edit', () => {
    const marks = Array.from({ length: 100 }, (_, index) => new MovingSpan(index * 10, index * 10 + 5))
    const homes = createMarkHomes(marks, 100)
    const { home } = marks[99]!
    homes.move({ start: 203, end: 204, newEnd: 210 })
    assert.equal(marks[99]!.home, home)
    assert.equal(home.shift, 6)
    assert.deepEqual(placeOf(marks[99]!), { start: 996, end: 1001 })
    assert.deepEqual(placeOf(marks[20]!), { start: 200, end: 211 })
    assert.deepEqual(placeOf(marks[19]!), { start: 190, end: 195 })
  })
})
