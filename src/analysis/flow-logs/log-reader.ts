import { ANYTHING_USED, type Warning } from '../capture.ts';
import type { FlowBuilder } from './flow-builder.ts';
import { emptyRow } from './flow-row.ts';
import { LogTimes } from './log-times.ts';
import { type JsonObject, jsonObject } from './json-line.ts';
import type { LineReader } from './lines.ts';
import { RowFaults } from './row-faults.ts';

/** What was read of one log. */
export interface LogRead {
  format: string;
  /** Flows that were taken. */
  flows: number;
  /** What the log does not say of its flows. */
  lacks: string[];
  /** What it lacks, too, where no log beside it has names of its flows. */
  missingNames: string | null;
  firstMs: number | null;
  lastMs: number | null;
  warnings: Warning[];
}

/** What stands for a file beside logs of which nothing is used. */
export const NOTHING_USED: Omit<LogRead, 'format'> = {
  flows: 0,
  lacks: [ANYTHING_USED],
  missingNames: null,
  firstMs: null,
  lastMs: null,
  warnings: [],
};

/** Takes the lines of a log, and adds its flows and names to a builder. */
export abstract class LogReader implements LineReader {
  abstract readonly format: string;
  protected readonly builder: FlowBuilder;
  protected readonly faults: RowFaults;
  protected readonly row = emptyRow();
  protected readonly times: LogTimes;
  /** Flows of other logs before this one. */
  protected readonly start: number;
  private flows = 0;
  private firstMs = Number.POSITIVE_INFINITY;
  private lastMs = Number.NEGATIVE_INFINITY;

  constructor(builder: FlowBuilder, unit = 'line', times = new LogTimes()) {
    this.builder = builder;
    this.start = builder.length;
    this.times = times;
    this.faults = new RowFaults(unit);
  }

  abstract line(text: string, number: number, ended: boolean): void;

  /** The JSON object that a line holds; null for an empty line, and for a fault. */
  protected objectIn(text: string, number: number, ended: boolean): JsonObject | null {
    if (text.trim() === '') return null;
    const object = jsonObject(text);
    if (object === null) this.faults.add(number, ended ? 'it is not a JSON object' : 'the file ends inside it');
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

  /** What else is to be said, asked for after the last line. */
  protected remarks(): Warning[] {
    return [];
  }

  result(): LogRead {
    const { flows, firstMs, lastMs } = this;
    return {
      format: this.format,
      flows,
      lacks: this.lacks(),
      missingNames: this.missingNames(),
      firstMs: flows === 0 ? null : firstMs,
      lastMs: flows === 0 ? null : lastMs,
      warnings: [...this.faults.warnings(), ...this.times.warnings(), ...this.remarks()],
    };
  }

  /** Adds `row` as a flow, or counts it as a row that cannot be read. */
  protected addRow(number: number): void {
    const { row } = this;
    const fault = this.builder.add(row);
    if (fault !== null) {
      this.faults.add(number, fault);
      return;
    }
    this.flows++;
    if (row.firstMs < this.firstMs) this.firstMs = row.firstMs;
    if (row.lastMs > this.lastMs) this.lastMs = row.lastMs;
  }
}
