import { firstMsOf, type FlowColumns } from '../flows/columns.ts';
import { EndsIndex } from './ends-index.ts';
import { CLOCKS_MS } from './same-flows.ts';

/** Zones lie apart by whole quarters of an hour, from twelve hours behind UTC to fourteen ahead. */
const QUARTER_MS = 900_000;
const MOST_QUARTERS = 56;
/** So many flows at least tell a zone, or all of a log of fewer. */
const FEWEST = 3;
/** Flows between the same ends that a row is held against. */
const MOST_FLOWS = 8;

/** Rows [start, end) of a log whose times have no zone, and what packets tell of that; null where they tell nothing. */
interface ZonelessRows {
  start: number;
  end: number;
  ownMs: number | null;
}

/** What the times of a log without zones turned out to be: how far behind those of packets, and by what. */
export interface ToldZone {
  behindMs: number;
  /** Whether packets of its own flows tell it, not those of another log beside it; and whether it has flows. */
  isByOwn: boolean;
  hasFlows: boolean;
}

/** Logs whose times have no zone. They are read as UTC, but where packets of the same flows tell what zone they are of. */
export class ZonelessLogs {
  /** How far behind packets those lie that tell nothing themselves, in milliseconds: as far as all that do. */
  behindMs = 0;
  /** By file. */
  private readonly logs = new Map<number, ZonelessRows>();

  add(file: number, start: number, end: number): void {
    this.logs.set(file, { start, end, ownMs: null });
  }

  /** What packets tell of the times of a file, by its number; null for one that is right as it is. */
  zoneOf(file: number): ToldZone | null {
    const log = this.logs.get(file);
    if (log === undefined) return null;
    const behindMs = log.ownMs ?? this.behindMs;
    return behindMs === 0 ? null : { behindMs, isByOwn: log.ownMs !== null, hasFlows: log.end > log.start };
  }

  /**
   * Moves the rows of each log to the time that packets say.
   *
   * @param packetsFrom the first flow of packets: those behind it are, too
   */
  align(flows: FlowColumns, packetsFrom: number): void {
    if (this.logs.size === 0 || packetsFrom === flows.length) return;
    const index = new EndsIndex(flows, packetsFrom, flows.length);
    for (const log of this.logs.values()) log.ownMs = lagOf(flows, log, index);
    const told = new Set(Array.from(this.logs.values()).flatMap(({ ownMs }) => ownMs ?? []));
    const [only = 0] = told;
    this.behindMs = told.size === 1 ? only : 0;
    for (const { start, end, ownMs } of this.logs.values()) {
      const moveMs = ownMs ?? this.behindMs;
      if (moveMs === 0) continue;
      for (let row = start; row < end; row++) flows.sinceMs[row] += moveMs;
    }
  }
}

/** How far behind the packets of the same flows most rows of a log lie; null where that is no zone's difference. */
function lagOf(flows: FlowColumns, { start, end }: ZonelessRows, index: EndsIndex): number | null {
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
  return count > 0 && count >= Math.min(FEWEST, end - start) && 2 * count > known ? quarters * QUARTER_MS : null;
}

/** Whole quarters of an hour that a time comes to; NaN where it is none of a zone. */
function quartersOf(ms: number): number {
  const quarters = Math.round(ms / QUARTER_MS);
  return Math.abs(quarters) <= MOST_QUARTERS && Math.abs(ms - quarters * QUARTER_MS) <= CLOCKS_MS
    ? quarters
    : Number.NaN;
}
