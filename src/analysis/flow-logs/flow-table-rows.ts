import type { FlowBuilder } from './flow-builder.ts';
import { fieldsIn, FIRST_SEEN, isMissing, LAST_SEEN, lossesOf, OWN_FIELD, type TakenField } from './flow-fields.ts';
import { estimatePayload } from './flow-row.ts';
import { unguarded } from './formula-guard.ts';
import { type LogRead, LogReader } from './log-reader.ts';
import { LogTimes, MILLISECONDS } from './log-times.ts';
import { isUnanswered, lostWith, NEEDS_BOTH_WAYS, observedOf, shownBy } from './table-observed.ts';

/** Rows of a flow table with NFStream's column names, in any order, whatever file they lie in. */
export abstract class FlowTableReader extends LogReader {
  /** A table of flows means what it says: NFStream's own analysis of it takes every stamp to the letter. */
  protected override readonly isExact = true;
  protected columns: string[] = [];
  private fields: { field: TakenField; place: number }[] = [];
  /** Places of cells that may have a guard before them. */
  private guarded: ReadonlySet<number> = new Set();
  private idPlace = -1;
  private hasIpBytes = false;
  private hasPayload = false;
  /** Whether the table was written here. */
  private isOwn = false;
  private hasObserved = false;
  private hasFailed = false;
  /** What the columns could show of a flow, and whether any flow was seen in both directions. */
  private shows = 0;
  private hasAnswers = false;
  /** Whether the flows so far have the ids 0, 1, 2, ...: only then an id leads to a flow. */
  private inOrder = true;

  constructor(builder: FlowBuilder, unit = 'line') {
    super(builder, unit, new LogTimes(MILLISECONDS));
  }

  protected setColumns(columns: string[], guarded: boolean): void {
    this.columns = columns;
    this.fields = fieldsIn(columns);
    this.isOwn = columns.includes(OWN_FIELD);
    const hasGuards = guarded && this.isOwn;
    this.guarded = new Set(hasGuards ? this.fields.filter(({ field }) => field.isText).map(({ place }) => place) : []);
    this.idPlace = columns.indexOf('id');
    this.hasIpBytes = columns.includes('src2dst_ip_bytes');
    this.hasPayload = columns.includes('src2dst_payload_bytes');
    this.hasObserved = columns.includes('observed');
    this.hasFailed = columns.includes('failed');
    this.shows = shownBy(columns);
  }

  protected addCells(cells: readonly string[], number: number): void {
    const { row, fields, guarded, start } = this;
    let { shows } = this;
    row.lastMs = Number.NaN;
    for (const { field, place } of fields) {
      const { name } = field;
      let cell = cells[place];
      if (guarded.has(place)) cell = unguarded(cell);
      // Of a table of our own an empty cell is an empty text, and "nan" a name.
      if (!this.isOwn && isMissing(cell)) {
        cell = '';
        shows &= ~lostWith(name);
      }
      field.take(row, cell !== '' && (name === FIRST_SEEN || name === LAST_SEEN) ? this.milliseconds(cell) : cell);
    }
    if (Number.isNaN(row.lastMs)) row.lastMs = row.firstMs;
    if (!this.hasIpBytes) {
      row.ipBytesSent = row.bytesSent;
      row.ipBytesReceived = row.bytesReceived;
    }
    if (!this.hasPayload) estimatePayload(row);
    if (!this.hasFailed) row.failed = isUnanswered(row, shows) ? 1 : 0;
    if (!this.hasObserved) row.observed = observedOf(row, shows);
    if (row.packetsReceived > 0) this.hasAnswers = true;
    row.key = this.idPlace < 0 ? '' : `#${cells[this.idPlace]}`;
    const place = this.builder.length;
    this.inOrder &&= cells[this.idPlace] === String(place - start);
    row.firstPiece = this.inOrder ? start + row.firstPiece : place;
    this.addRow(number);
  }

  /** A time as text of a number of milliseconds, cut off. What was written here is such, however small. */
  private milliseconds(cell: string): string {
    if (this.isOwn) return cell;
    const microseconds = this.times.read(cell.includes(',') && !cell.includes(':') ? cell.replace(',', '.') : cell);
    return String(Math.floor(microseconds / 1000));
  }

  override result(): LogRead {
    // A table in which nothing ever comes back is of one direction.
    if (!this.hasObserved && !this.hasAnswers) this.builder.forget(this.start, NEEDS_BOTH_WAYS);
    return super.result();
  }

  protected lacks(): string[] {
    return ['packets', ...lossesOf(this.columns)];
  }
}
