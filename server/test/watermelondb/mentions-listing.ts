// A readable list of what a file of a small app mentions.
import type { Mention } from '../../src/core/catalog/mention.ts'
import type { Place } from '../../src/core/text/span.ts'
import { appRoot, type RunningApp, runApp } from '../../testkit/run-example.ts'

/** The mentions of one file of an app, by place, each as a line such as `schema defines posts.title @ 'title'`. */
export function mentionsIn(files: Readonly<Record<string, string>>, path: string): readonly string[] {
  return listed(runApp(files, { rules: [] }), path)
}

/** The same for an app that runs already. */
export function listed(app: RunningApp, path: string): readonly string[] {
  const mentions = app.analyzer.catalog(() => undefined).mentions(`${appRoot}/${path}`)
  return [...mentions]
    .sort((a, b) => a.at.span.start - b.at.span.start || a.at.span.end - b.at.span.end)
    .map(mention => lineOf(app, mention))
}

/** The text at a place. */
export const textAt = (app: RunningApp, { file, span }: Place): string =>
  (app.texts.get(file) ?? '').slice(span.start, span.end)

function lineOf(app: RunningApp, mention: Mention): string {
  const at = `@ '${textAt(app, mention.at)}'`
  if (mention.kind === 'word') return `word ${at} of ${mention.choices.map(one => one.text).join('|')}`
  const { part, role, version, entity, field, source } = mention
  const name = mention.kind === 'field' ? `${entity}.${field}` : entity
  const where =
    source === undefined ? 'no source' : source === mention.at ? '' : `from ${source.file.slice(appRoot.length + 1)}`
  const parts = [part, role, name, at, version === undefined ? '' : `v${version}`, where]
  return parts.filter(text => text !== '').join(' ')
}
