/** Inserts many rows at once: by COPY on a server, by inserts of a thousand in the embedded database. */

import { finished } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Sql } from "#core/ports/transaction.ts";

/** Name and type. */
export type Column = readonly [name: string, type: string];

const atOnce = 1_000;
const pieceCharacters = 256 * 1024;

/**
 * @param copies - whether the database supports COPY, as a server does.
 * @param cells - one row in PostgreSQL's text format, in the order of the columns.
 */
export async function put<Row>(
  tx: Sql,
  copies: boolean,
  table: string,
  columns: readonly Column[],
  rows: readonly Row[],
  cells: (row: Row, index: number) => (string | null)[],
): Promise<void> {
  const names = columns.map(([name]) => name).join(", ");
  if (copies) {
    // On a server, a transaction is a client; only a client can COPY.
    const client = tx as unknown as pg.PoolClient;
    const stream = client.query(copyFrom(`copy ${table} (${names}) from stdin`));
    // Written without waiting for the server, so that the next rows are read while it works.
    for (const piece of copyText(rows, cells)) stream.write(piece);
    stream.end();
    await finished(stream);
    return;
  }
  const typed = columns.map(([name, type], index) => `(r->>${index})::${type} as ${name}`).join(", ");
  for (let first = 0; first < rows.length; first += atOnce)
    await tx.query(
      `insert into ${table} (${names}) overriding system value select ${typed} from jsonb_array_elements($1) r`,
      [JSON.stringify(rows.slice(first, first + atOnce).map((row, index) => cells(row, first + index)))],
    );
}

/** https://www.postgresql.org/docs/current/sql-copy.html, text format. */
function* copyText<Row>(
  rows: readonly Row[],
  cells: (row: Row, index: number) => (string | null)[],
): Generator<string, void> {
  let text = "";
  for (const [index, row] of rows.entries()) {
    let before = "";
    for (const cell of cells(row, index)) {
      text += before + (cell === null ? "\\N" : escaped(cell));
      before = "\t";
    }
    text += "\n";
    if (text.length > pieceCharacters) {
      yield text;
      text = "";
    }
  }
  if (text) yield text;
}

function escaped(text: string): string {
  return /[\\\t\r\n]/.test(text)
    ? text.replace(/[\\\t\r\n]/g, (found) => ({ "\\": "\\\\", "\t": "\\t", "\r": "\\r", "\n": "\\n" })[found] ?? "")
    : text;
}
