// One SQLite database in memory, behind the few calls that judging SQL needs.
import initSqlite, { type Sqlite3Static } from '@sqlite.org/sqlite-wasm'
import { offsetsOf } from './utf8-offsets.ts'

/** SQLite, loaded. */
export interface Sqlite {
  open(): Connection
}

/** A database in memory. Nothing of it can reach the disk. */
export interface Connection {
  /** Compiles the first statement of `text` behind `from`, without running it; `mode` says whether it is going to be run. */
  prepare(text: EncodedSql, from: number, mode: Mode): Prepared
  /** Runs a compiled statement to its end, or to `rows` rows. */
  run(statement: number, rows: number): RunResult
  /** Runs one statement of our own making and gives its rows; none where it fails. */
  rows(sql: string, ...values: (string | number | null)[]): readonly (readonly (string | number | null)[])[]
  /** The text in the memory of SQLite, for as long as `use` runs. */
  withText<T>(sql: string, use: (text: EncodedSql) => T): T
  parameters(statement: number): (string | null)[]
  columns(statement: number): { name: string; table?: string; origin?: string; type?: string }[]
  isReadonly(statement: number): boolean
  finalize(statement: number): void
  set(option: 'foreignKeys' | 'triggers' | 'quotedTexts', on: boolean): void
  /** Gives every statement from here on a share of `ticks` thousands of steps; when they are used up statements are stopped. */
  allow(ticks: number): void
  close(): void
}

/** `judge`: compiled to be looked at; `run`: compiled to be run, code of others; `own`: our own code, which may do anything. */
export type Mode = 'judge' | 'run' | 'own'

export interface EncodedSql {
  readonly pointer: number
  /** Bytes, up to the first NUL. */
  readonly size: number
  /** UTF-16 offset of a byte. */
  toUtf16(byte: number): number
  /** Byte of an UTF-16 offset. */
  toByte(offset: number): number
}

export interface Prepared {
  /** 0 where there is none. */
  readonly statement: number
  /** The byte behind the statement. */
  readonly tail: number
  readonly error: RawError | undefined
  readonly reads: readonly Read[]
}

/** A column that a statement reads; `within`: the view, the trigger or the common table expression that it is read in. */
export interface Read {
  readonly table: string
  readonly column: string
  readonly within: string
}

/** `byte` counts from the beginning of the statement that was asked for; -1 where SQLite tells no place. */
export interface RawError {
  readonly message: string
  readonly byte: number
  /** `stopped`: too long or too big, which says nothing about the statement. */
  readonly kind: 'refused' | 'stopped'
}

export interface RunResult {
  readonly error: RawError | undefined
}

/** The wasm is built for 32 bits. */
const pointerSize = 4
/** Steps of SQLite's machine between two looks at what is left. */
const stepsPerTick = 1000
/** What one statement may take: some 50 ms. */
const ticksPerStatement = 2000
/** Bytes that SQLite may take for everything together. */
const heapLimit = 128 * 1024 * 1024

const silent = { warn() {}, error() {}, debug() {}, log() {} }

/** Loads SQLite out of the bytes of its `sqlite3.wasm`. Rejects where WebAssembly is not to be had. */
export async function loadSqlite(wasm: Uint8Array): Promise<Sqlite> {
  Object.assign(globalThis, { sqlite3ApiConfig: silent })
  // The declared type knows no arguments, but the wasm must come from the caller: bundled code has no file beside it.
  const init = initSqlite as unknown as (options: object) => Promise<Sqlite3Static>
  const nothing = () => {}
  return withSqlite(
    await init({ wasmBinary: wasm, locateFile: (name: string) => name, print: nothing, printErr: nothing }),
  )
}

