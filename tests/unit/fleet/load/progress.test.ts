import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { decompressed } from '../../../../src/decompress/decompressed.ts';
import { digestOf } from '../../../../src/fleet/load/digest.ts';
import { countedSource, Heartbeat } from '../../../../src/fleet/load/progress.ts';

const TEXT = Buffer.from('a log of many lines\n'.repeat(5000));

async function readAll({ open }: Pick<ReturnType<typeof bufferSource>, 'open'>): Promise<void> {
  const reader = open();
  while ((await reader.read(new Uint8Array(1000))).length > 0);
  await reader.close();
}

describe('a counted source', () => {
  it('says how many bytes of the file were taken, packed or not, in the latest reading', async () => {
    const plain = countedSource(bufferSource(TEXT, 'plain'));
    expect(plain.taken.bytes).toBe(0);
    await readAll(plain.source);
    await readAll(plain.source);
    expect(plain.taken.bytes).toBe(TEXT.length);
    const bytes = gzipSync(TEXT);
    const packed = countedSource(decompressed(bufferSource(bytes, 'packed')));
    await readAll(packed.source);
    expect(packed.taken.bytes).toBe(bytes.length);
    expect(packed.source.size).toBe(bytes.length);
  });
});

describe('what tells that a file comes again', () => {
  const digest = (bytes: Uint8Array, name: string) => digestOf(decompressed(bufferSource(bytes, name)));

  it('is the same for a log and the same log packed, under any name', async () => {
    expect(await digest(gzipSync(TEXT), 'conn.log.gz')).toBe(await digest(TEXT, 'conn.log'));
    expect(await digest(TEXT.subarray(1), 'conn.log')).not.toBe(await digest(TEXT, 'conn.log'));
  });

  it('tells files apart that are cut at their first byte', async () => {
    const cut = gzipSync(TEXT).subarray(0, 12);
    expect(await digest(cut, 'a.gz')).toBe(await digest(cut, 'a.gz'));
    expect(await digest(cut, 'a.gz')).not.toBe(await digest(cut, 'b.gz'));
  });
});

describe('a heartbeat', () => {
  it('beats one after another, also when one fails, and none after it was stopped', async () => {
    let [beats, together, most] = [0, 0, 0];
    const heartbeat = await new Promise<Heartbeat>((resolve) => {
      const made = new Heartbeat(1, async () => {
        most = Math.max(most, ++together);
        await wait(5);
        together--;
        if (++beats === 1) throw new Error('lost');
        if (beats === 3) resolve(made);
      });
    });
    await heartbeat.stop();
    expect([together, most]).toEqual([0, 1]);
    const ended = beats;
    await wait(20);
    expect(beats).toBe(ended);
  });
});
