import type { Target } from '../engine/open.ts';
import { recordsOf } from '../engine/native-read.ts';
import { tableName } from '../schema/tables.ts';

/** Verdicts that are read at a time, those of the connections that were judged last. */
const MOST_VERDICTS = 10_000;

/** One connection: what flows are grouped by. */
export interface Ends {
  source: string;
  destination: string;
  port: number;
}

/** A verdict as it was given. */
export interface GivenVerdict {
  verdict: string;
  note: string;
  analyst: string;
  atMs: number;
}

/** What was said of a connection last. */
export type LatestVerdict = Ends & Pick<GivenVerdict, 'verdict' | 'note'>;

/** The condition that a row is of a connection, whose ends are bound. */
export const OF_ENDS = 'src_ip = {source:String} AND dst_ip = {destination:String} AND dst_port = {port:UInt16}';

/** Writes down what an analyst says of a connection; what was said before stays beside it. Throws an `EngineError`. */
export async function giveVerdict(
  { engine, database }: Target,
  { source, destination, port }: Ends,
  { verdict, note, analyst }: Omit<GivenVerdict, 'atMs'>,
): Promise<void> {
  await engine.run(
    `INSERT INTO ${tableName(database, 'verdicts')} (src_ip, dst_ip, dst_port, verdict, note, analyst, at) ` +
      'SELECT {source:String}, {destination:String}, {port:UInt16}, {verdict:String}, {note:String}, ' +
      '{analyst:String}, now64(3)',
    { source, destination, port, verdict, note, analyst },
  );
}

/** What analysts said of a connection, the latest first. Throws an `EngineError`. */
export async function verdictsOf(
  { engine, database }: Target,
  { source, destination, port }: Ends,
): Promise<GivenVerdict[]> {
  const answer = await engine.read(
    "SELECT CAST(verdict, 'String') AS said, note, analyst, toUnixTimestamp64Milli(at) AS at_ms " +
      `FROM ${tableName(database, 'verdicts')} WHERE ${OF_ENDS} ORDER BY at DESC`,
    { source, destination, port },
  );
  return recordsOf(answer).map(({ said, note, analyst, at_ms }) => ({
    verdict: String(said),
    note: String(note),
    analyst: String(analyst),
    atMs: Number(at_ms),
  }));
}

/**
 * What analysts said last of each connection, of those that were judged last, and of how many more they said something.
 * Throws an `EngineError`.
 */
export async function latestVerdicts(
  { engine, database }: Target,
  most = MOST_VERDICTS,
): Promise<{ verdicts: LatestVerdict[]; leftOut: number }> {
  const answer = await engine.read(
    "SELECT src_ip, dst_ip, dst_port, CAST(argMax(verdict, at), 'String') AS said, argMax(note, at) AS remark, " +
      'count() OVER () AS judged ' +
      `FROM ${tableName(database, 'verdicts')} GROUP BY src_ip, dst_ip, dst_port ORDER BY max(at) DESC ` +
      'LIMIT {most:UInt64}',
    { most },
  );
  const rows = recordsOf(answer);
  const verdicts = rows.map(({ src_ip: source, dst_ip: destination, dst_port: port, said, remark }) => ({
    source: String(source),
    destination: String(destination),
    port: Number(port),
    verdict: String(said),
    note: String(remark),
  }));
  return { verdicts, leftOut: Number(rows[0]?.['judged'] ?? 0) - rows.length };
}

/** A connection as a hunt found it. */
export interface FoundThen {
  hunt: number;
  points: number;
  badge: string;
  score: number;
  flows: number;
  reasons: string;
}

/** What hunts found of a connection, the first one first. Throws an `EngineError`. */
export async function historyOf(
  { engine, database }: Target,
  { source, destination, port }: Ends,
): Promise<FoundThen[]> {
  const answer = await engine.read(
    "SELECT hunt, any(points) AS sum, CAST(any(badge), 'String') AS mark, any(score) AS rhythm, any(flows) AS count, " +
      `any(reasons) AS why FROM ${tableName(database, 'findings')} WHERE ${OF_ENDS} GROUP BY hunt ORDER BY hunt`,
    { source, destination, port },
  );
  return recordsOf(answer).map(({ hunt, sum, mark, rhythm, count, why }) => ({
    hunt: Number(hunt),
    points: Number(sum),
    badge: String(mark),
    score: Number(rhythm),
    flows: Number(count),
    reasons: String(why),
  }));
}
