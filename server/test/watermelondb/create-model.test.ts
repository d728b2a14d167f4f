// "Create Model from Table": where the file goes, how it is named, what it says when something is in the way.
import assert from 'node:assert/strict'
import { exampleApp } from '../../src/core/engines/watermelondb/example-app.ts'
import { modelGenerator } from '../../src/core/engines/watermelondb/models/create-model.ts'
import type { WatermelonStore } from '../../src/core/engines/watermelondb/types.ts'
import type { NewFile } from '../../src/core/text/edit.ts'
import { runApp } from '../../testkit/run-example.ts'

const table = (name: string, ...columns: string[]) =>
  `tableSchema({ name: '${name}', columns: [${columns.map(column => `{ name: '${column}', type: 'string' }`).join(', ')}] }),\n`

const create = (files: Record<string, string>, entity: string) => {
  const app = runApp(files)
  return modelGenerator.createModel(app.analyzer.stores()[0] as WatermelonStore, entity, app.context)
}
const newFile = (generated: ReturnType<typeof create>): NewFile => {
  assert.ok('edits' in generated, JSON.stringify(generated))
  return generated.edits.find(edit => 'create' in edit) as NewFile
}

describe('modelGenerator', () => {
  const index = (modelClasses: string, imports = '') => `import { Database } from '@nozbe/watermelondb'
import SQLiteAdapter from '@nozbe/watermelondb/adapters/sqlite'
import { schema } from './schema'
${imports}
export const database = new Database({ adapter: new SQLiteAdapter({ schema }), modelClasses: ${modelClasses} })
`

  it('names file and class like the other models', () => {
    const app = exampleApp({ schema: table('posts') + table('blog_comments', 'body') })
    const generated = create(
      {
        ...app,
        'src/db/index.ts': index('[PostModel]', "import PostModel from '../data/post.model'\n"),
        'src/data/post.model.ts': `import { Model } from '@nozbe/watermelondb'

export default class PostModel extends Model {
  static table = 'posts';
}
`,
      },
      'blog_comments',
    )
    const { file, create: text } = newFile(generated)
    assert.equal(file, '/app/src/data/blogComment.model.ts')
    assert.match(text, /^export default class BlogCommentModel extends Model \{$/m)
    assert.match(text, /^ {2}@text\('body'\) body!: string;$/m)
    assert.ok('message' in generated && /registered/.test(generated.message))
  })

  it('goes beside the schema where there are no models, and takes care of its own table', () => {
    const generated = create(exampleApp({ schema: table('folders', 'folder_id', 'collection') }), 'folders')
    const { file, create: text } = newFile(generated)
    assert.equal(file, '/app/src/db/Folder.ts')
    assert.match(text, /@relation\('folders', 'folder_id'\) folder!: Relation<Folder>/)
    assert.match(text, /@text\('collection'\) collectionValue!: string/)
    assert.match(text, /folders: \{ type: 'belongs_to', key: 'folder_id' \},/)
  })

  it('says so where the model cannot be registered', () => {
    const app = exampleApp({ schema: table('posts') })
    const generated = create({ ...app, 'src/db/index.ts': index('allModels()') }, 'posts')
    assert.ok('message' in generated && /yourself/.test(generated.message))
  })

  it('never replaces a file, and knows its tables', () => {
    const app = exampleApp({ schema: table('posts') })
    assert.ok('problem' in create({ ...app, 'src/db/Post.ts': 'export {}\n' }, 'posts'))
    assert.ok('problem' in create(app, 'comments'))
  })
})
