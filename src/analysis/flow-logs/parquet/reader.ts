import {
  type AsyncBuffer,
  type ColumnChunk,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  type SchemaElement,
} from 'hyparquet';
import { type ByteSource, CaptureError } from 'pcap-ts-parser';
import { FLOW_FIELDS } from '../../flows/columns.ts';
import type { FlowBuilder } from '../flow-builder.ts';
import { NEEDED_FIELDS } from '../flow-fields.ts';
import { FlowTableReader } from '../flow-table-rows.ts';
import { Pages } from './pages.ts';
import { Room } from './room.ts';
import { ThriftWalk } from './thrift.ts';
import { countText } from '../../count-text.ts';

/** Cells take bytes, however well they are packed, for flows differ from each other. */
const MOST_CELLS_A_BYTE = 16;
/** Writers make groups of up to a million rows. */
const MOST_GROUP_ROWS = 1 << 20;
/** Texts of dictionaries are there once, and in any number of rows. */
const MOST_CHARACTERS_A_BYTE = 64;
const FREE_CHARACTERS = 1 << 24;
/** What pages may unpack to: of each of the file's bytes, and of a group whatever it has, beside that of its cells. */
const MOST_A_BYTE = 256;
const FREE_BYTES = 1 << 27;
const MOST_IN_GROUP = 1 << 28;
const CELL_BYTES = 16;
/** A file of up to so many bytes is read at once: small groups are many reads otherwise. */
const MOST_AT_ONCE = 1 << 26;
/** Numbers and ids of bytes have no more than this. */
const LONGEST_FIXED = 16;
/** A footer is not longer than this, whatever the file claims. */
const LONGEST_FOOTER = 1 << 26;
const FOOTER_END = 8;

