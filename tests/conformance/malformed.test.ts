import { statSync } from 'node:fs';
import path from 'node:path';
import { CaptureError } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { readFile, table } from './reading.ts';
import { sharedFolder } from './shared.ts';

const malformed = sharedFolder('captures/malformed');
describe.skipIf(malformed === null)('malformed captures (../shared/captures/malformed)', () => {
  const folder = malformed ?? '';
  const rows = malformed === null ? [] : table(folder, 'malformed.tsv');

  it.each(rows)('$file: all that capinfos reads, and where the fault is', async (row) => {
    const file = path.join(folder, row.file);
    const reading = await readFile(file);
    if (reading instanceof CaptureError) {
      expect(Number(row.packets_capinfos)).toBe(0);
      expect(reading.message).not.toBe('');
      return;
    }
    const {
      info: { packets, warnings },
      packetsBefore,
    } = reading;
    expect(packets).toBeGreaterThanOrEqual(Number(row.packets_capinfos));
    if (row.capinfos_error === '') return;
    expect(warnings).not.toEqual([]);
    const before = /after reading (\d+) packets/.exec(row.capinfos_error)?.[1];
    if (before === undefined) return;
    const offsets = warnings.flatMap(({ offset }) => offset ?? []);
    // In a packed file the place is one of the packed bytes.
    if (row.file.endsWith('.gz')) expect(offsets).toEqual([statSync(file).size]);
    else expect(offsets.map(packetsBefore), JSON.stringify(warnings)).toContain(Number(before));
  });
});
