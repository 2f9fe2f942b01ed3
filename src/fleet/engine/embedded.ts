import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type ChdbModule, type ChdbSession, loadChdb } from './chdb.ts';
import { type Bound, type Engine, EngineError, engineMessage } from './engine.ts';

/** Of a server of its own the engine takes this much memory at most; what does not fit goes to the disk. */
const MEMORY_BYTES = 1_600_000_000;

/** ClickHouse in this process, its tables in a folder that one process has at a time. */
export class EmbeddedEngine implements Engine {
  readonly place: string;
  readonly isAlone = true;
  private readonly chdb: ChdbModule;
  private readonly session: ChdbSession;
  private readonly incoming: string;
  private inserts = 0;

  private constructor(folder: string, chdb: ChdbModule, session: ChdbSession) {
    this.place = `the folder ${folder}`;
    this.chdb = chdb;
    this.session = session;
    this.incoming = path.resolve(folder, 'incoming');
  }

  /** Opens a folder, made where it is not there. Throws an `EngineError`, also while another process has it. */
  static async open(folder: string, say: (line: string) => void): Promise<EmbeddedEngine> {
    const chdb = await loadChdb(say);
    try {
      await mkdir(path.resolve(folder, 'incoming'), { recursive: true });
      const session = new chdb.Session(path.resolve(folder, 'clickhouse'), {
        connectionArgs: [`--max_server_memory_usage=${MEMORY_BYTES}`],
      });
      return new EmbeddedEngine(folder, chdb, session);
    } catch (cause) {
      throw new EngineError(
        `the folder ${folder} cannot be opened: another program that has it open ends first, or it is not writable`,
        null,
        { cause },
      );
    }
  }

  async run(statement: string, bound: Bound = {}): Promise<void> {
    await this.ask(statement, bound);
  }

  read(query: string, bound: Bound = {}): Promise<Uint8Array> {
    return this.ask(query, bound);
  }

  async insert(table: string, columns: readonly string[], rows: Uint8Array, token: string): Promise<void> {
    const file = path.join(this.incoming, `${process.pid}-${this.inserts++}.native`);
    try {
      await writeFile(file, rows);
      await this.ask(
        `INSERT INTO ${table} (${columns.join(', ')}) SETTINGS insert_deduplication_token = {token:String} ` +
          `SELECT ${columns.join(', ')} FROM file({file:String}, 'Native')`,
        { file, token },
      );
    } finally {
      await rm(file, { force: true });
    }
  }

  async close(): Promise<void> {
    this.session.close();
    await this.chdb.drainPending();
  }

  private async ask(statement: string, bound: Bound): Promise<Uint8Array> {
    try {
      const answer = await this.session.queryBindAsync(statement, bound, { format: 'Native' });
      return answer.bytes();
    } catch (cause) {
      if (!(cause instanceof Error)) throw cause;
      const code = 'clickhouseCode' in cause && typeof cause.clickhouseCode === 'number' ? cause.clickhouseCode : null;
      throw new EngineError(engineMessage(cause.message), code, { cause });
    }
  }
}
