import { gunzipSync } from 'fflate';
import { decompress as unpackZstd } from 'fzstd';
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
  snappyUncompress,
} from 'hyparquet';
import { type ByteSource, CaptureError } from 'pcap-ts-parser';
import type { FlowBuilder } from './flow-builder.ts';
import { FLOW_FIELDS, NEEDED_FIELDS } from './flow-fields.ts';
import { FlowTableReader } from './flow-table-rows.ts';

/** Rows read at a time; row groups of other writers may have millions. */
const BATCH_ROWS = 1 << 16;
/** A footer is not longer than this, whatever the file claims. */
const LONGEST_FOOTER = 1 << 26;
const FOOTER_END = 8;
/** Pages are a megabyte as a rule. */
const LONGEST_PAGE = 1 << 28;

/** What pandas, DuckDB and Spark write. */
const COMPRESSORS: Compressors = {
  SNAPPY: bounded((input, length) => {
    const output = new Uint8Array(length);
    snappyUncompress(input, output);
    return output;
  }),
  GZIP: bounded((input, length) => gunzipSync(input, { out: new Uint8Array(length) })),
  ZSTD: bounded((input, length) => unpackZstd(input, new Uint8Array(length))),
};

/** Flows as Parquet, with NFStream's column names. */
export class FlowParquetReader extends FlowTableReader {
  readonly format = 'Parquet';

  constructor(builder: FlowBuilder) {
    super(builder, 'row');
  }

  line(): never {
    throw new Error('Parquet has no lines');
  }

  /**
   * Reads all rows. Throws a `CaptureError` when the file is no flow table; a fault further on comes back, after what was
   * read before.
   */
  async read(source: ByteSource, onProgress: (bytes: number) => void): Promise<CaptureError | null> {
    const file = await fileOf(source);
    const metadata = await metadataOf(file);
    const names = parquetSchema(metadata).children.map(({ element }) => element.name);
    const columns = names.filter((name) => FLOW_FIELDS.some((field) => field.name === name));
    const missing = NEEDED_FIELDS.filter((name) => !columns.includes(name));
    if (missing.length > 0)
      throw new CaptureError('not-a-capture', 0, `a Parquet file without the column ${missing[0]} holds no flows`);
    this.setColumns(columns, false);
    const rows = Number(metadata.num_rows);
    for (const [rowStart, rowEnd] of batches(metadata)) {
      try {
        const options = { file, metadata, columns, rowStart, rowEnd, compressors: COMPRESSORS };
        const batch = (await parquetReadObjects(options)) as Record<string, unknown>[];
        batch.forEach((object, index) =>
          this.addCells(
            columns.map((name) => textOf(object[name])),
            rowStart + index + 1,
          ),
        );
      } catch (error) {
        return damaged(error);
      }
      onProgress(Math.round(file.byteLength * (rowEnd / rows)));
    }
    return null;
  }
}

/** Ranges of rows that lie in one row group each, since a group is unpacked anew for every range. */
function* batches({ row_groups: groups }: FileMetaData): Generator<[number, number]> {
  let start = 0;
  for (const { num_rows: count } of groups) {
    const end = start + Number(count);
    for (; start < end; start = Math.min(end, start + BATCH_ROWS)) yield [start, Math.min(end, start + BATCH_ROWS)];
  }
}

/** Refuses a page that claims more than any writer makes, before room is made for it. */
function bounded(
  unpack: (input: Uint8Array, length: number) => Uint8Array,
): (input: Uint8Array, length: number) => Uint8Array {
  return (input, length) => {
    if (length > LONGEST_PAGE) throw new RangeError(`a page claims ${length} bytes`);
    return unpack(input, length);
  };
}

async function fileOf(source: ByteSource): Promise<AsyncBuffer> {
  const { size, readAt } = source;
  if (size === null || readAt === undefined) {
    throw new CaptureError('not-a-capture', 0, 'Parquet is read from its end: this file has to be unpacked first');
  }
  return {
    byteLength: size,
    slice: (start, end = size) => {
      if (start < 0 || end > size || end < start) throw new RangeError('it points outside the file');
      return readAt(start, end);
    },
  };
}

async function metadataOf(file: AsyncBuffer): Promise<FileMetaData> {
  if (file.byteLength < 2 * FOOTER_END)
    throw new CaptureError('cut-header', file.byteLength, 'too short for a Parquet file');
  const end = new DataView(await file.slice(file.byteLength - FOOTER_END, file.byteLength));
  const length = end.getUint32(0, true);
  if (length > Math.min(LONGEST_FOOTER, file.byteLength - FOOTER_END)) {
    throw new CaptureError('bad-length', file.byteLength - FOOTER_END, `the Parquet footer claims ${length} bytes`);
  }
  try {
    return await parquetMetadataAsync(file);
  } catch (error) {
    throw damaged(error);
  }
}

function damaged(error: unknown): CaptureError {
  if (error instanceof CaptureError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new CaptureError('unreadable', 0, `the Parquet file is damaged: ${reason.slice(0, 200)}`, { cause: error });
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return String(value.getTime());
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
}
