import { PoolBuilder, type TextPool } from '../memory/text-pool.ts';
import type { FlowColumns } from './columns.ts';
import { PACKET_TRACES } from './name-sources.ts';

/** Fingerprints and headers of a table's rows: those of row `r` are at `offsets[r]` up to `offsets[r + 1]`. */
export interface RowTraces {
  offsets: Uint32Array;
  /** Indexes into `PACKET_TRACES`, and into `texts`; each pair once a row. */
  kind: Uint8Array;
  text: Uint32Array;
  texts: TextPool;
}

/**
 * Collects what the flows of each row say about the software that talked, kind after kind, in time linear in the flows.
 *
 * @param flowsOf the flows of a row
 */
export function rowTraces(flows: FlowColumns, length: number, flowsOf: (row: number) => Uint32Array): RowTraces {
  const pool = PoolBuilder.of(flows.texts);
  const offsets = new Uint32Array(length + 1);
  const kinds: number[] = [];
  const texts: number[] = [];
  /** By text: the row and kind it was last taken for, counted from 1. */
  const taken = new Uint32Array(flows.texts.length);
  for (let row = 0; row < length; row++) {
    const members = flowsOf(row);
    PACKET_TRACES.forEach((trace, kind) => {
      const column = flows[trace];
      const mark = row * PACKET_TRACES.length + kind + 1;
      for (const flow of members) {
        const text = column[flow];
        if (text === 0 || taken[text] === mark) continue;
        taken[text] = mark;
        kinds.push(kind);
        texts.push(pool.indexOf(text));
      }
    });
    offsets[row + 1] = kinds.length;
  }
  return { offsets, kind: Uint8Array.from(kinds), text: Uint32Array.from(texts), texts: pool.pool() };
}
