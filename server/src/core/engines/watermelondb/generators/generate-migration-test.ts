// "Generate Migration Test": asks which store is meant, where several fit.
import type { Answers } from '../../../../../../shared/scaffolds.ts'
import type { Scaffold, ScaffoldContext } from '../../contract.ts'
import type { WatermelonStore } from '../types.ts'
import { migrationTestGenerator } from './create-migration-test.ts'

/** The scaffold. */
export const generateMigrationTest: Scaffold = {
  id: 'watermelondb.generateMigrationTest',
  title: 'Generate Migration Test',
  ask: (answers, context) => {
    const stores = storesOf(context)
    if (stores.length < 2 || answers['store'] !== undefined) return undefined
    const choices = stores.map(store => ({ value: store.name, label: store.name, detail: store.at.file }))
    return { kind: 'choice', id: 'store', title: 'Store', many: false, choices }
  },
  write: (answers, context) => {
    const store = chosenStore(answers, context)
    const written = store && migrationTestGenerator.createMigrationTest?.(store, context)
    return written ?? { problem: 'There is no such WatermelonDB store here.' }
  },
}

/** The stores of the package, or of the workspace where the package has none itself. */
function storesOf({ catalog, project }: ScaffoldContext): readonly WatermelonStore[] {
  const all = catalog.stores().filter((store): store is WatermelonStore => store.engine === 'watermelondb')
  const own = all.filter(store => store.project.root === project.root)
  return own.length > 0 ? own : all
}

function chosenStore(answers: Answers, context: ScaffoldContext): WatermelonStore | undefined {
  const stores = storesOf(context)
  const { store: name } = answers
  return name === undefined && stores.length === 1 ? stores[0] : stores.find(store => store.name === name)
}
