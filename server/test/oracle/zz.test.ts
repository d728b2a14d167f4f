import fc from 'fast-check'
import { mendUpgrade } from '../../testkit/oracle/mend-upgrade.ts'
import { randomUpgrade } from '../../testkit/oracle/random-upgrade.ts'

it('show', () => {
  const cases = fc.sample(randomUpgrade, { seed: 11, numRuns: 80 })
  const seen = new Map<string, number>()
  for (const c of cases) {
    const paths = Object.keys(c.current)
    const t = Object.values(c.current).join('')
    const key = [
      t.includes('module.exports'),
      paths.length === 1,
      t.includes('\r\n'),
      paths.some(p => p.includes('migrations/v')),
      t.includes('options'),
    ]
      .map(Number)
      .join('')
    if ((seen.get(key) ?? 0) > 0) continue
    seen.set(key, 1)
    const m = mendUpgrade(c)
    console.log('#########', key, m.log)
    for (const [p, s] of Object.entries(m.files))
      if (s !== c.current[p]) console.log('--- ', p, '\n' + s.replaceAll('\r', '␍'))
  }
})
