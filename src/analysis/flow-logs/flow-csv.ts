import { csvHeader, NO_HEADER, rowCells } from './csv-header.ts';
import { OWN_FIELD } from './flow-fields.ts';
import { FlowTableReader } from './flow-table-rows.ts';

/** Lines that one row may take where a quoted cell has line ends in it. */
const MOST_LINES = 32;

/** Flows as CSV: NFStream's, or our own. A header further on, as joined files have it, counts from there. */
export class FlowCsvReader extends FlowTableReader {
  format = 'NFStream CSV';
  private header = NO_HEADER;
  /** Lines that begin a row whose quoted cell has not ended, the number of the first, and whether a cell is open. */
  private open: string[] = [];
  private openedAt = 0;

  line(text: string, number: number, ended: boolean): void {
    if (text === '' && this.open.length === 0) return;
    const header = this.columns.length === 0 || text.startsWith(this.header.opening) ? csvHeader(text) : null;
    if (header !== null) {
      this.giveUp(number);
      this.header = header;
      this.setColumns(header.columns, true);
      if (this.columns.includes(OWN_FIELD)) this.format = 'flows CSV';
      return;
    }
    if (this.columns.length === 0) {
      // Spreadsheets say what separates cells; of anything else nobody knows what it is.
      if (!/^sep=.$/i.test(text)) this.faults.add(number, 'it stands before the header');
      return;
    }
    const cells = rowCells(text, this.header);
    if (cells !== null) {
      this.giveUp(number);
      this.addCells(cells, number);
    } else if (!ended) {
      this.giveUp(number);
      this.faults.add(number, 'the file ends inside it');
    } else {
      this.takePart(text, number);
    }
  }

  /** Takes a line that is no whole row: the beginning of one with line ends inside quotes, or a later part of it. */
  private takePart(text: string, number: number): void {
    const { open } = this;
    const quotes = countQuotes(text);
    if (open.length === 0) {
      if (quotes % 2 === 0) this.fault(number);
      else [this.open, this.openedAt] = [[text], number];
      return;
    }
    open.push(text);
    if (quotes % 2 === 0 && open.length < MOST_LINES) return;
    const cells = quotes % 2 === 0 ? null : rowCells(open.join('\n'), this.header);
    const first = this.openedAt;
    this.open = [];
    if (cells !== null) this.addCells(cells, first);
    else for (let line = first; line <= number; line++) this.fault(line);
  }

  override result(): ReturnType<FlowTableReader['result']> {
    this.giveUp(Number.MAX_SAFE_INTEGER);
    return super.result();
  }

  /** Counts the lines of a row that came to no end before line `number` as ones that cannot be read. */
  private giveUp(number: number): void {
    const { open, openedAt } = this;
    this.open = [];
    for (let line = 0; line < open.length && openedAt + line < number; line++) this.fault(openedAt + line);
  }

  private fault(number: number): void {
    this.faults.add(number, `it does not have the ${this.columns.length} cells of the header`);
  }
}

function countQuotes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count++;
  return count;
}
