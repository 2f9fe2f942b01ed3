import { type BasicType, ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { FLOW_FIELDS, type FlowField, TEXT_FIELDS } from '../analysis/flow-logs/flow-fields.ts';
import type { FlowColumns } from '../analysis/flows/columns.ts';

/** Rows of a row group: what is made, and what a reader has to unpack, at a time. */
const GROUP_ROWS = 1 << 16;

/**
 * The flows as Parquet, in pieces of bytes, with the columns of `flowsCsv` under the same names: whole numbers as INT64,
 * text as strings, packed with Snappy.
 */
export function* flowsParquet(flows: FlowColumns): Generator<Uint8Array<ArrayBuffer>> {
  const pieces = new PieceWriter();
  const schema = schemaFromColumnData({ columnData: columnsOf(flows, 0, 0) });
  const parquet = new ParquetWriter({ writer: pieces, schema, createdBy: 'beaconscope' });
  for (let start = 0; start < flows.length; start += GROUP_ROWS) {
    const end = Math.min(flows.length, start + GROUP_ROWS);
    const columnData = columnsOf(flows, start, end).map(({ name, data }) => ({ name, data }));
    void parquet.write({ columnData, rowGroupSize: GROUP_ROWS });
    yield pieces.take();
  }
  void parquet.finish();
  yield pieces.take();
}

function columnsOf(flows: FlowColumns, start: number, end: number): ColumnSource[] {
  return FLOW_FIELDS.map((field) => column(field, flows, start, end));
}

function column({ name, of }: FlowField, flows: FlowColumns, start: number, end: number): ColumnSource {
  const values = Array.from({ length: end - start }, (_, index) => of(flows, start + index));
  const text = TEXT_FIELDS.has(name);
  const type: BasicType = text ? 'STRING' : 'INT64';
  return { name, type, nullable: false, data: text ? values : BigInt64Array.from(values, (value) => BigInt(value)) };
}

/** Hands out what was written so far, and keeps only what comes after. */
class PieceWriter extends ByteWriter {
  take(): Uint8Array<ArrayBuffer> {
    const piece = new Uint8Array(this.getBuffer());
    this.index = 0;
    return piece;
  }
}
