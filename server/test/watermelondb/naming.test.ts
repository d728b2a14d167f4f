// Names of tables, columns, classes and properties.
import assert from 'node:assert/strict'
import {
  camelCase,
  classNameOf,
  keysFor,
  relationNameOf,
  singular,
  snakeCase,
} from '../../src/core/engines/watermelondb/models/naming.ts'

const cases = (read: (word: string) => string, pairs: Readonly<Record<string, string>>) => {
  for (const [word, expected] of Object.entries(pairs)) assert.equal(read(word), expected, word)
}

describe('naming', () => {
  it('finds the singular of a plural', () => {
    cases(singular, {
      posts: 'post',
      categories: 'category',
      boxes: 'box',
      addresses: 'address',
      statuses: 'status',
      houses: 'house',
      expenses: 'expense',
      courses: 'course',
      people: 'person',
      news: 'news',
      series: 'series',
      analysis: 'analysis',
      status: 'status',
      class: 'class',
      blog_posts: 'blog_post',
      metadata: 'metadata',
    })
  })

  it('turns tables into classes and columns into properties', () => {
    cases(classNameOf, {
      blog_posts: 'BlogPost',
      user_metrics: 'UserMetric',
      tasks: 'Task',
      expenseCategories: 'ExpenseCategory',
    })
    cases(camelCase, { created_at: 'createdAt', _updated_at: 'updatedAt', isDone: 'isDone', line_1: 'line1' })
    cases(snakeCase, { createdAt: 'created_at', BlogPost: 'blog_post' })
    cases(relationNameOf, { author_id: 'author', parentFolderId: 'parentFolder', created_by: 'createdBy' })
  })

  it('knows how keys are named after tables', () => {
    assert.ok(keysFor('blog_posts').includes('blog_post_id'))
    assert.ok(keysFor('blog_posts').includes('blogPostId'))
  })
})
