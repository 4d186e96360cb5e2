/** Transactions and statements. Floors above the store only pass a transaction on. */

/** Runs one statement with positional parameters. It is the only part of a PostgreSQL client that other code sees. */
export interface Sql extends Transaction {
  // biome-ignore lint/suspicious/noExplicitAny: the shape of a row is known where the statement is written
  query<Row = any>(text: string | Prepared, values?: unknown[]): Promise<{ rows: Row[]; rowCount: number | null }>;
}

/** A frequent statement, which is planned only once for each connection. */
export interface Prepared {
  /** The same name must always have the same text. */
  name: string;
  text: string;
}

/** An open transaction. Only the store and the queue use it, as `Sql`; other code passes it on. */
export interface Transaction {
  readonly [open]?: true;
}
declare const open: unique symbol;

/** Runs work in one transaction. */
export interface Transactions {
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}
