// The results that reporters of JUnit XML write: jest-junit, mocha-junit-reporter, vitest, node.
import { createCollector, type TestRun } from './results.ts'
import { scanXml, type Tag } from './scan-xml.ts'

/** The run that the text tells of: `unread` where it is no such report, undefined where its tests name no files. */
export function readJunit(text: string): TestRun | 'unread' | undefined {
  const tags = scanXml(text)
  if (tags === undefined || !/^testsuites?$/.test(tags[0]?.name ?? '')) return 'unread'
  const collector = createCollector()
  const suites: (string | undefined)[] = []
  let test: { file: string | undefined; title: string; state: 'passed' | 'failed' | 'skipped' } | undefined
  for (const { name, kind, attributes } of tags) {
    if (name === 'testsuite') {
      if (kind === 'open') suites.push(fileOf(attributes, 'name') ?? suites.at(-1))
      else suites.pop()
    } else if (name === 'testcase') {
      if (kind === 'open') {
        const file = fileOf(attributes, 'classname') ?? suites.at(-1)
        test = { file, title: attributes.get('name') ?? '', state: 'passed' }
      } else if (test) {
        collector.add(test.file, test.state, test.title)
        test = undefined
      }
    } else if (name === 'failure' || name === 'error') {
      if (test) test.state = 'failed'
      else if (kind === 'open') collector.add(suites.at(-1), 'failed', 'the file itself')
    } else if (name === 'skipped' && test?.state === 'passed') test.state = 'skipped'
  }
  return collector.run(undefined)
}

/** The file that a tag names, be it by an attribute of its own or where reporters put it instead. */
function fileOf(attributes: Tag['attributes'], other: string): string | undefined {
  const named = attributes.get('file') ?? attributes.get('filepath')
  if (named) return named
  const text = attributes.get(other)
  return text !== undefined && /^\S+\.[cm]?[jt]sx?$/.test(text) ? text : undefined
}
