import { csvCells } from './csv-line.ts';
import { NEEDED_FIELDS } from './flow-fields.ts';

/** What stands between cells: the comma first, then what spreadsheets write where a comma is the decimal point. */
const SEPARATORS = [',', ';', '\t', '|'] as const;

/** What every row of Zeek's about a connection has. */
const ZEEK_FIELDS = ['ts', 'id.orig_h', 'id.resp_h'];

/** The header of a flow table: its columns, and what separates them. */
export interface CsvHeader {
  columns: string[];
  separator: string;
}

/** The header that a line is; null where it is none of a flow table. */
export function csvHeader(line: string): CsvHeader | null {
  return headerWith(line, NEEDED_FIELDS);
}

/** The same of one of Zeek's logs that somebody made CSV of, or kept the names of its fields alone. */
export function zeekCsvHeader(line: string): CsvHeader | null {
  return line.startsWith('#') ? null : headerWith(line, ZEEK_FIELDS);
}

function headerWith(line: string, needed: readonly string[]): CsvHeader | null {
  // Looking for names is quick, and cutting a line of thousands of cells is not.
  if (!needed.every((name) => line.includes(name))) return null;
  for (const separator of SEPARATORS) {
    const columns = (csvCells(line, 0, separator) ?? []).map((name) => name.trim());
    if (needed.every((name) => columns.includes(name))) return { columns, separator };
  }
  return null;
}
