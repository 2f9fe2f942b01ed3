import { firstMsOf, type FlowColumns } from '../flows/columns.ts';
import { EndsIndex } from './ends-index.ts';

/** Zones lie apart by whole quarters of an hour, from twelve hours behind UTC to fourteen ahead. */
const QUARTER_MS = 900_000;
const MOST_QUARTERS = 56;
/** How far apart the clocks of a capture and of a log may be, in milliseconds. */
const CLOCKS_MS = 1000;
/** So many flows at least tell a zone, or all of a log of fewer. */
const FEWEST = 3;
/** Flows between the same ends that a row is held against. */
const MOST_FLOWS = 8;

/** Rows [start, end) of a log whose times have no zone, and by how much they were moved, in milliseconds. */
interface ZonelessRows {
  start: number;
  end: number;
  shiftMs: number;
}

/** Logs whose times have no zone. They are read as UTC, but where packets of the same flows tell what zone they are of. */
export class ZonelessLogs {
  private readonly logs: ZonelessRows[] = [];

  add(start: number, end: number): void {
    if (end > start) this.logs.push({ start, end, shiftMs: 0 });
  }

  /** By how much the log whose rows begin at `start` was moved, in milliseconds. */
  shiftOf(start: number): number {
    return this.logs.find((log) => log.start === start)?.shiftMs ?? 0;
  }

  /**
   * Moves the rows of each log to the time that packets say.
   *
   * @param packetsFrom the first flow of packets: those behind it are, too
   */
  align(flows: FlowColumns, packetsFrom: number): void {
    if (this.logs.length === 0 || packetsFrom === flows.length) return;
    const index = new EndsIndex(flows, packetsFrom, flows.length);
    for (const log of this.logs) {
      log.shiftMs = shiftOf(flows, log, index);
      if (log.shiftMs === 0) continue;
      for (let row = log.start; row < log.end; row++) flows.sinceMs[row] += log.shiftMs;
    }
  }
}

/** How far behind the packets of the same flows most rows of a log lie, where that is a zone's difference; else 0. */
function shiftOf(flows: FlowColumns, { start, end }: ZonelessRows, index: EndsIndex): number {
  /** By quarters of an hour: rows that lie so far behind a flow between the same ends. */
  const votes = new Map<number, number>();
  let known = 0;
  for (let row = start; row < end; row++) {
    const found = index.alike(row).subarray(0, MOST_FLOWS);
    if (found.length === 0) continue;
    known++;
    const behind = new Set(Array.from(found, (flow) => firstMsOf(flows, flow) - firstMsOf(flows, row)).map(quartersOf));
    for (const quarters of behind) votes.set(quarters, (votes.get(quarters) ?? 0) + 1);
  }
  votes.delete(Number.NaN);
  const [quarters, count] = [...votes].reduce((most, vote) => (vote[1] > most[1] ? vote : most), [0, 0]);
  return count >= Math.min(FEWEST, end - start) && 2 * count > known ? quarters * QUARTER_MS : 0;
}

/** Whole quarters of an hour that a time comes to; NaN where it is none of a zone. */
function quartersOf(ms: number): number {
  const quarters = Math.round(ms / QUARTER_MS);
  return Math.abs(quarters) <= MOST_QUARTERS && Math.abs(ms - quarters * QUARTER_MS) <= CLOCKS_MS
    ? quarters
    : Number.NaN;
}
