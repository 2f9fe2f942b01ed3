import type { FlowBuilder } from './flow-builder.ts';
import { fieldsIn, FIRST_SEEN, isMissing, LAST_SEEN, lossesOf, OWN_FIELD, type TakenField } from './flow-fields.ts';
import { estimatePayload } from './flow-row.ts';
import { unguarded } from './formula-guard.ts';
import { type LogRead, LogReader } from './log-reader.ts';
import { LogTimes, MILLISECONDS } from './log-times.ts';
import { isUnanswered, lostWith, NEEDS_BOTH_WAYS, observedOf, shownBy } from './table-observed.ts';

/** A column of the table at hand: where its cells are, how a row takes one, and what is lost where one has no value. */
interface TableField {
  place: number;
  take: TakenField['take'];
  /** Whether a cell may have a guard before it. */
  isGuarded: boolean;
  isTime: boolean;
  lost: number;
}

/** Rows of a flow table with NFStream's column names, in any order, whatever file they lie in. */
export abstract class FlowTableReader extends LogReader {
  /** A table of flows means what it says: NFStream's own analysis of it takes every stamp to the letter. */
  protected override readonly isExact = true;
  protected columns: string[] = [];
  private fields: TableField[] = [];
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
    this.isOwn = columns.includes(OWN_FIELD);
    const hasGuards = guarded && this.isOwn;
    this.fields = fieldsIn(columns).map(({ field: { name, isText, take }, place }) => ({
      place,
      take,
      isGuarded: hasGuards && isText,
      isTime: name === FIRST_SEEN || name === LAST_SEEN,
      lost: lostWith(name),
    }));
    this.idPlace = columns.indexOf('id');
    this.hasIpBytes = columns.includes('src2dst_ip_bytes');
    this.hasPayload = columns.includes('src2dst_payload_bytes');
    this.hasObserved = columns.includes('observed');
    this.hasFailed = columns.includes('failed');
    this.shows = shownBy(columns);
  }

  protected addCells(cells: readonly string[], number: number): void {
    const { row, fields, start, isOwn } = this;
    let { shows } = this;
    row.lastMs = Number.NaN;
    for (const { place, take, isGuarded, isTime, lost } of fields) {
      let cell = cells[place];
      if (isGuarded) cell = unguarded(cell);
      // Of a table of our own an empty cell is an empty text, and "nan" a name.
      if (!isOwn && isMissing(cell)) {
        cell = '';
        shows &= ~lost;
      }
      take(row, isTime && cell !== '' ? this.milliseconds(cell) : cell);
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
