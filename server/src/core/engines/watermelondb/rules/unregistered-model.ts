// A model whose table is in the schema is missing in the `modelClasses` of its database.
import type { Rule } from '../../../rules/rule.ts'
import { exampleApp } from '../example-app.ts'
import { exportOf, registerModel } from '../models/register-model.ts'
import type { ModelInStore } from '../types.ts'

const index = (classes: string) => `import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { schema } from './schema'
import { User } from '../models/User'
${classes.includes('Post') ? "import { Post } from '../models/Post'\n" : ''}
export const database = new Database({ adapter: new SQLiteAdapter({ schema }), modelClasses: ${classes} })
`
const schema = "tableSchema({ name: 'posts', columns: [] }),\ntableSchema({ name: 'users', columns: [] }),"
const User = "static table = 'users'"

export const unregisteredModel: Rule<ModelInStore, ModelInStore> = {
  id: 'watermelondb/unregistered-model',
  severity: 'error',
  on: 'model',
  docs: {
    what: 'A model class of a table is not in the `modelClasses` of the database.',
    why: "`database.get()` gives null for the table, so its first use fails with `Cannot read properties of null (reading 'query')`, and sync skips the table.",
    fix: 'Adds the class to `modelClasses`.',
  },
  *check(subject) {
    const { model, store } = subject
    if (!model.table || model.fact.isAbstract || model.fact.isDeclare || !store.registrationComplete) return
    const { text } = model.table
    if (!store.table(text) || store.isRegistered(model)) return
    // Another class of the same table is registered: this one is its base, its platform twin, or not meant to be.
    if (store.modelsOf(text).some(one => store.isRegistered(one))) return
    yield {
      at: model.nameAt,
      message: `Model "${model.name}" is not registered: database.get('${text}') gives null, its first use fails, and sync skips the table. Add it to modelClasses.`,
      related: store.modelClassesValues
        .slice(0, 1)
        .map(one => ({ at: { file: one.file, span: one.value.at }, message: 'The registered models' })),
      data: subject,
    }
  },
  fix({ data: { model, store } }, context) {
    const exported = exportOf(store, model)
    const edits = exported && registerModel(store, exported, context)
    return edits && { title: `Add ${model.name} to modelClasses`, safe: false, edits }
  },
  examples: [
    {
      name: 'a model that was forgotten',
      files: {
        ...exampleApp({
          schema,
          models: {
            User,
            Post: "import { Model } from '@nozbe/watermelondb'\n\nexport class Post extends Model {\n  //         ^^^^ is not registered\n  static table = 'posts'\n}\n",
          },
        }),
        'src/db/index.ts': index('[User]'),
      },
      fixed: { 'src/db/index.ts': index('[User, Post]') },
    },
    {
      name: 'models that cannot all be read, abstract models, a base class',
      files: {
        ...exampleApp({
          schema,
          models: {
            User: "import { Person } from './Person'\n\nexport class User extends Person {}\n",
            Person:
              "import { Model } from '@nozbe/watermelondb'\n\nexport class Person extends Model {\n  static table = 'users'\n}\n",
            Post: "import { Model } from '@nozbe/watermelondb'\n\nexport abstract class Post extends Model {\n  static table = 'posts'\n}\n",
          },
        }),
        'src/db/index.ts': index('[User]'),
      },
    },
    {
      name: 'a list with a spread',
      files: {
        ...exampleApp({ schema, models: { User, Post: "static table = 'posts'" } }),
        'src/db/index.ts': index('[User, ...others]').replace("import { Post } from '../models/Post'\n", ''),
      },
    },
  ],
}
