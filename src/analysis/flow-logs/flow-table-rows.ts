import { fieldsIn, type FlowField, lossesOf, OWN_FIELD, TEXT_FIELDS } from './flow-fields.ts';
import { estimatePayload } from './flow-row.ts';
import { type LogRead, LogReader } from './log-reader.ts';
import { isUnanswered, NEEDS_BOTH_WAYS, observedOf, shownBy } from './table-observed.ts';

/** An apostrophe that `flowsCsv` put before a text, so that no spreadsheet runs it as a formula. */
const GUARD = "'";

/** Rows of a flow table with NFStream's column names, in any order, whatever file they lie in. */
export abstract class FlowTableReader extends LogReader {
  protected columns: string[] = [];
  private fields: { field: FlowField; place: number }[] = [];
  /** Places of cells that may have a guard before them. */
  private guarded: ReadonlySet<number> = new Set();
  private idPlace = -1;
  private hasIpBytes = false;
  private hasPayload = false;
  private hasObserved = false;
  private hasFailed = false;
  /** Flows of other logs before this one. */
  private readonly start: number = this.builder.length;
  /** What the columns could show of a flow, and whether any flow was seen in both directions. */
  private shows = 0;
  private hasAnswers = false;
  /** Whether the flows so far have the ids 0, 1, 2, ...: only then an id leads to a flow. */
  private inOrder = true;

  protected setColumns(columns: string[], guarded: boolean): void {
    this.columns = columns;
    this.fields = fieldsIn(columns);
    const hasGuards = guarded && columns.includes(OWN_FIELD);
    this.guarded = new Set(
      hasGuards ? this.fields.filter(({ field }) => TEXT_FIELDS.has(field.name)).map(({ place }) => place) : [],
    );
    this.idPlace = columns.indexOf('id');
    this.hasIpBytes = columns.includes('src2dst_ip_bytes');
    this.hasPayload = columns.includes('src2dst_payload_bytes');
    this.hasObserved = columns.includes('observed');
    this.hasFailed = columns.includes('failed');
    this.shows = shownBy(columns);
  }

  protected addCells(cells: readonly string[], number: number): void {
    const { row, fields, guarded, start } = this;
    row.lastMs = -1;
    for (const { field, place } of fields) {
      const cell = cells[place];
      field.take(row, guarded.has(place) && cell.startsWith(GUARD) ? cell.slice(1) : cell);
    }
    if (row.lastMs === -1) row.lastMs = row.firstMs;
    if (!this.hasIpBytes) {
      row.ipBytesSent = row.bytesSent;
      row.ipBytesReceived = row.bytesReceived;
    }
    if (!this.hasPayload) estimatePayload(row);
    if (!this.hasFailed) row.failed = isUnanswered(row, this.shows) ? 1 : 0;
    if (!this.hasObserved) row.observed = observedOf(row, this.shows);
    if (row.packetsReceived > 0) this.hasAnswers = true;
    const place = this.builder.length;
    this.inOrder &&= cells[this.idPlace] === String(place - start);
    row.firstPiece = this.inOrder ? start + row.firstPiece : place;
    this.addRow(number);
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
