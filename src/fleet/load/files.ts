import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { recordsOf } from '../engine/native-read.ts';
import type { Target } from '../engine/open.ts';
import { removal, tableName } from '../schema/tables.ts';

/** What is known of a file: the table `files` has a row for each change of it. */
export interface FileNote {
  digest: string;
  name: string;
  format: string;
  bytes: number;
  flows: number;
  blocks: number;
  /** Warnings and what the file does not say, a line each. */
  notes: string;
  /** Bits of `OBSERVED` that none of its flows could show. */
  unobserved: number;
}

/** Whether a file may be loaded now, under which number, and which of its blocks are there already. */
export type Claim =
  | { kind: 'loaded'; flows: number }
  | { kind: 'busy'; loader: string }
  | { kind: 'mine'; file: number; blocks: Map<number, number>; again: boolean };

/** A loader that did not say for this long that it is at work is gone. */
const SILENT_MS = 60_000;
/** File numbers are the moment of the first claim and a random part: they go up with time, and fit into 53 bits. */
const RANDOM_BITS = 12;

/** The files that a database's flows came from, as one loader sees them. */
export class Files {
  readonly loader = `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`;
  private readonly target: Target;

  constructor(target: Target) {
    this.target = target;
  }

  /**
   * Asks to load a file. Of two loaders that ask at once the first to be written down has it; who takes over from one
   * that is gone goes on under the same number.
   */
  async claim(note: FileNote): Promise<Claim> {
    const before = await this.rows(note.digest);
    if (before.loaded !== null) return { kind: 'loaded', flows: before.loaded };
    const file = before.file ?? newFileNumber();
    await this.tell('loading', file, note);
    const now = await this.rows(note.digest);
    if (now.loaded !== null) return { kind: 'loaded', flows: now.loaded };
    if (now.owner !== this.loader && now.owner !== null) {
      await this.tell('left', file, note);
      return { kind: 'busy', loader: now.owner };
    }
    const again = before.file !== null;
    return { kind: 'mine', file: now.file ?? file, blocks: again ? await this.blocks(file) : new Map(), again };
  }

  /** Writes a change down: 'loading' (also as a word that it goes on), 'loaded', 'left' for a file given up. */
  async tell(state: 'loading' | 'loaded' | 'left' | 'removed', file: number, note: FileNote): Promise<void> {
    await this.target.engine.run(
      `INSERT INTO ${tableName(this.target.database, 'files')} ` +
        '(digest, file, loader, state, at, name, format, bytes, flows, blocks, notes, unobserved) ' +
        'SELECT {digest:String}, {file:UInt64}, {loader:String}, {state:String}, now64(3), ' +
        '{name:String}, {format:String}, {bytes:UInt64}, ' +
        '{flows:UInt64}, {blocks:UInt32}, {notes:String}, {unobserved:UInt16}',
      { ...note, file, loader: this.loader, state },
    );
  }

  /** Takes out what was loaded under the same name with another digest: it gave way to what is loaded now. */
  async removeOthers(note: FileNote): Promise<void> {
    const answer = await this.target.engine.read(
      `SELECT file, any(digest) AS was FROM ${tableName(this.target.database, 'files')} ` +
        'WHERE name = {name:String} AND digest != {digest:String} ' +
        "GROUP BY file HAVING argMax(state, at) != 'removed'",
      { name: note.name, digest: note.digest },
    );
    for (const { file, was } of recordsOf(answer)) {
      await this.tell('removed', Number(file), { ...note, digest: String(was) });
      await this.target.engine.run(removal(this.target), { file: Number(file) });
    }
  }

  /** Rows of each block of a file that are in the engine. */
  async blocks(file: number): Promise<Map<number, number>> {
    const answer = await this.target.engine.read(
      `SELECT block, count() AS flows FROM ${tableName(this.target.database, 'flows')} ` +
        'WHERE file = {file:UInt64} GROUP BY block',
      { file },
    );
    return new Map(recordsOf(answer).map(({ block, flows }) => [Number(block), Number(flows)]));
  }

  private async rows(digest: string): Promise<{ loaded: number | null; file: number | null; owner: string | null }> {
    const answer = await this.target.engine.read(
      "SELECT file, loader, CAST(argMax(state, at), 'String') AS state, argMax(flows, at) AS flows, " +
        'toUnixTimestamp64Milli(min(at)) AS first, ' +
        'toUnixTimestamp64Milli(now64(3)) - toUnixTimestamp64Milli(max(at)) AS silent ' +
        `FROM ${tableName(this.target.database, 'files')} WHERE digest = {digest:String} ` +
        'GROUP BY file, loader ORDER BY first, loader',
      { digest },
    );
    const rows = recordsOf(answer);
    const removed = rows.findLastIndex(({ state }) => state === 'removed');
    const current = rows.slice(removed + 1);
    const loaded = current.find(({ state }) => state === 'loaded');
    const owner = current.find(({ state, silent, loader }) => {
      return (
        state === 'loading' && (loader === this.loader || (Number(silent) < SILENT_MS && this.mayLive(String(loader))))
      );
    });
    return {
      loaded: loaded === undefined ? null : Number(loaded['flows']),
      file: current.length === 0 ? null : Number(current[0]['file']),
      owner: owner === undefined ? null : String(owner['loader']),
    };
  }

  /**
   * Whether another loader can be at work: not where this program has the engine alone, nor when its process is gone.
   */
  private mayLive(loader: string): boolean {
    if (this.target.engine.isAlone) return false;
    const [host, process_] = loader.split(':');
    if (host !== hostname()) return true;
    try {
      process.kill(Number(process_), 0);
      return true;
    } catch {
      return false;
    }
  }
}

function newFileNumber(): number {
  return Date.now() * 2 ** RANDOM_BITS + (randomBytes(2).readUInt16LE() % 2 ** RANDOM_BITS);
}
