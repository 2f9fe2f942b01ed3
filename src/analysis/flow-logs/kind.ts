import { type ByteSource, CaptureError } from 'pcap-ts-parser';
import { isFlowCsvHeader } from './flow-csv.ts';
import { jsonObject } from './json-line.ts';
import { textOf } from './lines.ts';
import { isSuricataEvent } from './suricata.ts';
import { isZeekObject } from './zeek-json.ts';

/** The kinds of files that hold flows, not packets. */
export type LogKind = 'flow-csv' | 'zeek-tsv' | 'zeek-json' | 'suricata' | 'parquet';

/** Bytes that tell a log: its header or a few of its first lines. */
const HEAD_BYTES = 1 << 16;
/** Lines that are looked at for the first one that is whole. */
const LINES_TRIED = 10;

/** What flow log a source is, told by its first bytes and never by its name; null where it is none. */
export async function logKindOf(source: ByteSource): Promise<LogKind | null> {
  const head = await headOf(source);
  const text = textOf(head, 0, head.length);
  if (text.startsWith('PAR1')) return 'parquet';
  if (text.startsWith('#separator ') || text.startsWith('#fields')) return 'zeek-tsv';
  const lines = text.split('\n', LINES_TRIED);
  if (isFlowCsvHeader(lines[0].trimEnd())) return 'flow-csv';
  if (!/^(\u00ef\u00bb\u00bf)?\s*\{/.test(text)) return null;
  for (const line of lines) {
    const object = jsonObject(line.replace(/^\u00ef\u00bb\u00bf/, ''));
    if (object === null) continue;
    if (isSuricataEvent(object)) return 'suricata';
    if (isZeekObject(object)) return 'zeek-json';
  }
  return null;
}

/** The first bytes as far as they can be read: what is wrong with them is said when the file is read. */
async function headOf(source: ByteSource): Promise<Uint8Array> {
  const reader = source.open();
  const head = new Uint8Array(HEAD_BYTES);
  let length = 0;
  try {
    while (length < head.length) {
      const piece = await reader.read(new Uint8Array(head.length - length));
      if (piece.length === 0) break;
      head.set(piece, length);
      length += piece.length;
      if (length >= 4 && !mayBeText(head[0])) break;
    }
  } catch (error) {
    if (!(error instanceof CaptureError)) return head.subarray(0, length);
  } finally {
    await reader.close();
  }
  return head.subarray(0, length);
}

/** No capture's first byte is one that a text begins with; "P" is that of Parquet. */
function mayBeText(byte: number): boolean {
  return byte === 0xef || (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