function withSqlite({ capi, wasm }: Sqlite3Static): Sqlite {
  let reads: Read[] = []
  let mode: Mode = 'own'
  let left = 0
  let statementLeft = 0

  const authorizer = wasm.installFunction(
    (_: number, action: number, first: number, second: number, __: number, inner: number): number => {
      if (mode === 'own') return capi.SQLITE_OK
      if (action === capi.SQLITE_READ) {
        if (mode === 'judge') reads.push({ table: text(first), column: text(second), within: text(inner) })
        return capi.SQLITE_OK
      }
      if (action === capi.SQLITE_PRAGMA)
        return second && isFatefulPragma(text(first)) ? capi.SQLITE_IGNORE : capi.SQLITE_OK
      if (mode === 'judge') return capi.SQLITE_OK
      // VACUUM attaches a database without a file.
      if (action === capi.SQLITE_ATTACH) return text(first) ? capi.SQLITE_DENY : capi.SQLITE_OK
      if (action === capi.SQLITE_FUNCTION && reachesOut.has(text(second).toLowerCase())) return capi.SQLITE_DENY
      return capi.SQLITE_OK
    },
    'i(pipppp)',
  )
  const progress = wasm.installFunction(() => (--statementLeft < 0 || --left < 0 ? 1 : 0), 'i(p)')
  const text = (pointer: number): string => (pointer ? (wasm.cstrToJs(pointer) ?? '') : '')
  /** Some pragmas act when they are compiled, and some act on all databases at once. */
  const isFatefulPragma = (name: string): boolean =>
    /heap_limit$|_store_directory$/i.test(name) ||
    (mode === 'judge' && !/_(?:info|xinfo|list|check)$|^optimize$/i.test(name))

  const open = (): Connection => {
    const db = wasm.scopedAllocCall(() => {
      const out = wasm.scopedAlloc(pointerSize)
      const flags = capi.SQLITE_OPEN_READWRITE | capi.SQLITE_OPEN_CREATE
      const code = capi.sqlite3_open_v2(':memory:', out, flags, 0)
      if (code !== capi.SQLITE_OK) throw new Error(`SQLite cannot open a database in memory (${code})`)
      return wasm.peekPtr(out) as number
    })
    capi.sqlite3_set_authorizer(db, authorizer as never, 0)
    capi.sqlite3_progress_handler(db, stepsPerTick, progress as never, 0)
    const errorNow = (code: number, byte: number): RawError => ({
      message: (code & 0xff) === capi.SQLITE_AUTH ? 'not authorized' : (capi.sqlite3_errmsg(db) ?? ''),
      byte,
      kind: (code & 0xff) === capi.SQLITE_INTERRUPT || (code & 0xff) === capi.SQLITE_NOMEM ? 'stopped' : 'refused',
    })

    const prepare: Connection['prepare'] = (sql, from, how) =>
      wasm.scopedAllocCall(() => {
        const statementOut = wasm.scopedAlloc(2 * pointerSize)
        const tailOut = statementOut + pointerSize
        const start = sql.pointer + from
        reads = []
        mode = how
        statementLeft = ticksPerStatement
        // With the NUL behind it counted in, SQLite need not copy the rest of the text for each statement.
        const code = capi.sqlite3_prepare_v3(db, start, sql.size - from + 1, 0, statementOut, tailOut)
        const found = reads
        reads = []
        mode = 'own'
        const error = code === capi.SQLITE_OK ? undefined : errorNow(code, capi.sqlite3_error_offset(db))
        const tail = wasm.peekPtr(tailOut) as number
        return {
          statement: error ? 0 : (wasm.peekPtr(statementOut) as number),
          tail: tail ? tail - sql.pointer : sql.size,
          error,
          reads: found,
        }
      })

    const finalize = (statement: number) => {
      capi.sqlite3_finalize(statement)
    }

    const stepped = (statement: number, rows: number, each?: () => void): RunResult => {
      statementLeft = ticksPerStatement
      for (let row = 0; row < rows; row++) {
        const code = capi.sqlite3_step(statement)
        if (code === capi.SQLITE_DONE) return { error: undefined }
        if (code !== capi.SQLITE_ROW) return { error: errorNow(code, -1) }
        each?.()
      }
      return { error: undefined }
    }

    const withText: Connection['withText'] = (sql, use) => {
      const [pointer, size] = wasm.allocCString(sql, true)
      try {
        const nul = sql.indexOf('\0')
        const { toUtf16, toByte } = offsetsOf(sql, size)
        return use({ pointer, size: nul < 0 ? size : toByte(nul), toUtf16, toByte })
      } finally {
        wasm.dealloc(pointer)
      }
    }

    const rows: Connection['rows'] = (sql, ...values) =>
      withText(sql, encoded => {
        const { statement } = prepare(encoded, 0, 'own')
        if (!statement) return []
        const found: (string | number | null)[][] = []
        try {
          values.forEach((value, i) => {
            if (typeof value === 'string') bindText(statement, i + 1, value)
            else if (typeof value === 'number') capi.sqlite3_bind_double(statement, i + 1, value)
          })
          const count = capi.sqlite3_column_count(statement)
          stepped(statement, 100_000, () => {
            found.push(Array.from({ length: count }, (_, i) => valueAt(statement, i)))
          })
          return found
        } finally {
          finalize(statement)
        }
      })

    const bindText = (statement: number, index: number, value: string) => {
      // Given as a pointer: the package's own way for JavaScript texts fails with a reference to nothing.
      const [pointer, size] = wasm.allocCString(value, true)
      capi.sqlite3_bind_text(statement, index, pointer as never, size, capi.SQLITE_TRANSIENT)
      wasm.dealloc(pointer)
    }

    const valueAt = (statement: number, column: number): string | number | null => {
      const type = capi.sqlite3_column_type(statement, column)
      if (type === capi.SQLITE_NULL) return null
      if (type === capi.SQLITE_INTEGER || type === capi.SQLITE_FLOAT)
        return capi.sqlite3_column_double(statement, column)
      return capi.sqlite3_column_text(statement, column) ?? ''
    }

    const options = {
      foreignKeys: [capi.SQLITE_DBCONFIG_ENABLE_FKEY],
      triggers: [capi.SQLITE_DBCONFIG_ENABLE_TRIGGER],
      quotedTexts: [capi.SQLITE_DBCONFIG_DQS_DML, capi.SQLITE_DBCONFIG_DQS_DDL],
    } as const

    return {
      prepare,
      rows,
      withText,
      finalize,
      run: (statement, limit) => {
        mode = 'run'
        const result = stepped(statement, limit)
        mode = 'own'
        return result
      },
      parameters: statement =>
        Array.from(
          { length: capi.sqlite3_bind_parameter_count(statement) },
          (_, i) => capi.sqlite3_bind_parameter_name(statement, i + 1) || null,
        ),
      columns: statement =>
        Array.from({ length: capi.sqlite3_column_count(statement) }, (_, i) => {
          const table = capi.sqlite3_column_table_name(statement, i)
          const origin = capi.sqlite3_column_origin_name(statement, i)
          const type = capi.sqlite3_column_decltype(statement, i)
          return {
            name: capi.sqlite3_column_name(statement, i) ?? '',
            ...(table && { table }),
            ...(origin && { origin }),
            ...(type && { type }),
          }
        }),
      isReadonly: statement => capi.sqlite3_stmt_readonly(statement) !== 0,
      set: (option, on) => {
        for (const op of options[option]) capi.sqlite3_db_config(db, op, on ? 1 : 0, 0)
      },
      allow: ticks => {
        left = ticks
      },
      close: () => {
        capi.sqlite3_close_v2(db)
      },
    }
  }

  const first = open()
  left = ticksPerStatement
  // The limit is one for all databases.
  first.rows(`PRAGMA hard_heap_limit = ${heapLimit}`)
  first.close()
  return { open }
}

/** Functions that could reach outside the database, were they built in. */
const reachesOut: ReadonlySet<string> = new Set(['load_extension', 'readfile', 'writefile', 'edit', 'fts3_tokenizer'])
