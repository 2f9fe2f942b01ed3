import { type CsvHeader, zeekCsvHeader } from './csv-header.ts';
import { csvCells } from './csv-line.ts';
import { isMissing } from './flow-fields.ts';
import { contentOf, type ZeekContent, ZeekReader } from './zeek-log.ts';
import type { ZeekValues } from './zeek-siblings.ts';

/** Fields that have fractions: spreadsheets write them with a comma where that is the decimal point. */
const FRACTIONAL: ReadonlySet<string> = new Set(['ts', 'duration']);

/** Zeek's logs as a table: their fields by name in the first line, and rows, with anything between cells. */
export class ZeekCsvReader extends ZeekReader {
  readonly format = 'Zeek CSV';
  private header: CsvHeader | null = null;
  private places = new Map<string, number>();
  private content: ZeekContent = null;
  private cells: string[] = [];
  private readonly value: ZeekValues = (field) => {
    const cell = this.cells[this.places.get(field) ?? -1];
    if (cell === undefined || isMissing(cell)) return undefined;
    return FRACTIONAL.has(field) ? cell.replace(',', '.') : cell;
  };

  line(text: string, number: number, ended: boolean): void {
    if (text === '') return;
    // Joined files have a header further on.
    const header = this.header === null || text.startsWith(this.header.columns[0]) ? zeekCsvHeader(text) : null;
    if (header !== null) {
      this.header = header;
      this.places = new Map(header.columns.map((field, place) => [field, place]));
      this.content = contentOf('', () => header.columns);
      return;
    }
    if (this.header === null) return;
    const { columns, separator } = this.header;
    const cells = csvCells(text, columns.length, separator);
    if (cells !== null) {
      this.cells = cells;
      this.take(this.content, this.value, number);
    } else
      this.faults.add(
        number,
        ended ? `it does not have the ${columns.length} cells of the header` : 'the file ends inside it',
      );
  }
}
