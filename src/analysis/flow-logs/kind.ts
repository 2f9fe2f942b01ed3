import { beginsAsCapture, type ByteSource, CaptureError } from 'pcap-ts-parser';
import { csvHeader, zeekCsvHeader } from './csv-header.ts';
import { PlainBytes } from './encoding.ts';
import { type JsonObject, jsonObject } from './json-line.ts';
import { JsonObjects } from './json-objects.ts';
import { textOf } from './lines.ts';
import { shippedIn, type ShippedIn, withoutPrefix } from './shipped.ts';
import { isSuricataEvent } from './suricata.ts';
import { isZeekObject } from './zeek-json.ts';

/** The kinds of files that hold flows, not packets, or that lie beside such; `zeek-summary` is for people alone. */
export type LogKind = 'flow-csv' | 'zeek-tsv' | 'zeek-csv' | 'zeek-json' | 'suricata' | 'parquet' | 'zeek-summary';

/** What log a file is, and whether its rows are lines or, as in a JSON array or indented JSON, objects. */
export interface LogForm {
  kind: LogKind;
  rows: 'lines' | 'objects';
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
/** Objects are looked for in so many bytes at a time. */
const OBJECT_BYTES = 1 << 10;
/** Lines, or objects, that are looked at for the first one that is whole. */
const ROWS_TRIED = 10;

const ZEEK_HEADER = /^#(?:separator|set_separator|empty_field|unset_field|path|open|fields|types)\b/;
/** Zeek's first fields in nearly every log: time, uid, and both ends. */
const ZEEK_ROW = /^\d{1,10}\.\d{6}\t[\w-]+\t[\da-f.:]+\t\d+\t[\da-f.:]+\t\d+\t/i;
/** What `trace-summary` writes beside Zeek's logs. */
const ZEEK_SUMMARY = /^>== Total === \d{4}-/;

/** What flow log a source is, told by its first bytes and never by its name; null where it is none. */
export async function logFormOf(source: ByteSource): Promise<LogForm | Refusal | null> {
  return logFormIn(source.bytes ?? (await headOf(source)));
}

/** The same of what is in memory, by its first bytes. */
export function logFormIn(bytes: Uint8Array): LogForm | Refusal | null {
  const begin = bytes.subarray(0, HEAD_BYTES);
  if (beginsAsCapture(begin)) return null;
  const head = plainOf(begin);
  const text = textOf(head, 0, head.length);
  const begins = text.trimStart();
  if (text.startsWith('PAR1')) return { kind: 'parquet', rows: 'lines' };
  if (text.startsWith(SAVED_MAGIC)) return { refused: 'it is a saved analysis, which is opened by itself' };
  if (CASE.test(begins)) return { refused: 'it is a saved case, which is opened with the captures that it is about' };
  if (ZEEK_HEADER.test(text)) return { kind: 'zeek-tsv', rows: 'lines' };
  if (ZEEK_SUMMARY.test(begins)) return { kind: 'zeek-summary', rows: 'lines' };
  const lines = text.split('\n', ROWS_TRIED);
  if (lines.some((line) => csvHeader(line.trimEnd()) !== null)) return { kind: 'flow-csv', rows: 'lines' };
  if (zeekCsvHeader(lines[0].trimEnd()) !== null) return { kind: 'zeek-csv', rows: 'lines' };
  if (lines.some((line) => ZEEK_ROW.test(line))) {
    const refused = 'it looks like a log of Zeek without its header: put the lines that begin with # before its rows';
    return { refused };
  }
  if (begins.startsWith('[')) return jsonForm(head, []);
  if (begins.startsWith('{')) return jsonForm(head, lines);
  const unprefixed = lines.map(withoutPrefix);
  // Syslog's lines, and those with a prefix before their JSON.
  const isPrefixed = unprefixed.some((line, index) => line !== lines[index] && jsonObject(line) !== null);
  return isPrefixed ? jsonForm(head, unprefixed, true) : null;
}

function jsonForm(head: Uint8Array, lines: readonly string[], isPrefixed = false): LogForm | Refusal {
  const onLines = lines.map(jsonObject).filter((object) => object !== null);
  const objects = onLines.length > 0 ? onLines : firstObjects(head);
  const rows = onLines.length > 0 ? 'lines' : 'objects';
  const kinds = [
    ['suricata', isSuricataEvent],
    ['zeek-json', isZeekObject],
  ] as const;
  for (const object of objects) {
    for (const [kind, isOfKind] of kinds) {
      const keys = shippedIn(object, isOfKind);
      if (keys !== null) return keys.length > 0 || isPrefixed ? { kind, rows, shippedIn: keys } : { kind, rows };
    }
  }
  if (objects.some((object) => 'ecs' in object || 'ecs.version' in object))
    return { refused: `it is JSON in Elastic's common schema: give what "event.original" has, or the log itself` };
  return { refused: 'it is JSON, but neither a log of Zeek nor eve.json of Suricata' };
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

/** The first bytes as far as they can be read, fewer of a capture: what is wrong with them is said when the file is read. */
async function headOf(source: ByteSource): Promise<Uint8Array> {
  const reader = source.open();
  let head = new Uint8Array(FIRST_BYTES);
  let length = 0;
  try {
    while (length < HEAD_BYTES) {
      if (length === head.length) head = widened(head);
      const piece = await reader.read(new Uint8Array(head.length - length));
      if (piece.length === 0) break;
      if (length === 0 && beginsAsCapture(piece)) return piece;
      head.set(piece, length);
      length += piece.length;
      if (length >= FIRST_BYTES && !mayBeText(head)) break;
    }
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
  } finally {
    await reader.close();
  }
  return head.subarray(0, length);
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
