import { beginsAsCapture, type ByteReader, type ByteSource, CaptureError } from 'pcap-ts-parser';
import { CellLines, keptHeader } from './cell-lines.ts';
import { csvHeader, SEPARATORS, zeekCsvHeader } from './csv-header.ts';
import { leadingZeros, PlainBytes } from './encoding.ts';
import { NEEDED_FIELDS } from './flow-fields.ts';
import { type JsonObject, jsonObject } from './json-line.ts';
import { JsonObjects } from './json-objects.ts';
import { textOf } from './lines.ts';
import { shippedIn, type ShippedIn, withoutPrefix } from './shipped.ts';
import { isElasticSuricata } from './suricata-elastic.ts';
import { isSuricataEvent } from './suricata.ts';
import { isElasticZeek, isZeekObject } from './zeek-json.ts';

/** The kinds of files that hold flows, not packets, or that lie beside such; `zeek-summary` is for people alone. */
export type LogKind = 'flow-csv' | 'zeek-tsv' | 'zeek-csv' | 'zeek-json' | 'suricata' | 'parquet' | 'zeek-summary';

/**
 * What log a file is, and whether its rows are lines or, as in a JSON array or indented JSON, objects, or cells of a table
 * beside others, as searches are exported.
 */
export interface LogForm {
  kind: LogKind;
  rows: 'lines' | 'objects' | 'cells';
  /** Where the list of objects begins that an object around it holds. */
  listAt?: number;
  /** Where a shipper has put each row; without it, rows stand by themselves. */
  shippedIn?: ShippedIn;
}

/** A text that is known by its looks, and cannot be read; the message says what it is and what to do. */
export interface Refusal {
  refused: string;
}

/** What a saved analysis begins with, once it is unpacked. */
export const SAVED_MAGIC = 'BEACONSCOPE ANALYSIS\n';

