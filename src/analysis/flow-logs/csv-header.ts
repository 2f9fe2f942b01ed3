import { csvCells } from './csv-line.ts';
import { NEEDED_FIELDS } from './flow-fields.ts';
import { namingOf } from './zeek-names.ts';

/** What stands between cells: the comma first, then what spreadsheets write where a comma is the decimal point. */
export const SEPARATORS = [',', ';', '\t', '|'] as const;

/** The header of a table. */
export interface CsvHeader {
  columns: string[];
  /** What separates them, and whether blanks stand around that. */
  separator: string;
  isPadded: boolean;
  /** What it begins with, the first separator included. */
  opening: string;
}

export const NO_HEADER: CsvHeader = { columns: [], separator: ',', isPadded: false, opening: '' };

/** The cells of a row of a table; null where it is no whole one. */
export function rowCells(line: string, { columns, separator, isPadded }: CsvHeader): string[] | null {
  const cells = csvCells(line, columns.length, separator);
  return isPadded ? (cells?.map((cell) => cell.trim()) ?? null) : cells;
}

/** The header that a line is; null where it is none of a flow table. */
export function csvHeader(line: string): CsvHeader | null {
  return headerWith(line, (has) => NEEDED_FIELDS.every(has));
}

/** The same of one of Zeek's logs that somebody made CSV of, or kept the names of its fields alone. */
export function zeekCsvHeader(line: string): CsvHeader | null {
  return line.startsWith('#') ? null : headerWith(line, (has) => namingOf(has) !== null);
}

/** The header that a line is; null where its names are not those wanted. */
export function headerWith(line: string, isWanted: (has: (name: string) => boolean) => boolean): CsvHeader | null {
  // Looking for names is quick, and cutting a line of thousands of cells is not.
  if (!isWanted((name) => line.includes(name))) return null;
  for (const separator of SEPARATORS) {
    const cells = csvCells(line, 0, separator) ?? [];
    const columns = cells.map((name) => name.trim());
    if (!isWanted((name) => columns.includes(name))) continue;
    const isPadded = columns.some((name, place) => name !== cells[place]);
    return { columns, separator, isPadded, opening: line.slice(0, line.indexOf(separator) + 1) };
  }
  return null;
}
