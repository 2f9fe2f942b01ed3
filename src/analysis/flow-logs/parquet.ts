import { gunzipSync } from 'fflate';
import { decompress as unpackZstd } from 'fzstd';
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  snappyUncompress,
} from 'hyparquet';
import { type ByteSource, CaptureError } from 'pcap-ts-parser';
import type { FlowBuilder } from './flow-builder.ts';
import { FLOW_FIELDS } from '../flows/columns.ts';
import { NEEDED_FIELDS } from './flow-fields.ts';
import { FlowTableReader } from './flow-table-rows.ts';

/** A row of a table of flows takes bytes, however well it is packed, and writers make groups of up to a million. */
const MOST_ROWS_A_BYTE = 4;
const MOST_GROUP_ROWS = 1 << 22;
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
   * Reads all rows. Throws a `CaptureError` when the file is no flow table; a fault further on comes back, after what
   * was read before.
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
    const groups = groupsOf(metadata);
    const rows = groups.at(-1)?.end ?? 0;
    checkRows(rows, file.byteLength);
    for (const { start, end } of groups) {
      try {
        const options = { file, metadata, columns, rowStart: start, rowEnd: end, compressors: COMPRESSORS };
        this.addGroup(await cellsOf(options), end - start, start);
      } catch (error) {
        return damaged(error);
      }
      onProgress(Math.round(file.byteLength * (end / rows)));
    }
    return null;
  }

  /** Adds the rows of a group, of which the columns hold one piece after another. */
  private addGroup(pieces: ReadonlyMap<string, readonly ArrayLike<unknown>[]>, count: number, start: number): void {
    const columns = this.columns.map((name) => new Pieces(pieces.get(name) ?? []));
    const cells = columns.map(() => '');
    for (let row = 0; row < count; row++) {
      for (let column = 0; column < columns.length; column++) cells[column] = textOf(columns[column].next());
      this.addCells(cells, start + row + 1);
    }
  }
}

/** The values of a column, which lie in several arrays. */
class Pieces {
  private readonly pieces: readonly ArrayLike<unknown>[];
  private piece = 0;
  private at = 0;

  constructor(pieces: readonly ArrayLike<unknown>[]) {
    this.pieces = pieces;
  }

  /** The next value; undefined behind the last. */
  next(): unknown {
    while (this.piece < this.pieces.length && this.at >= this.pieces[this.piece].length) {
      this.piece++;
      this.at = 0;
    }
    return this.pieces[this.piece]?.[this.at++];
  }
}

/** Unpacks one group, each column once. */
async function cellsOf(
  options: Omit<Parameters<typeof parquetRead>[0], 'rowFormat'>,
): Promise<Map<string, ArrayLike<unknown>[]>> {
  const pieces = new Map<string, ArrayLike<unknown>[]>();
  await parquetRead({
    ...options,
    onChunk: ({ columnName, columnData }) => {
      const known = pieces.get(columnName);
      if (known === undefined) pieces.set(columnName, [columnData]);
      else known.push(columnData);
    },
  });
  return pieces;
}

/** Where row groups begin and end. */
function groupsOf({ row_groups: groups }: FileMetaData): { start: number; end: number }[] {
  let end = 0;
  return groups.map(({ num_rows: count }) => {
    const start = end;
    end += Math.max(0, Number(count));
    if (end - start > MOST_GROUP_ROWS) {
      const message = `a row group of ${end - start} rows is more than is read at once: write groups of a million`;
      throw new CaptureError('bad-length', 0, message);
    }
    return { start, end };
  });
}

/** Refuses a claim that no packing explains, before room is made for it: flows differ from each other. */
function checkRows(rows: number, bytes: number): void {
  if (rows <= MOST_ROWS_A_BYTE * bytes) return;
  throw new CaptureError(
    'bad-length',
    0,
    `the Parquet file claims ${rows} rows, which do not fit into its ${bytes} bytes`,
  );
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
