import { ANYTHING_USED, type Warning } from '../capture.ts';
import type { FlowBuilder } from './flow-builder.ts';
import { Eras, isPossible } from './eras.ts';
import { giveRow, takeRow } from './flow-row.ts';
import { LogTimes } from './log-times.ts';
import { YEAR_MS } from '../flows/odd-frames.ts';
import { type JsonObject, jsonObject } from './json-line.ts';
import type { LineReader } from './lines.ts';
import { shippedObject, type ShippedIn } from './shipped.ts';
import { RowFaults } from './row-faults.ts';
import { countText } from '../count-text.ts';

/** What was read of one log. */
export interface LogRead {
  format: string;
  /** Flows that were taken. */
  flows: number;
  /** What the log does not say of its flows. */
  lacks: string[];
  /** What it lacks, too, where no log beside it has names of its flows. */
  missingNames: string | null;
  /** What it says of connections, where no log beside it has those; null for a log that has some, or says nothing of them. */
  missingFlows: string | null;
  firstMs: number | null;
  lastMs: number | null;
  warnings: Warning[];
}

/** What stands for a file beside logs of which nothing is used. */
export const NOTHING_USED: Omit<LogRead, 'format'> = {
  flows: 0,
  lacks: [ANYTHING_USED],
  missingNames: null,
  missingFlows: null,
  firstMs: null,
  lastMs: null,
  warnings: [],
};

const NO_ROWS: Warning = { kind: 'no-rows', offset: null, message: 'it has a header, but no rows' };

/** Takes the lines of a log, and adds its flows and names to a builder. */
export abstract class LogReader implements LineReader {
  abstract readonly format: string;
  protected readonly builder: FlowBuilder;
  protected readonly faults: RowFaults;
  protected readonly row = takeRow();
  protected readonly times: LogTimes;
  /** Where a shipper has put each row; null where rows stand by themselves. */
  shippedIn: ShippedIn | null = null;
  /** Rows that are of another log, and what log that is; null where no other is looked for. */
  other: { name: string; has: (object: JsonObject) => boolean } | null = null;
  private others = 0;
  /** Whether rows are taken as they stand, also with stamps that cannot be meant. */
  protected readonly isExact: boolean = false;
  /** Flows of other logs before this one. */
  protected readonly start: number;
  private flows = 0;
  /** Rows that were flows, say more of some, or are none of either: all but those that cannot be read. */
  protected understood = 0;
  private readonly eras = new Eras();
  private readonly unit: string;
  /** Rows whose end cannot be, and the first of them. */
  private endless = 0;
  private firstEndless = 0;
  /** The last stamp of a row that is no flow and may be right. */
  private besideMs = 0;

  constructor(builder: FlowBuilder, unit = 'line', times = new LogTimes()) {
    this.builder = builder;
    this.unit = unit;
    this.start = builder.length;
    this.times = times;
    this.faults = new RowFaults(unit);
  }

  abstract line(text: string, number: number, ended: boolean): void;

  /** The JSON object that a line holds; null for an empty line, for one of another log, and for a fault. */
  protected objectIn(text: string, number: number, ended: boolean): JsonObject | null {
    if (text.trim() === '') return null;
    const object = this.shippedIn === null ? jsonObject(text) : shippedObject(text, this.shippedIn);
    if (object === null) this.faults.add(number, ended ? 'it is not a JSON object' : 'the file ends inside it');
    else if (this.other?.has(object) === true) {
      this.others++;
      return null;
    }
    return object;
  }

  tooLong(number: number): void {
    this.faults.add(number, 'it is longer than any line of a log');
  }

  /** What a log of this kind does not say, asked for after the last line. */
  protected abstract lacks(): string[];

  /** What is lacking where no other log says it; null where nothing is. */
  protected missingNames(): string | null {
    return null;
  }

  /** What the log says of connections that it does not have; null for nothing. */
  protected missingFlows(): string | null {
    return null;
  }

  /** What else is to be said, asked for after the last line. */
  protected remarks(): Warning[] {
    return [];
  }

  /** What was read, when no line follows. */
  result(): LogRead {
    giveRow(this.row);
    const { flows, unit, faults } = this;
    const { firstMs, lastMs, isStray, warnings } = this.eras.sane(unit, this.isExact);
    if (isStray !== null) this.builder.moveStrays(this.start, isStray);
    if (this.times.hasZoneless) this.builder.addZoneless(this.start);
    return {
      format: this.format,
      flows,
      lacks: this.lacks(),
      missingNames: this.missingNames(),
      missingFlows: this.missingFlows(),
      firstMs: flows === 0 ? null : firstMs,
      lastMs: flows === 0 ? null : lastMs,
      warnings: [
        ...faults.warnings(),
        ...this.times.warnings(),
        ...warnings,
        ...othersSaid(this.others, this.other?.name ?? '', unit),
        ...endlessSaid(this.endless, `${unit} ${this.firstEndless}`),
        ...this.remarks(),
        ...(this.understood === 0 && faults.count === 0 ? [NO_ROWS] : []),
      ],
    };
  }

  /** What is wrong with a log of which no row could be read, once it is read; null for others. */
  unread(): string | null {
    const { understood, faults, unit } = this;
    if (understood > 0 || faults.count === 0) return null;
    const rows =
      faults.count === 1
        ? `its only ${unit} cannot be read`
        : `none of its ${countText(faults.count)} ${unit}s can be read`;
    return `${rows}; ${faults.first}`;
  }

  /** When a row beside flows is of: at its stamp, or at that of the one before where it cannot be. */
  protected saneMs(ms: number): number {
    if (isPossible(ms)) this.besideMs = ms;
    return isPossible(ms) || this.besideMs === 0 ? ms : this.besideMs;
  }

  /** Adds `row` as a flow, or counts it as a row that cannot be read. */
  protected addRow(number: number): void {
    const { row } = this;
    if (!this.isExact && Math.abs(row.lastMs - row.firstMs) > YEAR_MS) {
      if (this.endless++ === 0) this.firstEndless = number;
      row.lastMs = row.firstMs;
    }
    const fault = this.builder.add(row);
    if (fault !== null) {
      this.faults.add(number, fault);
      return;
    }
    this.flows++;
    this.understood++;
    this.eras.add(row.firstMs, row.lastMs, number);
  }
}

/** What is to be said of rows that are of another log. */
function othersSaid(count: number, name: string, unit: string): Warning[] {
  if (count === 0) return [];
  const rows = count === 1 ? `1 ${unit} of it is` : `${countText(count)} ${unit}s of it are`;
  return [
    { kind: 'other-log', offset: null, message: `${rows} of ${name}, and left out: give those as a file of their own` },
  ];
}

function endlessSaid(count: number, first: string): Warning[] {
  if (count === 0) return [];
  const rows =
    count === 1
      ? `1 row ends years from its start (${first})`
      : `${countText(count)} rows end years from their starts (first: ${first})`;
  return [{ kind: 'stray-stamps', offset: null, message: `${rows}: taken to end where it starts` }];
}
