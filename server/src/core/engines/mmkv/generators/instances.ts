// The instances of a package, as choices, and the variables that hold them.
import type { Answers, ChoiceQuestion } from '../../../../../../shared/scaffolds.ts'
import { quoted, type Style } from '../../../write/style.ts'
import type { ScaffoldContext } from '../../contract.ts'
import type { MmkvStore } from '../types.ts'
import { defaultId } from '../vocabulary.ts'
import { textOf } from './new-file.ts'

/** The exported variable that an instance is opened into. */
export interface InstanceHome {
  readonly file: string
  /** What new code calls it: the name of the variable, or `storage` where that is taken there. */
  readonly name: string
  /** What it is exported as. */
  readonly exported: string
}

/** Names that new code gives to other things. */
const taken = new Set(
  'keys key value text error readJson onBadValue done copied failed copy versionKey migrations version up reached'.split(
    ' ',
  ),
)

/** The instances of the package, or of the workspace where the package opens none itself. */
export function instancesOf({ catalog, project }: ScaffoldContext): readonly MmkvStore[] {
  const all = catalog.stores().filter((store): store is MmkvStore => store.engine === 'mmkv')
  const own = all.filter(store => store.project.root === project.root)
  return own.length > 0 ? own : all
}

/** Asks which instance is meant, where there are several. */
export const instanceQuestion = (stores: readonly MmkvStore[], title: string): ChoiceQuestion | undefined =>
  stores.length > 1
    ? {
        kind: 'choice',
        id: 'instance',
        title,
        many: false,
        choices: stores.map(store => ({ value: store.name, label: labelOf(store), detail: store.at.file })),
      }
    : undefined

/** The instance that was chosen, or the only one. */
export const chosenInstance = (stores: readonly MmkvStore[], answers: Answers): MmkvStore | undefined => {
  const name = textOf(answers, 'instance')
  return name === undefined && stores.length === 1 ? stores[0] : stores.find(store => store.name === name)
}

/** An instance as people know it. */
export const labelOf = ({ id, name }: MmkvStore): string => (id === null ? defaultId : (id?.text ?? name))

/** Where other files can import an instance from; undefined where none of its openings is exported. */
export function instanceHome({ scope, openings }: MmkvStore): InstanceHome | undefined {
  for (const { fact, isOuter, isTest, value } of openings) {
    if (!isOuter || isTest || fact.fn !== undefined) continue
    const { file } = value
    const binding = fact.into === undefined ? undefined : scope.binding(file, fact.into)
    for (const [exported, one] of Object.entries(scope.module(file)?.exports ?? {})) {
      if (binding && one.kind === 'binding' && one.key === fact.into)
        return { file, name: taken.has(binding.name) ? 'storage' : binding.name, exported }
      if (one.kind === 'value' && one.value === value.value && exported === 'default')
        return { file, name: 'storage', exported }
    }
  }
  return undefined
}

/** Why nothing can be written about an instance that no file exports. */
export const notExported = (store: MmkvStore): string =>
  `No file exports the variable of "${labelOf(store)}", so other code cannot import it.`

/** The import of an instance. */
export function importOf({ name, exported }: InstanceHome, from: string, style: Style): string {
  const { semicolon, spacedBraces } = style
  const named = exported === name ? name : `${exported} as ${name}`
  const clause = exported === 'default' ? name : spacedBraces ? `{ ${named} }` : `{${named}}`
  return `import ${clause} from ${quoted(from, style)}${semicolon}`
}
