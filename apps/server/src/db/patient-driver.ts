import type BetterSqlite from 'better-sqlite3';
import { CompiledQuery, type DatabaseConnection, type QueryResult, SqliteDriver } from 'kysely';

/** Milliseconds between two tries, from the first on; longer while it takes long. */
const FIRST_WAIT = 1;
const LONGEST_WAIT = 10;

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');

/** A connection whose statements wait for what other connections write. */
class PatientConnection implements DatabaseConnection {
  constructor(
    private readonly driver: PatientDriver,
    private readonly sqlite: BetterSqlite.Database,
    private readonly connection: DatabaseConnection,
  ) {}

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const deadline = Date.now() + this.driver.patience;
    for (let wait = FIRST_WAIT; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
      try {
        return await this.connection.executeQuery<Row>(query);
      } catch (error) {
        // Within a transaction nobody else can be writing.
        if (!isBusy(error) || this.sqlite.inTransaction || Date.now() > deadline) throw error;
        await this.driver.letOthersRead(wait);
      }
    }
  }

  streamQuery<Row>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<Row>> {
    return this.connection.streamQuery<Row>(query, chunkSize);
  }
}

/**
 * SQLite's one connection, which never stands still for another connection's transaction: what wants to write tries again
 * until it may, and meanwhile the event loop goes on and others read.
 */
export class PatientDriver extends SqliteDriver {
  #connection: PatientConnection | null = null;

  /** @param patience milliseconds after which what wants to write fails; 0 leaves the waiting to SQLite */
  constructor(
    private readonly sqlite: BetterSqlite.Database,
    readonly patience: number,
  ) {
    super({ database: sqlite });
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    this.#connection ??= new PatientConnection(this, this.sqlite, connection);
    return this.#connection;
  }

  /** Lets go of the connection for a while; nothing has been done on it since it was taken. */
  async letOthersRead(milliseconds: number): Promise<void> {
    await super.releaseConnection();
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await super.acquireConnection();
  }

  /** A transaction that reads before it writes would fail when the log was written in between. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** A full disk makes SQLite itself end a transaction: nothing is left to roll back, and the cause is what is told. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.sqlite.inTransaction) await super.rollbackTransaction(connection);
  }
}
