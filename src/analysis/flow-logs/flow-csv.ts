import { csvHeader } from './csv-header.ts';
import { BEFORE_HEADER, CsvRows } from './csv-rows.ts';
import { OWN_FIELD } from './flow-fields.ts';
import { FlowTableReader } from './flow-table-rows.ts';

/** Flows as CSV: NFStream's, or our own. A header further on, as joined files have it, counts from there. */
export class FlowCsvReader extends FlowTableReader {
  format = 'NFStream CSV';
  private readonly rows = new CsvRows({
    row: (cells, number) => this.addCells(cells, number),
    noRow: (_, number, ended) => this.faults.addShort(number, ended, this.columns.length),
    early: (number) => this.faults.add(number, BEFORE_HEADER),
  });

  line(text: string, number: number, ended: boolean): void {
    const header = this.rows.headerIn(text, csvHeader);
    if (header === null) {
      this.rows.line(text, number, ended);
      return;
    }
    this.rows.begin(header);
    this.setColumns(header.columns, true);
    if (this.columns.includes(OWN_FIELD)) this.format = 'flows CSV';
  }

  override result(): ReturnType<FlowTableReader['result']> {
    this.rows.end();
    return super.result();
  }
}
