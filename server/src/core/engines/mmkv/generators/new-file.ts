// Where new code goes, and how it is written there.
import type { Answers, TextQuestion } from '../../../../../../shared/scaffolds.ts'
import type { Scope } from '../../../catalog/scope.ts'
import { basename, dirname, join } from '../../../text/path.ts'
import { type Style, styleOf } from '../../../write/style.ts'
import type { Generated, ScaffoldContext } from '../../contract.ts'
import { isTestFile } from '../files.ts'

/** A file that is to be written. */
export interface NewHome {
  readonly file: string
  readonly isTyped: boolean
  readonly style: Style
}

/** Texts of so many files show the habits of a project. */
const enough = 12

/** The question where to write; `folder` and `name` (without an ending) are what stands there to begin with. */
export function fileQuestion(
  scope: Scope,
  context: ScaffoldContext,
  suggested: { readonly title: string; readonly folder: string; readonly name: string },
): TextQuestion {
  const { root } = context.project
  const ending = isTypeScript(scope, context) ? '.ts' : '.js'
  const free = [suggested.name, `mmkv-${suggested.name}`].find(
    name => !exists(scope, context, `${suggested.folder}/${name}${ending}`),
  )
  return {
    kind: 'text',
    id: 'file',
    title: suggested.title,
    prompt: 'From the folder of the package; a file that exists is left alone.',
    value: `${suggested.folder}/${free ?? suggested.name}${ending}`.slice(root.length + 1),
    pattern: { source: '[^\\s:*?"<>|\\\\][^:*?"<>|\\\\]*', problem: 'The path of a file is needed.' },
  }
}

/** The file that was answered, or why it cannot be written. `like` is a file whose habits count most. */
export function newHome(
  scope: Scope,
  context: ScaffoldContext,
  answers: Answers,
  like?: string,
): NewHome | { readonly problem: string } {
  const { root } = context.project
  const given = textOf(answers, 'file') ?? ''
  const ending = /\.[jt]sx?$/.test(given) ? '' : isTypeScript(scope, context) ? '.ts' : '.js'
  const file = join(root, `./${given.trim()}${ending}`)
  if (!file.startsWith(`${root}/`) || basename(file) === ending)
    return { problem: `"${given}" is no file of this package.` }
  if (exists(scope, context, file)) return { problem: `"${given}" exists already, and is left as it is.` }
  return { file, isTyped: /\.tsx?$/.test(file), style: styleFor(scope, context, like) }
}

/** The edits and the message of new files. */
export const written = (
  files: readonly { readonly home: NewHome; readonly text: string }[],
  message: string,
): Generated => ({
  edits: files.map(({ home, text }) => ({ file: home.file, create: text.replace(/\r?\n/g, home.style.newline) })),
  message,
  ...(files[0] && { show: files[0].home.file }),
})

/** The one text that was answered. */
export const textOf = (answers: Answers, id: string): string | undefined => {
  const answer = answers[id]
  return typeof answer === 'string' ? answer : undefined
}

/** Any number of texts that were answered. */
export const textsOf = (answers: Answers, id: string): readonly string[] | undefined => {
  const answer = answers[id]
  return typeof answer === 'string' ? [answer] : answer
}

/** The files of the package that was asked for, without its tests. */
export const filesOf = (scope: Scope, { catalog, project }: ScaffoldContext): readonly string[] =>
  catalog.files().filter(file => scope.workspace().project(file).root === project.root && !isTestFile(scope, file))

/** The folder of the code of a package, where no file of it tells a better one. */
export const sourceFolder = (scope: Scope, context: ScaffoldContext): string => {
  const { root } = context.project
  const isUnder = (folder: string) => filesOf(scope, context).some(file => file.startsWith(`${root}/${folder}/`))
  return isUnder('src')
    ? `${root}/src`
    : isUnder('app') && !isUnder('lib')
      ? root
      : isUnder('lib')
        ? `${root}/lib`
        : root
}

/** Files tell the language; where none was read, a tsconfig.json does. */
export function isTypeScript(scope: Scope, context: ScaffoldContext): boolean {
  const files = filesOf(scope, context).filter(file => !/\.d\.ts$/.test(file))
  if (files.some(file => /\.tsx?$/.test(file))) return true
  const { tsconfig } = context.project
  return files.length === 0 && tsconfig !== undefined && !/jsconfig/.test(basename(tsconfig.file))
}

/** True for files that are read, and for others that the workspace has. */
export function exists(scope: Scope, context: ScaffoldContext, file: string): boolean {
  if (context.text(file) !== undefined || context.catalog.text(file) !== undefined) return true
  return scope
    .workspace()
    .resolve(`${dirname(file)}/-.ts`, `./${basename(file)}`)
    .includes(file)
}

function styleFor(scope: Scope, context: ScaffoldContext, like: string | undefined): Style {
  const own = like === undefined ? context.file : like
  const texts = filesOf(scope, context)
    .slice(0, enough)
    .map(file => context.catalog.text(file) ?? '')
  return styleOf((own && context.catalog.text(own)) || '', styleOf(texts.join('\n')))
}
