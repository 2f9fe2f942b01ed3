import { type CsvHeader, headerWith, NO_HEADER } from './csv-header.ts';
import { CsvRows } from './csv-rows.ts';
import type { LineReader } from './lines.ts';
import { KEPT_IN } from './shipped.ts';

/** The header of a table of which a column may have events as they were; null where a line is none. */
export function keptHeader(line: string): CsvHeader | null {
  return headerWith(line, (has) => KEPT_IN.some(has));
}

/** Gives a reader of lines what stands in one column of a table, such as Splunk and Kibana export. */
export class CellLines implements LineReader {
  private readonly reader: LineReader;
  private place = 0;
  private readonly rows: CsvRows;

  constructor(reader: LineReader) {
    this.reader = reader;
    this.rows = new CsvRows({
      row: (cells, number, ended) => reader.line(cells[this.place], number, ended),
      noRow: (line, number, ended) => reader.line(line, number, ended),
    });
  }

  line(text: string, number: number, ended: boolean): void {
    const { rows } = this;
    const header = rows.header === NO_HEADER ? keptHeader(text) : null;
    if (header === null) {
      rows.line(text, number, ended);
      return;
    }
    rows.begin(header);
    this.place = header.columns.findIndex((name) => KEPT_IN.includes(name));
  }

  tooLong(number: number): void {
    this.reader.tooLong(number);
  }

  /** Gives what is left, when no line follows. */
  end(): void {
    this.rows.end();
  }
}
