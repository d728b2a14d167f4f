// Pages made from the rules: docs/rules/<engine>/<id>.md and their index.
import path from 'node:path'
import { rules } from '../server/src/core/rules/all.ts'
import type { AnyRule } from '../server/src/core/rules/rule.ts'
import { readMarkers } from '../server/testkit/markers.ts'

interface GeneratedFile {
  readonly path: string
  readonly text: string
}

const folder = path.join(path.dirname(new URL(import.meta.url).pathname), '../docs/rules')

/** Every generated page. */
export function docFiles(): GeneratedFile[] {
  return [indexPage(), ...rules.map(page)]
}

const nameOf = (rule: AnyRule): string => rule.id.slice(rule.id.indexOf('/') + 1)

function indexPage(): GeneratedFile {
  const rows = rules.map(
    rule =>
      `| [${rule.id}](${rule.id}.md) | ${rule.severity} | ${rule.fix ? 'yes' : ''} | ${rule.needsBaseline ? 'yes' : ''} | ${rule.docs.what} |`,
  )
  const text = [
    '# Rules',
    '',
    '| rule | severity | fix | compares with a release | what it finds |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
  return { path: path.join(folder, 'README.md'), text }
}

function page(rule: AnyRule): GeneratedFile {
  const lines = [`# ${rule.id}`, '', rule.docs.what, '', `Severity: ${rule.severity}.`]
  if (rule.needsBaseline)
    lines.push(
      '',
      'Judged only against a release: a snapshot file, a release tag, or the revision that the setting names.',
    )
  lines.push('', '## Why it matters', '', rule.docs.why, '', '## How it is mended', '', rule.docs.fix)
  for (const { docs } of [rule.instead ?? []].flat()) lines.push('', docs)
  const reported = rule.examples.find(example =>
    Object.values(example.files).some(text => readMarkers(text).markers.length > 0),
  )
  for (const [file, text] of Object.entries(reported?.files ?? {})) {
    if (readMarkers(text).markers.length === 0) continue
    lines.push('', '## Example', '', `\`${file}\``, '', '```ts', text.trimEnd(), '```')
  }
  lines.push('', '## Turning it off', '', '```ts', `// offline-storage-disable-next-line ${rule.id} -- why`, '```', '')
  lines.push(`or \`"${rule.id}": "off"\` under \`rules\` in \`offline-storage.config.json\`.`, '')
  return {
    path: path.join(folder, `${rule.id.slice(0, rule.id.indexOf('/'))}/${nameOf(rule)}.md`),
    text: lines.join('\n'),
  }
}
