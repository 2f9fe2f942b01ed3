import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { ClickHouseError, type ClickHouseClient, createClient } from '@clickhouse/client';
import { type Bound, type Engine, EngineError, engineMessage } from './engine.ts';

/** Seconds before each further try of a request whose connection was lost or refused. */
const PAUSES_S = [0.2, 1, 3, 10, 30];
const REQUEST_MS = 3_600_000;
/** What a Distributed table takes is on its server when the answer comes. Who only reads may set nothing. */
const WRITING = { insert_distributed_sync: 1 } as const;

/** Where a server is, and who asks. */
export interface ServerPlace {
  /** Without credentials. */
  url: string;
  user: string;
  password: string;
}

/** A ClickHouse server, or one node of a cluster, over HTTP. */
export class ServerEngine implements Engine {
  readonly place: string;
  readonly isAlone = false;
  private readonly client: ClickHouseClient;
  private readonly say: (line: string) => void;
  private readonly pausesS: readonly number[];

  /**
   * @param say told when a lost connection is tried again
   * @param pausesS seconds before each further try
   */
  constructor({ url, user, password }: ServerPlace, say: (line: string) => void, pausesS = PAUSES_S) {
    this.place = url;
    this.say = say;
    this.pausesS = pausesS;
    this.client = createClient({
      url,
      username: user,
      password,
      application: 'beaconscope',
      request_timeout: REQUEST_MS,
      compression: { request: false, response: true },
      keep_alive: { enabled: true },
      // Its own words on failed requests would print them.
      log: { level: 127 },
    });
  }

  async run(statement: string, bound: Bound = {}): Promise<void> {
    await this.again(async () => {
      await this.client.command({ query: statement, query_params: { ...bound }, clickhouse_settings: WRITING });
    });
  }

  read(query: string, bound: Bound = {}): Promise<Uint8Array> {
    return this.again(async () => {
      const { stream } = await this.client.exec({ query: `${query} FORMAT Native`, query_params: { ...bound } });
      const pieces: Buffer[] = [];
      for await (const piece of stream) pieces.push(piece as Buffer);
      return Buffer.concat(pieces);
    });
  }

  async insert(table: string, columns: readonly string[], rows: Uint8Array, token: string): Promise<void> {
    await this.again(async () => {
      const { stream } = await this.client.exec({
        query: `INSERT INTO ${table} (${columns.join(', ')}) FORMAT Native`,
        values: Readable.from([rows], { objectMode: false }),
        clickhouse_settings: { ...WRITING, insert_deduplication_token: token, async_insert: 0 },
      });
      stream.resume();
    });
  }

  async close(): Promise<void> {
    await this.client.close();
  }

  /** Asks, and asks again while the connection fails: every request here may be made twice. */
  private async again<T>(request: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await request();
      } catch (cause) {
        if (cause instanceof ClickHouseError)
          throw new EngineError(engineMessage(cause.message), Number(cause.code), { cause });
        const reason = cause instanceof Error ? engineMessage(cause.message || String(cause)) : String(cause);
        if (tries >= this.pausesS.length)
          throw new EngineError(`${this.place} does not answer: ${reason}`, null, { cause });
        this.say(`${this.place} does not answer (${reason}): trying again in ${this.pausesS[tries]} s`);
        await wait(this.pausesS[tries] * 1000);
      }
    }
  }
}
