import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Report } from '../../analysis/report/report.ts';

const KINDS = { Uint8Array, Int8Array, Uint16Array, Uint32Array, Float64Array } as const;
type Kind = keyof typeof KINDS;

/** What stands for an array of numbers in the text: of which kind it is, how long, and where its bytes begin. */
interface Place {
  $: Kind;
  at: number;
  length: number;
}

/** A part's report may not unpack to more than this: what is larger was not packed here. */
const MOST_BYTES = 1 << 30;

/** A report as one text, for a table of the engine: what a hunt goes on from after it was stopped. */
export function packReport(report: Report): string {
  const arrays: Uint8Array[] = [];
  let at = 0;
  const text = JSON.stringify(report, (_, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return typeof value === 'number' && !Number.isFinite(value) ? null : value;
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    const place: Place = { $: value.constructor.name as Kind, at, length: (value as Uint8Array).length };
    arrays.push(bytes);
    at += bytes.length;
    return place;
  });
  const head = Buffer.from(text);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(head.length);
  return deflateRawSync(Buffer.concat([size, head, ...arrays]), { level: 1 }).toString('base64');
}

/** The report that was packed. Throws a `RangeError` or an error of zlib's for a text that is none. */
export function unpackReport(packed: string): Report {
  const bytes = inflateRawSync(Buffer.from(packed, 'base64'), { maxOutputLength: MOST_BYTES });
  const head = 4 + bytes.readUInt32LE(0);
  return JSON.parse(bytes.toString('utf8', 4, head), (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('$' in value)) return value;
    const { $: kind, at, length } = value as Place;
    const Made = KINDS[kind];
    const start = head + at;
    const end = start + length * Made.BYTES_PER_ELEMENT;
    if (!(start >= head && end <= bytes.length)) throw new RangeError('a stored part of a hunt is damaged');
    const copy = new Uint8Array(end - start);
    copy.set(bytes.subarray(start, end));
    return new Made(copy.buffer);
  }) as Report;
}
