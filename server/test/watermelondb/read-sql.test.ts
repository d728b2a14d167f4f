import assert from 'node:assert/strict'
import { readSql } from '../../src/core/engines/watermelondb/sql/read-sql.ts'

describe('readSql', () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ['', []],
    [
      'create table if not exists "t" ("id" primary key, _changed, [a b] text not null default (max(1, 2)), unique (_changed));',
      [{ kind: 'create-table', table: 't', columns: ['id', '_changed', 'a b'], ifNotExists: true, temporary: false }],
    ],
    [
      'CREATE TEMP TABLE x AS SELECT a, b FROM t',
      [{ kind: 'create-table', table: 'x', columns: undefined, ifNotExists: false, temporary: true }],
    ],
    [
      'create virtual table t_fts using fts5(title, content="t")',
      [{ kind: 'create-table', table: 't_fts', columns: undefined, ifNotExists: false, temporary: false }],
    ],
    ['drop table if exists main."t"; drop view v;', [{ kind: 'drop-table', table: 't' }, { kind: 'other' }]],
    ['alter table t rename to u', [{ kind: 'rename-table', table: 't', to: 'u' }]],
    ["ALTER TABLE `t` ADD COLUMN 'c' REAL DEFAULT 0;", [{ kind: 'add-column', table: 't', column: 'c' }]],
    ['alter table t add c', [{ kind: 'add-column', table: 't', column: 'c' }]],
    ['alter table t drop column c', [{ kind: 'drop-column', table: 't', column: 'c' }]],
    ['alter table t rename column a to b', [{ kind: 'rename-column', table: 't', column: 'a', to: 'b' }]],
    [
      'create unique index if not exists t_c on t (c collate nocase desc, "d")',
      [{ kind: 'create-index', index: 't_c', table: 't', columns: ['c', 'd'] }],
    ],
    ['create index i on t (lower(c))', [{ kind: 'create-index', index: 'i', table: 't', columns: [] }]],
    ['create index i on t (c) where c > 0', [{ kind: 'create-index', index: 'i', table: 't', columns: [] }]],
    [
      "update or ignore t set a = (select x from y where y.id = t.id), \"b\" = 'it''s; fine' where c = 1 -- end;",
      [{ kind: 'update', table: 't', columns: ['a', 'b'] }],
    ],
    [
      'create trigger g after update on t begin update t set a = 1; delete from u; end; drop index i',
      [{ kind: 'other' }, { kind: 'drop-index', index: 'i' }],
    ],
    [
      'with x as (select 1) insert into t select * from x; /* ; */ pragma foo = 1',
      [{ kind: 'other' }, { kind: 'other' }],
    ],
    ['do something with t', undefined],
    ["update t set a = 'open", undefined],
    ['alter table t frobnicate', undefined],
    ['create table t', undefined],
    ['\\', undefined],
  ]
  for (const [sql, expected] of cases) it(JSON.stringify(sql), () => assert.deepEqual(readSql(sql), expected))

  it('reads any text in time that grows with its length', () => {
    const started = performance.now()
    for (const part of ['(', '"', "'", '--', 'create table ', 'update t set ', ';', '\u0000'])
      readSql(part.repeat(20_000))
    assert.ok(performance.now() - started < 2000)
  })
})
