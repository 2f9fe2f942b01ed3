import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import Papa from 'papaparse';
import { CaptureError, type CaptureInfo, fileHandleSource, type Packet, readPackets } from 'pcap-ts-parser';
import { decompressed } from '../../src/decompress/decompressed.ts';

/** What was read of one capture file, for comparison with what reference readers read. */
export interface Reading {
  info: CaptureInfo;
  /** Packets that lie before a byte offset of the unpacked file. */
  packetsBefore: (offset: number) => number;
  /** Packets that lie before the first fault, or all. */
  packetsBeforeFault: number;
  /** Of those, in file order: seconds with nine decimals, '' without packets or where the packet has no time. */
  first: string;
  last: string;
  /** Extremes of the times, '' without any. */
  earliest: string;
  latest: string;
}

/** Reads one file; its `CaptureError` where nothing can be read. Any other error is thrown. */
export async function readFile(file: string): Promise<Reading | CaptureError> {
  const handle = await open(file);
  const times: { offset: number; time: string }[] = [];
  try {
    const source = decompressed(fileHandleSource(handle, (await handle.stat()).size, path.basename(file)));
    const info = await readPackets(source, (packet) => times.push({ offset: packet.fileOffset, time: timeOf(packet) }));
    const fault = Math.min(
      ...info.warnings.map(({ kind, offset }) => (FAULTS.has(kind) && offset !== null ? offset : Infinity)),
    );
    const before = times.filter(({ offset }) => offset < fault).map(({ time }) => time);
    const sorted = before.filter((time) => time !== '').sort((a, b) => Number(a) - Number(b));
    return {
      info,
      packetsBefore: (end) => times.filter(({ offset }) => offset < end).length,
      packetsBeforeFault: before.length,
      first: before.at(0) ?? '',
      last: before.at(-1) ?? '',
      earliest: sorted.at(0) ?? '',
      latest: sorted.at(-1) ?? '',
    };
  } catch (error) {
    if (error instanceof CaptureError) return error;
    throw error;
  } finally {
    await handle.close();
  }
}

/** Faults that end a reference reader's reading; ours goes on after most of them. */
const FAULTS = new Set(['bad-length', 'bad-byte-order', 'cut-record', 'zero-filled']);

function timeOf(packet: Packet): string {
  const seconds = packet.misdated ? packet.stampSeconds : packet.seconds;
  const nanoseconds = packet.misdated ? packet.stampNanoseconds : packet.nanoseconds;
  return packet.timed ? `${seconds}.${String(nanoseconds).padStart(9, '0')}` : '';
}

/** The rows of a table of expected values. */
export function table(folder: string, name: string): Record<string, string>[] {
  return Papa.parse<Record<string, string>>(readFileSync(path.join(folder, name), 'utf8'), {
    header: true,
    delimiter: '\t',
    quoteChar: '\0',
    skipEmptyLines: true,
  }).data;
}
