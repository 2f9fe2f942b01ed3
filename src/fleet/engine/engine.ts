/** Values for the `{name:Type}` places of a statement: they travel beside its text and are never part of it. */
export type Bound = Readonly<Record<string, string | number | readonly string[] | readonly number[]>>;

/** A ClickHouse that answers statements: a server, a cluster, or one in this process. */
export interface Engine {
  /** Where it is, in words without credentials: "http://localhost:8123", "the folder hunts". */
  readonly place: string;
  /** Whether no other program can use it at the same time. */
  readonly isAlone: boolean;
  /** Runs a statement that answers nothing and may be run again. Throws an `EngineError`. */
  run(statement: string, bound?: Bound): Promise<void>;
  /** The whole answer of a query in ClickHouse's Native format (see `readNative`). Throws an `EngineError`. */
  read(query: string, bound?: Bound): Promise<Uint8Array>;
  /**
   * Inserts rows in Native format. The same token inserts once, however often it is sent. Throws an `EngineError`.
   *
   * @param table a quoted name
   * @param columns quoted names, of the columns that `rows` has in this order
   */
  insert(table: string, columns: readonly string[], rows: Uint8Array, token: string): Promise<void>;
  close(): Promise<void>;
}

/** What a ClickHouse refused, or that it could not be reached; the message is one line for the person who called. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  /** ClickHouse's own number of the error; null where none was told. */
  readonly code: number | null;

  constructor(message: string, code: number | null = null, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const LONGEST_MESSAGE = 600;

/** A ClickHouse's message as one line of bounded length, without the stack that some versions add. */
export function engineMessage(text: string): string {
  const [first] = text.split(/\s*Stack trace:/, 1);
  const line = first.replaceAll(/\s+/g, ' ').trim();
  return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}...` : line;
}
