import { type CsvHeader, zeekCsvHeader } from './csv-header.ts';
import { BEFORE_HEADER, CsvRows } from './csv-rows.ts';
import { isMissing } from './flow-fields.ts';
import type { LogRead } from './log-reader.ts';
import { contentOf, type ZeekContent, ZeekReader } from './zeek-log.ts';
import { AS_ZEEK, namedValue, namingOf, pathOf } from './zeek-names.ts';
import type { ZeekValues } from './zeek-siblings.ts';

/** Fields that are numbers with fractions: spreadsheets write them with a comma where that is the decimal point. */
const FRACTIONAL: ReadonlySet<string> = new Set(['ts', 'duration']);

/** Zeek's logs as a table: their fields by name in the first line, and rows, with anything between cells. */
export class ZeekCsvReader extends ZeekReader {
  readonly format = 'Zeek CSV';
  private readonly rows = new CsvRows({
    row: (cells, number) => this.takeCells(cells, number),
    noRow: (_, number, ended) => this.faults.addShort(number, ended, this.rows.header.columns.length),
    early: (number) => this.faults.add(number, BEFORE_HEADER),
  });
  private naming = AS_ZEEK;
  private places = new Map<string, number>();
  private content: ZeekContent = null;
  private cells: string[] = [];
  private readonly cellOf = (name: string): string | undefined => {
    const cell = this.cells[this.places.get(name) ?? -1];
    return cell === undefined || isMissing(cell) ? undefined : cell;
  };
  private readonly value: ZeekValues = (field) => {
    const value = namedValue(this.naming, field, this.cellOf);
    // Between commas that part cells one parts thousands, as Kibana writes them: such a number is none.
    const isPoint = this.rows.header.separator !== ',' && FRACTIONAL.has(field) && !value?.includes(':');
    return isPoint ? value?.replace(',', '.') : value;
  };

  line(text: string, number: number, ended: boolean): void {
    const header = this.rows.headerIn(text, zeekCsvHeader);
    if (header === null) this.rows.line(text, number, ended);
    else this.setHeader(header);
  }

  override result(): LogRead {
    this.rows.end();
    return super.result();
  }

  private takeCells(cells: string[], number: number): void {
    this.cells = cells;
    const path = pathOf(this.naming, this.cellOf);
    const content = path === '' ? this.content : path === null ? null : contentOf(path, () => []);
    this.take(content, this.value, number);
  }

  private setHeader(header: CsvHeader): void {
    const { columns } = header;
    this.rows.begin(header);
    this.naming = namingOf((name) => columns.includes(name)) ?? AS_ZEEK;
    this.places = new Map(columns.map((name, place) => [name, place]));
    this.content = contentOf('', () => columns);
  }
}