/** What a file that holds a case begins with. */
export const CASE = /^\{\s*"beaconscopeCase"\s*:/;

/** Bytes that tell a log: its header or a few of its first lines; fewer tell that a file is none. */
const HEAD_BYTES = 1 << 16;
const FIRST_BYTES = 1 << 8;
/** A log may begin with a hole; what begins with more zeros is taken for none. Packed, they take no room and much time. */
const MOST_ZEROS = 1 << 30;
const MOST_UNPACKED_ZEROS = 1 << 27;
const HOLE_BYTES = 1 << 20;
/** Objects are looked for in so many bytes at a time. */
const OBJECT_BYTES = 1 << 10;
/** Lines, or objects, that are looked at for the first one that is whole. */
const ROWS_TRIED = 10;

const ZEEK_HEADER = /^#(?:separator|set_separator|empty_field|unset_field|path|open|fields|types)\b/;
/** Zeek's first fields in nearly every log: time, uid, and both ends; tabs are the first to be lost. */
const ZEEK_ROW =
  /(?:^|\s)\d{1,10}\.\d{1,6}[\s,;|]+[\w-]+[\s,;|]+[\da-f.:]+[\s,;|]+\d+[\s,;|]+[\da-f.:]+[\s,;|]+\d+[\s,;|]/i;
/** The columns of a table for the two ends of connections, whatever made it, and as many others. */
const TWO_ENDS = [/(?:^|[,;\t|])[\s"]*(?:src|source|orig|sa\b)/i, /(?:^|[,;\t|])[\s"]*(?:dst|dest|resp|da\b)/i];
const FEWEST_COLUMNS = 4;
const NFSTREAM_FIELD = 'src2dst_bytes';
const LFS_POINTER = 'version https://git-lfs';
/** What `trace-summary` writes beside Zeek's logs. */
const ZEEK_SUMMARY = /^>== Total === \d{4}-/;

/** What flow log a source is, told by its first bytes and never by its name; null where it is none. */
export async function logFormOf(source: ByteSource): Promise<LogForm | Refusal | null> {
  return logFormIn(source.bytes ?? source.beforeFault?.bytes ?? (await headOf(source)));
}

/** The same of what is in memory, by its first bytes. */
export function logFormIn(bytes: Uint8Array): LogForm | Refusal | null {
  const zeros = leadingZeros(bytes, false);
  const begin = bytes.subarray(zeros, zeros + HEAD_BYTES);
  if (beginsAsCapture(begin)) return null;
  const head = plainOf(begin);
  const text = textOf(head, 0, head.length);
  const begins = text.trimStart();
  if (text.startsWith('PAR1')) return { kind: 'parquet', rows: 'lines' };
  if (text.startsWith(SAVED_MAGIC)) return { refused: 'it is a saved analysis, which is opened by itself' };
  if (CASE.test(begins)) return { refused: 'it is a saved case, which is opened with the captures that it is about' };
  if (text.startsWith(LFS_POINTER))
    return { refused: 'it is a pointer of Git LFS to the file, not the file: "git lfs pull" fetches that' };
  const lines = text.replace(/^\s*\n/, '').split('\n', ROWS_TRIED);
  if (lines.some((line) => ZEEK_HEADER.test(line))) return { kind: 'zeek-tsv', rows: 'lines' };
  if (ZEEK_SUMMARY.test(begins)) return { kind: 'zeek-summary', rows: 'lines' };
  if (lines.some((line) => csvHeader(line.trimEnd()) !== null)) return { kind: 'flow-csv', rows: 'lines' };
  const cells = cellsForm(text);
  if (cells !== null) return cells;
  if (lines.some((line) => zeekCsvHeader(line.trimEnd()) !== null)) return { kind: 'zeek-csv', rows: 'lines' };
  if (begins.startsWith('[')) return jsonForm(head, []);
  if (begins.startsWith('{')) return jsonForm(head, lines);
  // What was cut out of a longer log begins with the end of a line.
  const whole = lines.slice(1).map(jsonObject);
  if (formOf(whole.filter((object) => object !== null)) !== null) return jsonForm(head, lines);
  const unprefixed = lines.map(withoutPrefix);
  // Syslog's lines, and those with a prefix before their JSON.
  const isPrefixed = unprefixed.some((line, index) => line !== lines[index] && jsonObject(line) !== null);
  if (isPrefixed) return jsonForm(head, unprefixed, true);
  return otherTable(lines[0]) ?? headless(lines);
}

/** Tells rows by what each is; those of which a schema has left only its own names come last. */
const KINDS = [
  [
    ['suricata', isSuricataEvent],
    ['zeek-json', isZeekObject],
  ],
  [
    ['suricata', isElasticSuricata],
    ['zeek-json', isElasticZeek],
  ],
] as const;

/** The other log of JSON, by its name, and which objects are of that one alone: somebody may have joined the two. */
export const OTHERS = {
  suricata: {
    name: "Zeek's logs",
    has: (object: JsonObject) => !isEve(object) && (isZeekObject(object) || isElasticZeek(object)),
  },
  'zeek-json': { name: "Suricata's eve.json", has: (object: JsonObject) => isEve(object) && !isZeekObject(object) },
};

function isEve(object: JsonObject): boolean {
  return isSuricataEvent(object) || isElasticSuricata(object);
}

function jsonForm(head: Uint8Array, lines: readonly string[], isPrefixed = false): LogForm | Refusal {
  const onLines = lines.map(jsonObject).filter((object) => object !== null);
  const objects = onLines.length > 0 ? onLines : firstObjects(head);
  const form = formOf(objects);
  if (form !== null) {
    const { shippedIn: keys } = form;
    const rows = onLines.length > 0 ? 'lines' : 'objects';
    return keys.length > 0 || isPrefixed ? { ...form, rows } : { kind: form.kind, rows };
  }
  const listAt = textOf(head, 0, head.length).search(/\[\s*\{/);
  const inList = listAt < 0 ? null : formOf(firstObjects(head.subarray(listAt)));
  if (inList !== null) return { ...inList, rows: 'objects', listAt };
  if (objects.some((object) => NFSTREAM_FIELD in object))
    return { refused: "it is JSON with NFStream's names: write it as CSV" };
  if (objects.some((object) => 'ecs' in object || 'ecs.version' in object))
    return { refused: `it is JSON in Elastic's common schema: give what "event.original" has, or the log itself` };
  return { refused: 'it is JSON, but neither a log of Zeek nor eve.json of Suricata' };
}

/** What log objects are rows of, and where a shipper has put them; null where they are of none. */
function formOf(objects: readonly JsonObject[]): { kind: LogKind; shippedIn: ShippedIn } | null {
  for (const kinds of KINDS) {
    for (const object of objects) {
      for (const [kind, isOfKind] of kinds) {
        const keys = shippedIn(object, isOfKind);
        if (keys !== null) return { kind, shippedIn: keys };
      }
    }
  }
  return null;
}

/** A table of which a column has rows of a log as JSON; null where none has. */
function cellsForm(text: string): LogForm | null {
  if (keptHeader(text.split('\n', 1)[0].trimEnd()) === null) return null;
  const cells: string[] = [];
  const table = new CellLines({ line: (cell) => cells.push(cell), tooLong: () => undefined });
  // A row may take several lines.
  for (const line of text.split('\n')) if (cells.length < ROWS_TRIED) table.line(line.trimEnd(), 0, true);
  const form = formOf(cells.map((cell) => jsonObject(withoutPrefix(cell))).filter((object) => object !== null));
  return form === null ? null : { ...form, rows: 'cells' };
}

/** Rows of one of Zeek's logs without what says what is in them, with words; null for what are none. */
function headless(lines: readonly string[]): Refusal | null {
  if (!lines.some((line) => ZEEK_ROW.test(line))) return null;
  const refused =
    'it looks like a log of Zeek without its header: put its #fields line, or the names of its fields, before its rows';
  return { refused };
}

/** A table of connections that some other program made, with words; null for what is none. */
function otherTable(line: string): Refusal | null {
  const hasColumns = SEPARATORS.some((mark) => line.split(mark).length >= FEWEST_COLUMNS);
  if (!hasColumns || !TWO_ENDS.every((end) => end.test(line))) return null;
  const refused =
    "it is a table of connections whose columns are neither Zeek's (ts, id.orig_h, id.resp_h ...) nor NFStream's " +
    `(${NEEDED_FIELDS.join(', ')} ...): rename them to those, or give what the table was made of`;
  return { refused };
}

/** The first objects of JSON that has not one on each line. */
function firstObjects(head: Uint8Array): JsonObject[] {
  const found: JsonObject[] = [];
  const cutter = new JsonObjects({
    line: (text) => {
      const object = found.length < ROWS_TRIED ? jsonObject(text) : null;
      if (object !== null) found.push(object);
    },
    tooLong: () => {},
  });
  for (let at = 0; at < head.length && found.length < ROWS_TRIED; at += OBJECT_BYTES)
    cutter.take(head.subarray(at, at + OBJECT_BYTES));
  return found;
}

/**
 * The first bytes as far as they can be read, behind a hole, fewer of a capture: what is wrong with them is said when
 * the file is read.
 */
async function headOf(source: ByteSource): Promise<Uint8Array> {
  const reader = source.open();
  const mostZeros = typeof source.packedBytesRead === 'number' ? MOST_UNPACKED_ZEROS : MOST_ZEROS;
  let head = new Uint8Array(FIRST_BYTES);
  let length = 0;
  try {
    while (length < HEAD_BYTES) {
      if (length === head.length) head = widened(head);
      let piece = await reader.read(new Uint8Array(head.length - length));
      if (length === 0 && beginsAsCapture(piece)) return piece;
      // A first zero alone does not tell.
      const goesOn = length === 1 && head[0] === 0 && piece[0] === 0;
      if (goesOn) length = 0;
      if (length === 0) {
        const zeros = leadingZeros(piece, goesOn);
        piece = zeros > 0 && zeros === piece.length ? await behindHole(reader, mostZeros) : piece.subarray(zeros);
      }
      if (piece.length === 0) break;
      if (piece.length > head.length - length) head = widened(head);
      head.set(piece.subarray(0, HEAD_BYTES - length), length);
      length = Math.min(HEAD_BYTES, length + piece.length);
      if (length >= FIRST_BYTES && !mayBeText(head)) break;
    }
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
  } finally {
    await reader.close();
  }
  return head.subarray(0, length);
}

/**
 * Reads on to the end of a hole; comes back with what came behind it, nothing where the file ends or is none of a
 * log.
 */
async function behindHole(reader: ByteReader, mostZeros: number): Promise<Uint8Array<ArrayBuffer>> {
  let space = new Uint8Array(HOLE_BYTES);
  let zeros = 0;
  while (zeros < mostZeros) {
    const piece = await reader.read(space);
    const skipped = leadingZeros(piece, true);
    if (skipped < piece.length || piece.length === 0) return piece.subarray(skipped);
    zeros += piece.length;
    space = new Uint8Array(piece.buffer);
  }
  return new Uint8Array(0);
}

/** The bytes of a text, a byte a character. */
function plainOf(head: Uint8Array): Uint8Array {
  const plain = new PlainBytes();
  // What is taken may lie in bytes that serve again.
  const taken = plain.take(head).slice();
  const rest = plain.end();
  if (rest.length === 0) return taken;
  const whole = new Uint8Array(taken.length + rest.length);
  whole.set(taken);
  whole.set(rest, taken.length);
  return whole;
}

function widened(head: Uint8Array): Uint8Array<ArrayBuffer> {
  const wider = new Uint8Array(HEAD_BYTES);
  wider.set(head);
  return wider;
}

/** No capture's first bytes are those that a text begins with, in whatever encoding; "P" is that of Parquet. */
function mayBeText([first, second]: Uint8Array): boolean {
  if (first === 0xef || (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const letter = first === 0 ? second : first;
  return (letter >= 0x20 && letter < 0x7f) || letter === 0x0a || letter === 0x0d || letter === 0x09;
}
