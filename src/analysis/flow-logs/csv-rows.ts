import { type CsvHeader, NO_HEADER, rowCells } from './csv-header.ts';

/** Lines that one row may take where a quoted cell has line ends in it. */
const MOST_LINES = 32;
/** Rows begin with a number, mostly: what begins with a letter may be a header, of other columns perhaps. */
const MAY_BE_HEADER = /^"?[@a-z_]/i;
/** What is said of a line before the first header. */
export const BEFORE_HEADER = 'it stands before the header';
/** Spreadsheets say what separates cells. */
const SAYS_SEPARATOR = /^(?:sep=.)?\s*$/i;

/** What takes the rows of a table; numbers are those of lines, from 1. */
export interface RowTaker {
  row: (cells: string[], number: number, ended: boolean) => void;
  /** A line that is part of no row; `ended` is false where the file ends without a line end behind it. */
  noRow: (line: string, number: number, ended: boolean) => void;
  /** A line before the first header: nobody knows what it is. */
  early?: (number: number) => void;
}

/** Makes rows of the lines of a table: one whose quoted cell has line ends in it stands on several. */
export class CsvRows {
  header: CsvHeader = NO_HEADER;
  private readonly taker: RowTaker;
  /** Lines that begin a row whose quoted cell has not ended, and the number of the first. */
  private open: string[] = [];
  private openedAt = 0;

  constructor(taker: RowTaker) {
    this.taker = taker;
  }

  /** The header that a line is, which joined files have further on, too; null where it is none. */
  headerIn(text: string, headerOf: (text: string) => CsvHeader | null): CsvHeader | null {
    const mayBe = this.header === NO_HEADER || text.startsWith(this.header.opening) || MAY_BE_HEADER.test(text);
    return mayBe ? headerOf(text) : null;
  }

  /** Takes a header. */
  begin(header: CsvHeader): void {
    this.end();
    this.header = header;
  }

  /** Takes a line that is no header. */
  line(text: string, number: number, ended: boolean): void {
    if (text === '' && this.open.length === 0) return;
    if (this.header === NO_HEADER) {
      if (!SAYS_SEPARATOR.test(text)) this.taker.early?.(number);
      return;
    }
    const cells = rowCells(text, this.header);
    if (cells !== null) {
      this.end();
      this.taker.row(cells, number, ended);
    } else if (!ended && !this.closes(text)) {
      this.end();
      this.taker.noRow(text, number, ended);
    } else {
      this.takePart(text, number, ended);
    }
  }

  /** Gives up the lines of a row that came to no end. */
  end(): void {
    const { open, openedAt } = this;
    this.open = [];
    for (let line = 0; line < open.length; line++) this.taker.noRow(open[line], openedAt + line, true);
  }

  /** Whether a line ends the row that is open. */
  private closes(text: string): boolean {
    return this.open.length > 0 && countQuotes(text) % 2 === 1;
  }

  /** Takes a line that is no whole row: the beginning of one with line ends inside quotes, or a later part of it. */
  private takePart(text: string, number: number, ended: boolean): void {
    const { open } = this;
    const isOdd = countQuotes(text) % 2 === 1;
    if (open.length === 0) {
      if (isOdd) [this.open, this.openedAt] = [[text], number];
      else this.taker.noRow(text, number, ended);
      return;
    }
    open.push(text);
    if (!isOdd && open.length < MOST_LINES) return;
    const cells = isOdd ? rowCells(open.join('\n'), this.header) : null;
    if (cells === null) this.end();
    else {
      this.open = [];
      this.taker.row(cells, this.openedAt, ended);
    }
  }
}

function countQuotes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count++;
  return count;
}
