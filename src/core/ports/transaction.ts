/** What runs statements: the floors above the store pass a transaction on and never look into it. */

/** Runs one statement with positional parameters: as much of a PostgreSQL client as floors above the store may see. */
export interface Sql extends Transaction {
  // biome-ignore lint/suspicious/noExplicitAny: the shape of a row is known where the statement is written
  query<Row = any>(text: string | Prepared, values?: unknown[]): Promise<{ rows: Row[]; rowCount: number | null }>;
}

/** A statement that runs so often that it is planned once for each connection. */
export interface Prepared {
  /** One text for each name, always. */
  name: string;
  text: string;
}

/** An open transaction. The verbs pass it on; only the store and the queue, which get it as `Sql`, look into it. */
export interface Transaction {
  readonly [open]?: true;
}
declare const open: unique symbol;

/** Runs work in one transaction. */
export interface Transactions {
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}
