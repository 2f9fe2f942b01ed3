import { fieldsIn, type FlowField, lossesOf, OWN_FIELD } from './flow-fields.ts';
import { LogReader } from './log-reader.ts';

/** An apostrophe that `flowsCsv` put before a text, so that no spreadsheet runs it as a formula. */
const GUARD = "'";

/** Rows of a flow table with NFStream's column names, in any order, whatever file they lie in. */
export abstract class FlowTableReader extends LogReader {
  protected columns: string[] = [];
  private fields: { field: FlowField; place: number }[] = [];
  private guardedPlace = -1;

  protected setColumns(columns: string[], guarded: boolean): void {
    this.columns = columns;
    this.fields = fieldsIn(columns);
    this.guardedPlace = guarded && columns.includes(OWN_FIELD) ? columns.indexOf('requested_server_name') : -1;
  }

  protected addCells(cells: readonly string[], number: number): void {
    const { row, fields, guardedPlace } = this;
    row.lastMs = -1;
    for (const { field, place } of fields) {
      const cell = cells[place];
      field.take(row, place === guardedPlace && cell.startsWith(GUARD) ? cell.slice(1) : cell);
    }
    if (row.lastMs === -1) row.lastMs = row.firstMs;
    this.addRow(number);
  }

  protected lacks(): string[] {
    return ['packets', ...lossesOf(this.columns)];
  }
}
