import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import Papa from 'papaparse';
import { CaptureError, type CaptureInfo, fileHandleSource, type Packet, readPackets } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { decompressed } from '../../src/decompress/decompressed.ts';
import { FORMAT_DIFFERENCES } from './differences.ts';
import { sharedFolder } from './shared.ts';

interface Reading {
  info: CaptureInfo;
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
async function readFile(file: string): Promise<Reading | CaptureError> {
  const handle = await open(file);
  const times: { offset: number; time: string }[] = [];
  try {
    const source = decompressed(fileHandleSource(handle, (await handle.stat()).size, path.basename(file)));
    const info = await readPackets(source, (packet) => times.push({ offset: packet.fileOffset, time: timeOf(packet) }));
    const fault = Math.min(...info.warnings.map(({ kind, offset }) => (FAULTS.has(kind) && offset !== null ? offset : Infinity)));
    const before = times.filter(({ offset }) => offset < fault).map(({ time }) => time);
    const sorted = before.filter((time) => time !== '').sort((a, b) => Number(a) - Number(b));
    return {
      info, packetsBeforeFault: before.length, first: before.at(0) ?? '', last: before.at(-1) ?? '',
      earliest: sorted.at(0) ?? '', latest: sorted.at(-1) ?? '',
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

function timeOf({ timed, seconds, nanoseconds }: Packet): string {
  return timed ? `${seconds}.${String(nanoseconds).padStart(9, '0')}` : '';
}

function table(folder: string, name: string): Record<string, string>[] {
  return Papa.parse<Record<string, string>>(readFileSync(path.join(folder, name), 'utf8'), {
    header: true, delimiter: '\t', quoteChar: '\0', skipEmptyLines: true,
  }).data;
}

/** Numbers in parentheses: "EN10MB(1) NULL(0)" gives [0, 1]. */
function linkTypesIn(text: string): number[] {
  return [...new Set([...text.matchAll(/\((\d+)\)/g)].map((match) => Number(match[1])))].sort((a, b) => a - b);
}

/** Whether a file is read as the reference readers read it, up to the first fault where there is one. */
function isEqual(reading: Reading | CaptureError, row: Record<string, string>): boolean {
  if (reading instanceof CaptureError) {
    // Where the reference cannot read it either, a refusal by name is all there is to give.
    return row.packets_capinfos === '' && row.packets_tshark === '0' && reading.kind === 'other-format' && row.compressed === 'bzip2';
  }
  const packets = row.capinfos_error === '' ? reading.info.packets : reading.packetsBeforeFault;
  const counts = [row.packets_capinfos, row.packet_records].filter((count) => count !== '').map(Number);
  const times = row.first === ''
    ? row.earliest === '' || (Number(reading.earliest) === Number(row.earliest) && Number(reading.latest) === Number(row.latest))
    : reading.first === row.first && reading.last === row.last;
  const linkTypes = linkTypesIn(row.link_types);
  // After a fault ours goes on, and meets further interfaces.
  const kinds = row.capinfos_error === '' ? reading.info.linkTypes.length === linkTypes.length : true;
  return counts.includes(packets) && times && kinds && linkTypes.every((linkType) => reading.info.linkTypes.includes(linkType));
}

const formats = sharedFolder('captures/formats');
describe.skipIf(formats === null)('captures of many formats', () => {
  const folder = formats ?? '';
  const rows = formats === null ? [] : table(folder, 'formats.tsv');

  it.each(rows)('$file', async (row) => {
    const reading = await readFile(path.join(folder, row.file));
    const reason = FORMAT_DIFFERENCES.get(row.file);
    expect(isEqual(reading, row), reason ?? JSON.stringify({ reading, row }, null, 1)).toBe(reason === undefined);
  });

  it('are equal for at least 98 in a hundred', () => {
    expect(FORMAT_DIFFERENCES.size).toBeLessThanOrEqual(rows.length * 0.02);
  });
});

const malformed = sharedFolder('captures/malformed');
describe.skipIf(malformed === null)('malformed captures', () => {
  const folder = malformed ?? '';
  const rows = malformed === null ? [] : table(folder, 'malformed.tsv');

  it.each(rows)('$file', async (row) => {
    const reading = await readFile(path.join(folder, row.file));
    if (reading instanceof CaptureError) {
      expect(Number(row.packets_capinfos)).toBe(0);
      expect(reading.message).not.toBe('');
      return;
    }
    expect(reading.info.packets).toBeGreaterThanOrEqual(Number(row.packets_capinfos));
    if (row.capinfos_error !== '') expect(reading.info.warnings).not.toEqual([]);
  });
});
