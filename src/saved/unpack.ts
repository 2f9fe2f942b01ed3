import { type ByteReader, CaptureError } from 'pcap-ts-parser';
import { COLUMN_KINDS, type ColumnKind, MOST_TEXTS, TEXTS } from './pack.ts';

/**
 * What a saved file may unpack to, in all and for each of its bytes, for all of it is held: columns are packed to a quarter as
 * a rule, and what would become smaller than this is saved less packed.
 */
const MOST_BYTES = 2 ** 31;
const FREE_BYTES = 2 ** 26;
const MOST_A_BYTE = 8;
const MOST_HEAD_BYTES = 2 ** 26;
/** Values in the head: each takes many times the memory that its bytes do. */
const MOST_HEAD_VALUES = 2 ** 21;
const MOST_DEPTH = 32;
const MOST_COLUMNS = 10_000;
const PIECE_BYTES = 1 << 20;
/** Bytes that are moved, or not, at a time. */
const PAGE_BYTES = 1 << 14;
const TEXT_LENGTH_BYTES = 4;

/** What the head says of a column: how many values it has, and bytes of each; of texts those of their lengths. */
interface ToldColumn {
  kind: ColumnKind;
  length: number;
  valueBytes: number;
}

/** A saved file that cannot be opened: what is wrong with it, at which byte of what it unpacks to. */
export class SavedFault extends Error {
  override readonly name = 'SavedFault';
  readonly kind = 'bad-saved';
  readonly offset: number | null;
  /** The file's name; empty until whoever opened it says it. */
  file = '';

  constructor(message: string, offset: number | null = null, options?: ErrorOptions) {
    super(message, options);
    this.offset = offset;
  }
}

/** Bytes that a file of so many may unpack to. */
export function mostBytes(packedBytes: number): number {
  return Math.min(MOST_BYTES, FREE_BYTES + MOST_A_BYTE * packedBytes);
}

/** Bytes from front to back; no more is allocated than came, or the file may have where much came. */
export class SavedBytes {
  taken = 0;
  private readonly reader: ByteReader;
  private readonly most: number;

  /** @param packedBytes bytes of the file itself, null where that is not known */
  constructor(reader: ByteReader, packedBytes: number | null) {
    this.reader = reader;
    this.most = mostBytes(packedBytes ?? Number.POSITIVE_INFINITY);
  }

  /** The next `length` bytes, in a buffer of their own. Throws a `SavedFault` where the file ends before. */
  async take(length: number): Promise<Uint8Array<ArrayBuffer>> {
    this.check(length);
    let space = new Uint8Array(Math.min(length, PIECE_BYTES));
    let filled = 0;
    while (filled < length) {
      if (filled === space.length) space = widened(space, filled < FREE_BYTES ? Math.min(length, 2 * filled) : length);
      const piece = await this.read(Math.min(space.length - filled, PIECE_BYTES));
      if (piece.length === 0) throw new SavedFault('it ends too early: another copy may be whole', this.taken);
      moveInto(space, piece, filled);
      filled += piece.length;
      this.taken += piece.length;
    }
    return space;
  }

  /** Throws a `SavedFault` where the next bytes cannot be so many. */
  check(length: number): void {
    if (length <= this.most - this.taken) return;
    const most = `it holds more than ${this.most} bytes, the most that a file of its size may`;
    throw new SavedFault(`${most}: analyse its captures anew, and save that`, this.taken);
  }

  /** Reads up to the end, whose checksum says whether all before it was right. Throws where more comes. */
  async end(): Promise<void> {
    if ((await this.read(1)).length > 0) throw new SavedFault('more follows behind its end', this.taken);
  }

  private async read(length: number): Promise<Uint8Array> {
    try {
      return await this.reader.read(new Uint8Array(length));
    } catch (cause) {
      if (!(cause instanceof CaptureError)) throw cause;
      throw new SavedFault(cause.message, cause.offset, { cause });
    }
  }
}

function widened(bytes: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  const wider = new Uint8Array(length);
  moveInto(wider, bytes, 0);
  return wider;
}

/**
 * Moves bytes to where zeros are. Zeros stay as they are: room that nobody wrote to takes no memory, and half the columns of
 * most flows have nothing else.
 */
function moveInto(space: Uint8Array, bytes: Uint8Array, at: number): void {
  for (let start = 0; start < bytes.length; start += PAGE_BYTES) {
    const page = bytes.subarray(start, start + PAGE_BYTES);
    if (!isZero(page)) space.set(page, at + start);
  }
}

function isZero(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  for (; at + 3 < bytes.length; at += 4) if (view.getInt32(at) !== 0) return false;
  for (; at < bytes.length; at++) if (bytes[at] !== 0) return false;
  return true;
}