/** Flows as Parquet, with NFStream's column names. */
export class FlowParquetReader extends FlowTableReader {
  readonly format = 'Parquet';
  private characters = new Room(0, '');

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
    const elements = columnsOf(metadata);
    const missing = NEEDED_FIELDS.filter((name) => !elements.has(name));
    if (missing.length > 0)
      throw new CaptureError('not-a-capture', 0, `a Parquet file without the column ${missing[0]} holds no flows`);
    this.setColumns([...elements.keys()], false);
    const groups = groupsOf(metadata);
    const rows = groups.at(-1)?.end ?? 0;
    checkCells(rows, elements.size, file.byteLength);
    const chunks = new Chunks(file);
    this.characters = new Room(FREE_CHARACTERS + MOST_CHARACTERS_A_BYTE * file.byteLength, 'characters of text');
    for (const [index, { start, end }] of groups.entries()) {
      if (end === start) continue;
      try {
        this.addGroup(await chunks.cellsOf(metadata, index, elements), end - start, start);
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
      for (let column = 0; column < columns.length; column++) {
        cells[column] = textOf(columns[column].next());
        this.characters.take(cells[column].length);
      }
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

/** Reads groups column by column. */
class Chunks {
  private readonly file: AsyncBuffer;
  private readonly packed: Room;
  private readonly unpacked: Room;

  constructor(file: AsyncBuffer) {
    this.file = file;
    this.packed = new Room(file.byteLength, 'bytes in columns, as many as the file has');
    this.unpacked = new Room(FREE_BYTES + MOST_A_BYTE * file.byteLength, 'bytes in unpacked pages');
  }

  /** The cells of a group, each column unpacked once and before the next. */
  async cellsOf(
    metadata: FileMetaData,
    group: number,
    elements: ReadonlyMap<string, SchemaElement>,
  ): Promise<Map<string, ArrayLike<unknown>[]>> {
    const cells = new Map<string, ArrayLike<unknown>[]>();
    const cellBytes = CELL_BYTES * Number(metadata.row_groups[group].num_rows) * elements.size;
    const room = new Room(MOST_IN_GROUP + cellBytes, 'unpacked bytes in one row group: write groups of fewer rows');
    for (const column of metadata.row_groups[group].columns) {
      const path = column.meta_data?.path_in_schema ?? [];
      const element = path.length === 1 ? elements.get(path[0]) : undefined;
      if (element === undefined || cells.has(element.name)) continue;
      cells.set(element.name, await this.column(metadata, group, column, element, room));
    }
    return cells;
  }

  /** Reads one column: the library is given a file of that and nothing else, and looks at no other. */
  private async column(
    metadata: FileMetaData,
    group: number,
    column: ColumnChunk,
    element: SchemaElement,
    room: Room,
  ): Promise<ArrayLike<unknown>[]> {
    const rows = Number(metadata.row_groups[group].num_rows);
    const codec = column.meta_data?.codec ?? 'UNCOMPRESSED';
    const { type = 'BYTE_ARRAY', type_length: typeLength = 0 } = element;
    const isOptional = element.repetition_type === 'OPTIONAL';
    const pages = new Pages({ rows, codec, type, typeLength, isOptional }, (bytes) => {
      room.take(bytes);
      this.unpacked.take(bytes);
    });
    const pieces: ArrayLike<unknown>[] = [];
    await parquetRead({
      file: { byteLength: this.file.byteLength, slice: (start, end) => this.chunk(pages, start, end) },
      metadata: {
        ...metadata,
        schema: [{ name: 'flows', num_children: 1 }, convertible(element)],
        row_groups: [{ ...metadata.row_groups[group], columns: [column] }],
      },
      rowEnd: rows,
      compressors: { [codec]: (packed: Uint8Array) => pages.at(packed.byteOffset) },
      onChunk: ({ columnData }) => pieces.push(columnData),
    });
    return pieces;
  }

  private async chunk(pages: Pages, start: number, end?: number): Promise<ArrayBuffer> {
    const chunk = await this.file.slice(start, end);
    this.packed.take(chunk.byteLength);
    pages.check(new Uint8Array(chunk));
    return chunk;
  }
}

/** The columns of a flow table that a file has at its top, by name. */
function columnsOf({ schema }: FileMetaData): Map<string, SchemaElement> {
  const known = new Set(FLOW_FIELDS.map(({ name }) => name));
  const columns = new Map<string, SchemaElement>();
  /** Elements that are still to come in each of the groups around. */
  const open: number[] = [];
  for (const element of schema.slice(1)) {
    const children = element.num_children ?? 0;
    const isFlat = open.length === 0 && children === 0 && element.repetition_type !== 'REPEATED';
    if (isFlat && known.has(element.name) && !columns.has(element.name)) columns.set(element.name, element);
    if (open.length > 0) open[open.length - 1]--;
    if (children > 0) open.push(children);
    while (open.at(-1) === 0) open.pop();
  }
  return columns;
}

/**
 * A column as the library may convert it. Of bytes it takes the square of their length for a decimal, and a hundred times
 * their memory for an id, a shape or JSON: where they are long they are texts.
 */
function convertible(element: SchemaElement): SchemaElement {
  const { type, type_length: length = 0 } = element;
  const isShort = type !== 'BYTE_ARRAY' && (type !== 'FIXED_LEN_BYTE_ARRAY' || length <= LONGEST_FIXED);
  if (isShort) return element;
  const plain = { ...element };
  delete plain.converted_type;
  delete plain.logical_type;
  return plain;
}

/** Where row groups begin and end. */
function groupsOf({ row_groups: groups }: FileMetaData): { start: number; end: number }[] {
  let end = 0;
  return groups.map(({ num_rows: count }) => {
    const start = end;
    end += Math.max(0, Number(count));
    if (end - start > MOST_GROUP_ROWS) {
      const rows = countText(end - start);
      const message = `a row group of ${rows} rows is more than is read at once: write groups of a million`;
      throw new CaptureError('bad-length', 0, message);
    }
    return { start, end };
  });
}

/** Refuses a claim that no packing explains, before room is made for it. */
function checkCells(rows: number, columns: number, bytes: number): void {
  if (rows * columns <= MOST_CELLS_A_BYTE * bytes) return;
  throw new CaptureError(
    'bad-length',
    0,
    `the Parquet file claims ${rows} rows, which do not fit into its ${bytes} bytes`,
  );
}

async function fileOf(source: ByteSource): Promise<AsyncBuffer> {
  const { size, readAt } = source;
  if (size === null || readAt === undefined) {
    throw new CaptureError('not-a-capture', 0, 'Parquet is read from its end: this file has to be unpacked first');
  }
  const whole = size > MOST_AT_ONCE ? null : await readAt(0, size);
  return {
    byteLength: size,
    slice: (start, end = size) => {
      if (start < 0 || end > size || end < start) throw new RangeError('it points outside the file');
      return whole?.slice(start, end) ?? readAt(start, end);
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
    const start = file.byteLength - FOOTER_END - length;
    new ThriftWalk(new Uint8Array(await file.slice(start, start + length)), 0).struct();
    return await parquetMetadataAsync(file, { geoparquet: false });
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
