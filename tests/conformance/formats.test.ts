import path from 'node:path';
import { CaptureError } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { FORMAT_DIFFERENCES } from './differences.ts';
import { readFile, type Reading, table } from './reading.ts';
import { sharedFolder } from './shared.ts';

/** Numbers in parentheses: "EN10MB(1) NULL(0)" gives [0, 1]. */
function linkTypesIn(text: string): number[] {
  return [...new Set([...text.matchAll(/\((\d+)\)/g)].map((match) => Number(match[1])))].sort((a, b) => a - b);
}

/** Whether a file is read as the reference readers read it, up to the first fault where there is one. */
function isEqual(reading: Reading | CaptureError, row: Record<string, string>): boolean {
  if (reading instanceof CaptureError) {
    // Where the reference cannot read it either, a refusal by name is all there is to give.
    return (
      row.packets_capinfos === '' &&
      row.packets_tshark === '0' &&
      reading.kind === 'other-format' &&
      row.compressed === 'bzip2'
    );
  }
  const packets = row.capinfos_error === '' ? reading.info.packets : reading.packetsBeforeFault;
  const counts = [row.packets_capinfos, row.packet_records].filter((count) => count !== '').map(Number);
  const times =
    row.first === ''
      ? row.earliest === '' ||
        (Number(reading.earliest) === Number(row.earliest) && Number(reading.latest) === Number(row.latest))
      : reading.first === row.first && reading.last === row.last;
  const linkTypes = linkTypesIn(row.link_types);
  // After a fault ours goes on, and meets further interfaces.
  const kinds = row.capinfos_error === '' ? reading.info.linkTypes.length === linkTypes.length : true;
  return (
    counts.includes(packets) &&
    times &&
    kinds &&
    linkTypes.every((linkType) => reading.info.linkTypes.includes(linkType))
  );
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
