import { AddressList } from '../analysis/net/address-list.ts';

/**
 * How plain data with columns becomes bytes: what saved analyses, baselines and the kept parts of a hunt are made of. A
 * length of 4 bytes, a head of so many bytes, and the columns in the head's order; everything is little-endian.
 *
 * The head is JSON: `columns` has the kind and the number of values of each, `value` the data, in which
 * `{"$": n}` stands for column `n`. A column that is there twice is kept once. A list of texts is a column, too, and so
 * are addresses: 4 bytes for the bytes of each text, and then the texts as UTF-8. Numbers that are not finite are null.
 */
export const COLUMN_KINDS = {
  u8: Uint8Array,
  i8: Int8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f64: Float64Array,
} as const;
export const TEXTS = 'texts';

export type NumberColumn = Uint8Array | Int8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;
export type ColumnKind = keyof typeof COLUMN_KINDS | typeof TEXTS;

/** What comes before the columns. */
export interface PackedHead {
  columns: [kind: ColumnKind, length: number][];
  value: unknown;
}

/** Data that no file can be made of that could be opened again; the message says why in one line. */
export class NotSaved extends Error {
  override readonly name = 'NotSaved';

  constructor(why: string, options?: ErrorOptions) {
    super(`it is not saved, for it could not be opened again: ${why}`, options);
  }
}

/** Texts of all columns of a file: each takes several times the memory that its bytes do. */
export const MOST_TEXTS = 2 ** 23;
/** Characters of a piece of a long text. */
const PIECE = 1 << 20;
const HIGH_SURROGATE = /[\ud800-\udbff]$/;

/** Texts that are encoded at a time: all of a large capture's would not fit one string. */
const TEXTS_AT_ONCE = 4096;

/** What becomes a column of texts; of addresses, of which a flood has millions, few are texts at a time. */
type Texts = string[] | AddressList;

/**
 * Plain data as bytes, piece by piece. Lists that hold nothing but texts become columns. Throws a `NotSaved` before the
 * first piece for more than `mostTexts` of those, and for more bytes than `mostBytes` in columns alone.
 */
export function* packed(
  value: unknown,
  mostTexts = Number.POSITIVE_INFINITY,
  mostBytes = Number.POSITIVE_INFINITY,
): Generator<Uint8Array<ArrayBuffer>> {
  const numbers = new Map<object, number>();
  const all: (NumberColumn | Texts)[] = [];
  const text = JSON.stringify({ value }, (_, part: unknown) => {
    if (typeof part === 'number' && !Number.isFinite(part)) return null;
    if (!isColumn(part)) return part;
    if (!numbers.has(part)) numbers.set(part, all.push(part) - 1);
    return { $: numbers.get(part) };
  });
  const texts = all.reduce((sum, column) => sum + (isTexts(column) ? column.length : 0), 0);
  if (texts > mostTexts) throw new NotSaved(`it has ${texts} texts, and ${mostTexts} are the most`);
  const bytes = all.reduce((sum, column) => sum + (isTexts(column) ? 0 : column.byteLength), 0);
  if (bytes > mostBytes) throw tooLarge(bytes, mostBytes);
  const columns = all.map((column): PackedHead['columns'][number] => [kindOf(column), column.length]);
  const head = new TextEncoder().encode(`{"columns":${JSON.stringify(columns)},${text.slice(1)}`);
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, head.length, true);
  yield size;
  yield head;
  for (const column of all) {
    if (isTexts(column)) yield* textPieces(column);
    else yield new Uint8Array(column.buffer as ArrayBuffer, column.byteOffset, column.byteLength);
  }
}

/** A text as it is packed: of more than `most` characters in pieces, which are a column, for a head is small. */
export function inPieces(text: string, most = PIECE): string | string[] {
  if (text.length <= most) return text;
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += pieces[pieces.length - 1].length) {
    const piece = text.slice(at, at + PIECE);
    // The halves of one character are no text by themselves.
    pieces.push(HIGH_SURROGATE.test(piece) && piece.length === PIECE ? piece.slice(0, -1) : piece);
  }
  return pieces;
}

/** For so many bytes, and so many at most. */
export function tooLarge(bytes: number, most: number): NotSaved {
  return new NotSaved(`it would be of ${bytes} bytes before it is packed, and ${most} are the most`);
}

function isTexts(column: NumberColumn | Texts): column is Texts {
  return Array.isArray(column) || column instanceof AddressList;
}

function isColumn(part: unknown): part is NumberColumn | Texts {
  if (ArrayBuffer.isView(part) || part instanceof AddressList) return true;
  return Array.isArray(part) && part.length > 0 && part.every((text) => typeof text === 'string');
}

function kindOf(column: NumberColumn | Texts): ColumnKind {
  if (isTexts(column)) return TEXTS;
  const found = Object.entries(COLUMN_KINDS).find(([, Made]) => column instanceof Made);
  if (found === undefined) throw new TypeError(`no column of a saved file is a ${(column as object).constructor.name}`);
  return found[0] as ColumnKind;
}

function* textPieces(texts: Texts): Generator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const { length } = texts;
  const textOf = (at: number): string => (Array.isArray(texts) ? texts[at] : texts.text(at));
  const lengths = new Uint32Array(length);
  for (let at = 0; at < length; at++) lengths[at] = encoder.encode(textOf(at)).length;
  yield new Uint8Array(lengths.buffer);
  for (let at = 0; at < length; at += TEXTS_AT_ONCE) {
    const together = Array.from({ length: Math.min(TEXTS_AT_ONCE, length - at) }, (_, place) => textOf(at + place));
    yield encoder.encode(together.join(''));
  }
}
