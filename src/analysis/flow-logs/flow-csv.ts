import { csvCells } from './csv-line.ts';
import { NEEDED_FIELDS, OWN_FIELD } from './flow-fields.ts';
import { FlowTableReader } from './flow-table-rows.ts';

/** Whether a line is the header of a flow table. */
export function isFlowCsvHeader(line: string): boolean {
  const columns = columnsOf(line);
  return NEEDED_FIELDS.every((name) => columns.includes(name));
}

/** Flows as CSV: NFStream's, or our own. A header further on, as joined files have it, counts from there. */
export class FlowCsvReader extends FlowTableReader {
  format = 'NFStream CSV';

  line(text: string, number: number, ended: boolean): void {
    if (text === '') return;
    if (this.columns.length === 0 || isFlowCsvHeader(text)) {
      this.setColumns(columnsOf(text), true);
      if (this.columns.includes(OWN_FIELD)) this.format = 'flows CSV';
      return;
    }
    const cells = csvCells(text, this.columns.length);
    if (cells !== null) this.addCells(cells, number);
    else if (!ended) this.faults.add(number, 'the file ends inside it');
    else this.faults.add(number, `it does not have the ${this.columns.length} cells of the header`);
  }
}

/** A header's names, without the byte-order mark that some editors put before them. */
function columnsOf(line: string): string[] {
  return csvCells(line.replace(/^\u00ef\u00bb\u00bf/, ''), 0) ?? [];
}
