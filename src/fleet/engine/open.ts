import { EmbeddedEngine } from './embedded.ts';
import { type Engine, EngineError } from './engine.ts';
import { ServerEngine } from './server.ts';

/** An engine, and the database in it that flows and findings are in. */
export interface Target {
  engine: Engine;
  database: string;
  /** Name of the cluster that the tables are spread over; null for one server. */
  cluster: string | null;
}

const DATABASE = 'beaconscope';

/**
 * Opens what `--to` and `--in` name: a folder, for ClickHouse in this process, or the URL of a server's HTTP interface,
 * which may name a database (its path) and a cluster (`?cluster=`). Credentials come from `CLICKHOUSE_USER` and
 * `CLICKHOUSE_PASSWORD` only: an URL stands in the shell's history. Throws an `EngineError`.
 *
 * @param say told what takes long: an installation, a lost connection
 */
export async function openTarget(place: string, say: (line: string) => void): Promise<Target> {
  if (!/^https?:\/\//i.test(place)) {
    return { engine: await EmbeddedEngine.open(place, say), database: DATABASE, cluster: null };
  }
  const { server, database, cluster } = serverIn(place);
  const { CLICKHOUSE_USER: user = 'default', CLICKHOUSE_PASSWORD: password = '' } = process.env;
  return { engine: new ServerEngine({ url: server, user, password }, say), database, cluster };
}

/** The parts of a server's URL. Throws an `EngineError`. */
export function serverIn(place: string): { server: string; database: string; cluster: string | null } {
  if (!URL.canParse(place)) throw new EngineError('the address of the server is not a URL');
  const url = new URL(place);
  if (url.username !== '' || url.password !== '')
    throw new EngineError('credentials belong into CLICKHOUSE_USER and CLICKHOUSE_PASSWORD, not into the URL');
  for (const key of url.searchParams.keys())
    if (key !== 'cluster') throw new EngineError(`the URL has a parameter that means nothing here: ${key}`);
  const database = decodeURIComponent(url.pathname.slice(1)) || DATABASE;
  return { server: url.origin, database, cluster: url.searchParams.get('cluster') };
}
