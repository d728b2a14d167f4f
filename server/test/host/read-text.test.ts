// Reading one file, and every reason not to.
import assert from 'node:assert/strict'
import { largestText, readText } from '../../src/host/read-text.ts'
import { removeTempFolders, tempFolder } from './temp-folder.ts'

describe('readText', () => {
  afterEach(removeTempFolders)

  const read = async (content: string | Uint8Array) => readText(`${tempFolder({ 'a.ts': content })}/a.ts`)

  it('gives the text without the byte order mark', async () => {
    assert.deepEqual(await read('\uFEFFconst é = 1'), { text: 'const é = 1' })
    assert.deepEqual(await read(''), { text: '' })
  })

  it('says why there is none', async () => {
    const root = tempFolder({ 'a.ts': '' })
    const problems = [
      await readText(`${root}/b.ts`),
      await readText(`${root}/a.ts/b.ts`),
      await readText(root),
      await read(Buffer.alloc(largestText + 1, 'a')),
      await read(Uint8Array.of(97, 0, 98)),
      await read(Uint8Array.of(97, 0xff, 0xfe)),
    ]
    assert.deepEqual(
      problems.map(({ problem }) => problem),
      ['missing', 'missing', 'unreadable', 'too-large', 'binary', 'not-utf8'],
    )
    for (const result of problems) assert.match(result.problem ? result.message : '', /^\/?\S+ .+\.$/)
  })

  it('reads a text of exactly the largest size', async () => {
    const { text } = { text: '', ...(await read(Buffer.alloc(largestText, 'a'))) }
    assert.equal(text.length, largestText)
  })
})
