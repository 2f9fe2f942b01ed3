import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { packed } from '../../src/saved/pack.ts';
import { SavedBytes, SavedFault, unpacked } from '../../src/saved/unpack.ts';
import { openedBytes, savedBytes, shownOf } from '../builders/saved.ts';
import { analyzeFixture } from '../fixtures/expected.ts';
import { FIXTURES } from '../fixtures/fixtures.ts';
import { mutation } from './mutations.ts';

/** Plain data as analyses are made of: texts, numbers, lists, and columns of all kinds. */
const { data } = fc.letrec((tie) => ({
  data: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'grapheme' }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.string({ unit: 'grapheme' })),
    fc.uint8Array(),
    fc.uint16Array(),
    fc.uint32Array(),
    fc.int32Array(),
    fc.float64Array(),
    fc.array(tie('data')),
    fc.dictionary(
      fc.string().filter((name) => name !== '$' && name !== '__proto__'),
      tie('data'),
      { noNullPrototype: true },
    ),
  ),
}));

const readBack = (bytes: Uint8Array): Promise<unknown> => unpacked(new SavedBytes(bufferSource(bytes).open(), null));

const contents = await Promise.all(
  FIXTURES.filter(({ name }) => ['sessions', 'dns-tunnels', 'zeek'].includes(name)).map(async (fixture) =>
    gunzipSync(savedBytes(await analyzeFixture(fixture))),
  ),
);

describe('what is packed', () => {
  it('is the same when it is read back, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(data, async (value) => {
        expect(await readBack(Buffer.concat([...packed(value)]))).toEqual(value);
      }),
    );
  });

  it('is one column for one array, however often it is there', async () => {
    const column = Uint32Array.of(1, 2, 3);
    const read = (await readBack(Buffer.concat([...packed({ a: column, b: [column] })]))) as {
      a: unknown;
      b: unknown[];
    };
    expect(read.b[0]).toBe(read.a);
  });
});

describe('any bytes as a saved analysis', () => {
  it('are opened and can be shown, or refused with a reason', async () => {
    expect(contents.length).toBe(3);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...contents), mutation, async (content, change) => {
        try {
          const { analysis } = await openedBytes(change(content));
          expect(shownOf(analysis, { minFlows: 0 }).report.flows).toBe(analysis.flows.length);
        } catch (error) {
          expect(error).toBeInstanceOf(SavedFault);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are refused where they are noise', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (noise) => {
        await expect(openedBytes(noise)).rejects.toBeInstanceOf(SavedFault);
        const behind = new Uint8Array(Buffer.concat([contents[0].subarray(0, 21), noise]));
        await expect(openedBytes(behind)).rejects.toBeInstanceOf(SavedFault);
      }),
    );
  });
});
