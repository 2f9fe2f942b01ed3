import type { ByteReader, ByteSource } from 'pcap-ts-parser';
import type { Bound, Engine } from '../../engine/engine.ts';
import { readNative } from '../../engine/native-read.ts';
import type { Condition } from '../../hunt/question.ts';
import type { Relation } from './relation.ts';
import type { Shape } from './shapes.ts';

/** Rows that are asked for at a time. */
const PAGE_ROWS = 500_000;

/** Rows of a relation, and how they are written. */
export interface RowsWanted {
  relation: Pick<Relation, 'text' | 'bound'>;
  shape: Shape;
  where: Condition;
  /** How many there are. */
  rows: number;
}

/**
 * Rows that an engine has, as the bytes of a log: read as any other log is, whenever they are asked for in the same
 * order. An `EngineError` comes through.
 */
export function rowsSource(engine: Engine, name: string, wanted: RowsWanted): ByteSource {
  return { name, size: null, open: () => new RowsReader(engine, wanted) };
}

class RowsReader implements ByteReader {
  private readonly engine: Engine;
  private readonly wanted: RowsWanted;
  private readonly pages: number;
  private page = 0;
  private held: Uint8Array;

  constructor(engine: Engine, wanted: RowsWanted) {
    this.engine = engine;
    this.wanted = wanted;
    this.pages = wanted.shape.id === null ? Math.max(1, Math.ceil(wanted.rows / PAGE_ROWS)) : 1;
    this.held = Buffer.from(wanted.shape.header);
  }

  async read(space: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    while (this.held.length === 0 && this.page < this.pages) this.held = await this.nextPage();
    const piece = space.subarray(0, Math.min(space.length, this.held.length));
    piece.set(this.held.subarray(0, piece.length));
    this.held = this.held.subarray(piece.length);
    return piece;
  }

  async close(): Promise<void> {
    this.held = new Uint8Array(0);
    this.page = this.pages;
  }

  private async nextPage(): Promise<Uint8Array> {
    const { relation, shape, where } = this.wanted;
    const format = shape.kind === 'flow-csv' ? 'CSV' : 'TSV';
    const line = `formatRow('${format}', ${shape.cells.join(', ')})`;
    const number = shape.id ?? 'cityHash64(line)';
    const query =
      `SELECT line FROM (SELECT ${line} AS line, ${number} AS number FROM ${relation.text} WHERE ${where.text}) ` +
      `WHERE number % {pages:UInt32} = {page:UInt32} OR {pages:UInt32} = 1 ORDER BY number, line`;
    const bound: Bound = { ...relation.bound, ...where.bound, pages: this.pages, page: this.page++ };
    return textsOf(await this.engine.read(query, bound));
  }
}

/** All texts of the one column of an answer, one after another. */
function textsOf(answer: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (const { texts } of readNative(answer)) {
    for (const { bytes, starts, ends } of texts.values())
      for (let row = 0; row < starts.length; row++) pieces.push(bytes.subarray(starts[row], ends[row]));
  }
  return Buffer.concat(pieces);
}