/** The data that was `packed`. Nothing is said of its shape: see `checks.ts`. Throws a `SavedFault`. */
export async function unpacked(bytes: SavedBytes): Promise<unknown> {
  const size = new DataView((await bytes.take(4)).buffer).getUint32(0, true);
  checkHeadBytes(size, bytes.taken);
  const head = headOf(await bytes.take(size), bytes.taken);
  const told = head.columns.map((column) => columnOf(column, bytes.taken));
  // Of all together, before room is made for any.
  const texts = told.reduce((sum, { kind, length }) => sum + (kind === TEXTS ? length : 0), 0);
  if (texts > MOST_TEXTS) throw new SavedFault(tooMany(`its columns claim ${texts} texts`, MOST_TEXTS), bytes.taken);
  bytes.check(told.reduce((sum, { length, valueBytes }) => sum + length * valueBytes, 0));
  const columns: unknown[] = [];
  for (const column of told) columns.push(await readColumn(column, bytes));
  return withColumns(head.value, columns);
}

function tooMany(what: string, most: number): string {
  return `${what}, and ${most} are the most: analyse its captures in parts`;
}

/** Throws a `SavedFault` for more bytes than a head may have. */
export function checkHeadBytes(size: number, offset: number): void {
  if (size > MOST_HEAD_BYTES)
    throw new SavedFault(tooMany(`its head would be of ${size} bytes`, MOST_HEAD_BYTES), offset);
}

function headOf(bytes: Uint8Array, offset: number): { columns: unknown[]; value: unknown } {
  checkNesting(bytes, offset);
  let head: unknown;
  try {
    head = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new SavedFault('its head is damaged', offset, { cause });
  }
  const { columns, value } = (head ?? {}) as { columns?: unknown; value?: unknown };
  if (!Array.isArray(columns) || columns.length > MOST_COLUMNS)
    throw new SavedFault('its head has no list of columns', offset);
  return { columns, value };
}

const [QUOTE, COMMA, OPEN_LIST, BACKSLASH, CLOSE_LIST, OPEN, CLOSE] = new TextEncoder().encode('",[\\]{}');

/**
 * Looks through JSON before it is parsed: a byte could become an object, and lists could lie in lists without end. Throws a
 * `SavedFault`.
 */
export function checkNesting(bytes: Uint8Array, offset: number): void {
  let depth = 0;
  let values = 0;
  let isText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) isText = !isText;
    else if (isText && byte === BACKSLASH) at++;
    else if (isText) continue;
    else if (byte === CLOSE_LIST || byte === CLOSE) depth--;
    else if (byte === OPEN_LIST || byte === OPEN) {
      if (++depth > MOST_DEPTH) throw new SavedFault('its head is nested too deeply', offset);
      values++;
    } else if (byte === COMMA) values++;
  }
  if (values > MOST_HEAD_VALUES)
    throw new SavedFault(tooMany(`its head has ${values} values`, MOST_HEAD_VALUES), offset);
}

async function readColumn({ kind, length, valueBytes }: ToldColumn, bytes: SavedBytes): Promise<unknown> {
  if (kind === TEXTS) return readTexts(length, bytes);
  return new COLUMN_KINDS[kind]((await bytes.take(length * valueBytes)).buffer);
}

/** What the head says of a column. Throws a `SavedFault`. */
function columnOf(column: unknown, offset: number): ToldColumn {
  const [kind, length] = Array.isArray(column) ? (column as unknown[]) : [];
  if (typeof length !== 'number' || !Number.isSafeInteger(length) || length < 0)
    throw new SavedFault('a column has no length', offset);
  if (kind === TEXTS) return { kind, length, valueBytes: TEXT_LENGTH_BYTES };
  if (typeof kind !== 'string' || !Object.hasOwn(COLUMN_KINDS, kind))
    throw new SavedFault('a column is of an unknown kind', offset);
  const known = kind as Exclude<ColumnKind, typeof TEXTS>;
  return { kind: known, length, valueBytes: COLUMN_KINDS[known].BYTES_PER_ELEMENT };
}

async function readTexts(count: number, bytes: SavedBytes): Promise<string[]> {
  const lengths = new Uint32Array((await bytes.take(count * TEXT_LENGTH_BYTES)).buffer);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const all = await bytes.take(lengths.reduce((sum, length) => sum + length, 0));
  const texts: string[] = [];
  let at = 0;
  for (const length of lengths) texts.push(decoder.decode(all.subarray(at, (at += length))));
  return texts;
}

/**
 * The data with its columns in their places: in the data itself, of which a copy would take as much again. It is nested no
 * deeper than `checkNesting` lets through.
 */
function withColumns(value: unknown, columns: readonly unknown[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    for (let place = 0; place < value.length; place++) value[place] = withColumns(value[place], columns);
    return value;
  }
  if (Object.hasOwn(value, '$')) return columns[Number((value as { $: unknown }).$)];
  const parts = value as Record<string, unknown>;
  for (const name of Object.keys(parts)) parts[name] = withColumns(parts[name], columns);
  return value;
}
