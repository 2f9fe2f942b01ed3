import { type CsvHeader, headerWith, rowCells } from './csv-header.ts';
import type { LineReader } from './lines.ts';
import { KEPT_IN } from './shipped.ts';

/** The header of a table of which a column may have events as they were; null where a line is none. */
export function keptHeader(line: string): CsvHeader | null {
  return headerWith(line, (has) => KEPT_IN.some(has));
}

/** The event that a row of such a table has; null where it is no whole row. */
export function keptCell(line: string, header: CsvHeader): string | null {
  const place = header.columns.findIndex((name) => KEPT_IN.includes(name));
  return rowCells(line, header)?.[place] ?? null;
}

/** Gives a reader of lines what stands in one column of a table, such as Splunk and Kibana export. */
export class CellLines implements LineReader {
  private readonly reader: LineReader;
  private header: CsvHeader | null = null;

  constructor(reader: LineReader) {
    this.reader = reader;
  }

  line(text: string, number: number, ended: boolean): void {
    if (this.header === null) this.header = keptHeader(text);
    else this.reader.line(keptCell(text, this.header) ?? text, number, ended);
  }

  tooLong(number: number): void {
    this.reader.tooLong(number);
  }
}
