import { type BasicType, ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { FLOW_FIELDS, type FlowColumns } from '../analysis/flows/columns.ts';
import { rowsInOrder } from '../analysis/report/rank.ts';
import type { OrderName, Report } from '../analysis/report/report.ts';
import { type Case, NO_CASE } from '../analysis/report/case.ts';
import { connectionColumns } from './csv.ts';

/** Rows of a row group: what is made, and what a reader has to unpack, at a time. */
const GROUP_ROWS = 1 << 16;

/** A column to write: its name, how values are stored, and the values of some rows. */
interface Column {
  name: string;
  type: BasicType;
  data: (start: number, end: number) => ColumnSource['data'];
}

/**
 * The flows as Parquet, in pieces of bytes, with the columns of `flowsCsv` under the same names: whole numbers as
 * INT64, text as strings, packed with Snappy.
 */
export function flowsParquet(flows: FlowColumns): Generator<Uint8Array<ArrayBuffer>> {
  const columns = FLOW_FIELDS.map(({ name, unit, of }): Column => {
    const values = (start: number, end: number) =>
      Array.from({ length: end - start }, (_, at) => of(flows, start + at));
    if (unit === 'text') return { name, type: 'STRING', data: values };
    return {
      name,
      type: 'INT64',
      data: (start, end) => BigInt64Array.from(values(start, end), (value) => BigInt(value)),
    };
  });
  return parquet(columns, flows.length, false);
}

/**
 * The listed connections as Parquet, in pieces of bytes, in `order` or the rows given, with the columns of
 * `connectionsCsv` under the same names: numbers as DOUBLE, text as strings, null where there is no value, packed with
 * Snappy.
 */
export function connectionsParquet(
  report: Report,
  order: OrderName | Uint32Array,
  remarks: Case = NO_CASE,
): Generator<Uint8Array<ArrayBuffer>> {
  const rows = typeof order === 'string' ? rowsInOrder(report.connections, order) : order;
  const columns = connectionColumns(report, remarks).map(({ name, unit, of }): Column => {
    const data = (start: number, end: number) => Array.from(rows.subarray(start, end), of);
    return { name, type: unit === 'text' ? 'STRING' : 'DOUBLE', data };
  });
  return parquet(columns, rows.length, true);
}

function* parquet(columns: readonly Column[], length: number, nullable: boolean): Generator<Uint8Array<ArrayBuffer>> {
  const pieces = new PieceWriter();
  const described = columns.map(({ name, type }): ColumnSource => ({ name, type, nullable, data: [] }));
  const schema = schemaFromColumnData({ columnData: described });
  const writer = new ParquetWriter({ writer: pieces, schema, createdBy: 'beaconscope' });
  for (let start = 0; start < length; start += GROUP_ROWS) {
    const end = Math.min(length, start + GROUP_ROWS);
    void writer.write({
      columnData: columns.map(({ name, data }) => ({ name, data: data(start, end) })),
      rowGroupSize: GROUP_ROWS,
    });
    yield pieces.take();
  }
  void writer.finish();
  yield pieces.take();
}

/** Hands out what was written so far, and keeps only what comes after. */
class PieceWriter extends ByteWriter {
  take(): Uint8Array<ArrayBuffer> {
    const piece = new Uint8Array(this.getBuffer());
    this.index = 0;
    return piece;
  }
}
