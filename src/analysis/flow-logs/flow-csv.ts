import { csvHeader } from './csv-header.ts';
import { CsvRows } from './csv-rows.ts';
import { OWN_FIELD } from './flow-fields.ts';
import { FlowTableReader } from './flow-table-rows.ts';

/** Flows as CSV: NFStream's, or our own. A header further on, as joined files have it, counts from there. */
export class FlowCsvReader extends FlowTableReader {
  format = 'NFStream CSV';
  private readonly rows = new CsvRows({
    row: (cells, number) => this.addCells(cells, number),
    noRow: (_, number, ended) => this.faults.addShort(number, ended, this.columns.length),
  });

  line(text: string, number: number, ended: boolean): void {
    const { rows } = this;
    const header = this.columns.length === 0 || text.startsWith(rows.header.opening) ? csvHeader(text) : null;
    if (header !== null) {
      rows.begin(header);
      this.setColumns(header.columns, true);
      if (this.columns.includes(OWN_FIELD)) this.format = 'flows CSV';
    } else if (this.columns.length > 0) {
      rows.line(text, number, ended);
    } else if (text !== '' && !/^sep=.$/i.test(text)) {
      // Spreadsheets say what separates cells; of anything else nobody knows what it is.
      this.faults.add(number, 'it stands before the header');
    }
  }

  override result(): ReturnType<FlowTableReader['result']> {
    this.rows.end();
    return super.result();
  }
}
