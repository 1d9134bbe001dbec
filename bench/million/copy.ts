import { once } from 'node:events'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** One row in COPY's text format. Dates are instants, objects JSON, arrays of text arrays of the database. */
export type Cell = string | number | boolean | Date | null | readonly string[] | { readonly [key: string]: unknown }
export type Row = readonly Cell[]

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
const escaped = (text: string) => (/[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? '') : text)

function written(cell: Cell): string {
  if (cell === null) return '\\N'
  if (typeof cell === 'string') return escaped(cell)
  if (typeof cell === 'number') return String(cell)
  if (typeof cell === 'boolean') return cell ? 't' : 'f'
  if (cell instanceof Date) return cell.toISOString()
  if (Array.isArray(cell)) return escaped(`{${cell.map((item) => `"${String(item).replace(/["\\]/g, '\\$&')}"`).join(',')}}`)
  return escaped(JSON.stringify(cell))
}

const CHUNK = 1 << 18

/** Rows on their way into one table, over a connection of their own. */
export interface Copying {
  /** Takes a row; await what it returns, when it returns something, before the next. */
  write(row: Row): Promise<unknown> | null
  end(): Promise<void>
}

/** @param into the table with its columns: `site (id, name)`. Foreign keys are not looked at: what is loaded is whole by construction. */
export async function copyInto(ownerUrl: string, into: string): Promise<Copying> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query('set session_replication_role = replica; set synchronous_commit = off')
  const stream = client.query(copyFrom(`copy ${into} from stdin`))
  const failed = once(stream, 'finish')
  let chunk = ''
  const flush = () => {
    const full = stream.write(chunk)
    chunk = ''
    return full ? null : Promise.race([once(stream, 'drain'), failed])
  }
  return {
    write: (row) => {
      chunk += `${row.map(written).join('\t')}\n`
      return chunk.length > CHUNK ? flush() : null
    },
    end: async () => {
      stream.end(chunk)
      await failed
      await client.end()
    },
  }
}
