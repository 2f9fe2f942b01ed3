import { csvCells } from './csv-line.ts';
import { NEEDED_FIELDS } from './flow-fields.ts';

/** What stands between cells: the comma first, then what spreadsheets write where a comma is the decimal point. */
const SEPARATORS = [',', ';', '\t', '|'] as const;

/** The header of a flow table: its columns, and what separates them. */
export interface CsvHeader {
  columns: string[];
  separator: string;
}

/** The header that a line is; null where it is none of a flow table. */
export function csvHeader(line: string): CsvHeader | null {
  for (const separator of SEPARATORS) {
    const columns = (csvCells(line, 0, separator) ?? []).map((name) => name.trim());
    if (NEEDED_FIELDS.every((name) => columns.includes(name))) return { columns, separator };
  }
  return null;
}
