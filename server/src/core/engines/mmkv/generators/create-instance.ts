// "Create MMKV Instance": a module that opens an instance, plain or with a key that only the phone has.
import type { Answers, ChoiceQuestion, Question } from '../../../../../../shared/scaffolds.ts'
import type { Project, Scope } from '../../../catalog/scope.ts'
import { dirname } from '../../../text/path.ts'
import { isAtLeast } from '../../../text/version.ts'
import { quoted } from '../../../write/style.ts'
import type { Generated, Scaffold, ScaffoldContext } from '../../contract.ts'
import { type KeyHome, openerText } from '../encryption/opener-text.ts'
import { majorOf } from '../versions.ts'
import { defaultId } from '../vocabulary.ts'
import { codeIn } from './code-in-style.ts'
import { instanceHome, instancesOf, labelOf } from './instances.ts'
import { isName, kebab, pascal } from './names.ts'
import { fileQuestion, newHome, sourceFolder, textOf, written } from './new-file.ts'

/** The scaffold. */
export const createInstance = (scope: Scope): Scaffold => ({
  id: 'mmkv.createInstance',
  title: 'Create MMKV Instance',
  ask: (answers, context) => ask(scope, answers, context),
  write: (answers, context) => write(scope, answers, context),
})

/** What each package that keeps a key needs besides itself. */
const companions: Readonly<Record<KeyHome, string>> = {
  'expo-secure-store': 'expo-crypto',
  'react-native-keychain': 'react-native-get-random-values',
}

function ask(scope: Scope, answers: Answers, context: ScaffoldContext): Question | undefined {
  const name = textOf(answers, 'name')
  if (name === undefined)
    return {
      kind: 'text',
      id: 'name',
      title: 'Name of the variable',
      value: 'storage',
      pattern: { source: '[A-Za-z_$][\\w$]*', problem: 'A name of a variable is needed.' },
    }
  if (answers['namespace'] === undefined)
    return {
      kind: 'text',
      id: 'namespace',
      title: 'Namespace of the instance',
      prompt: `\`settings\` gives the id \`app.settings\`; a text with a dot is the id itself; nothing is \`${defaultId}\`.`,
      value: '',
      pattern: { source: '[\\w.-]*', problem: 'Letters, digits, dots and hyphens only.' },
    }
  if (versionOf(answers, context.project) === undefined)
    return {
      kind: 'choice',
      id: 'version',
      title: 'Version of react-native-mmkv',
      prompt: 'It is not installed here.',
      many: false,
      choices: [
        { value: '4.3.2', label: '4', detail: 'createMMKV(…); new architecture, with react-native-nitro-modules' },
        { value: '3.3.3', label: '3', detail: 'new MMKV(…); new architecture' },
        { value: '2.12.2', label: '2', detail: 'new MMKV(…)' },
      ],
    }
  if (answers['encryption'] === undefined) return encryptionQuestion(context.project)
  if (answers['file'] !== undefined) return undefined
  const stores = instancesOf(context)
  const first = (stores.find(store => instanceHome(store)) ?? stores[0])?.at.file
  return fileQuestion(scope, context, {
    title: 'File of the instance',
    folder: first === undefined ? sourceFolder(scope, context) : dirname(first),
    name: kebab(isEncrypted(answers) ? openerName(name) : name),
  })
}

/** A package that the project has comes first; the other is left out then. */
function encryptionQuestion({ versions }: Project): ChoiceQuestion {
  const all: readonly KeyHome[] = ['expo-secure-store', 'react-native-keychain']
  const present = all.filter(home => versions[home] !== undefined)
  return {
    kind: 'choice',
    id: 'encryption',
    title: 'Encryption',
    many: false,
    choices: [
      {
        value: 'none',
        label: 'Not encrypted',
        detail: 'Opened at once. Anybody with the files of the app can read it.',
      },
      ...(present.length > 0 ? present : all).map(home => ({
        value: home,
        label: `Encrypted, with a key in ${home}`,
        detail: `Opened asynchronously. Needs ${home} and ${companions[home]}.`,
      })),
    ],
  }
}

const isEncrypted = (answers: Answers): boolean => textOf(answers, 'encryption') !== 'none'

/** `openStorage` for `storage`. */
const openerName = (name: string): string => `open${pascal(name)}`

/** The installed version, or the one that was answered. */
const versionOf = (answers: Answers, project: Project): string | undefined =>
  majorOf(project) === undefined ? textOf(answers, 'version') : project.versions['react-native-mmkv']

function write(scope: Scope, answers: Answers, context: ScaffoldContext): Generated {
  const name = textOf(answers, 'name') ?? ''
  if (!isName(name)) return { problem: `"${name}" is no name of a variable.` }
  const version = versionOf(answers, context.project)
  const id = idOf(textOf(answers, 'namespace')?.trim() ?? '')
  const taken = instancesOf(context).find(store => labelOf(store) === id && store.openings.some(one => !one.isTest))
  if (taken) return { problem: `The instance "${id}" is opened already, in ${taken.at.file}.` }
  const home = newHome(scope, context, answers, instancesOf(context)[0]?.at.file)
  if ('problem' in home) return home

  const { style, isTyped } = home
  const hasCreate = isAtLeast(version, '4.0')
  const options = `id: ${quoted(id, style)}`
  const encryption = textOf(answers, 'encryption')
  if (encryption === 'expo-secure-store' || encryption === 'react-native-keychain') {
    const opener = openerName(name)
    const hasLongKeys = isAtLeast(version, '4.2')
    const text = openerText({
      ...{ name: opener, id, options: [options], oldOptions: [], home: encryption },
      ...{ hasCreate, hasLongKeys, isTyped, style },
    })
    const type = hasLongKeys ? 'AES-256' : 'AES-128'
    return written(
      [{ home, text }],
      `"${id}" is encrypted with ${type} and a key of the phone: wait for ${opener}() where it is used. It needs ${encryption} and ${companions[encryption]}.`,
    )
  }
  const maker = hasCreate ? 'createMMKV' : 'MMKV'
  const config = id === defaultId ? '' : style.spacedBraces ? `{ ${options} }` : `{${options}}`
  const text = codeIn(style)`import { ${maker} } from 'react-native-mmkv';

export const ${name} = ${hasCreate ? '' : 'new '}${maker}(${config});
`
  return written([{ home, text }], `"${name}" is the instance "${id}". It is not encrypted.`)
}

/** A namespace is put behind `app.`, so that ids of packages never meet it. */
const idOf = (namespace: string): string =>
  namespace === '' ? defaultId : namespace.includes('.') ? namespace : `app.${namespace}`
