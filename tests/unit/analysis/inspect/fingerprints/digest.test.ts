import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { md5Hex, sha256Hex12 } from '../../../../../src/analysis/inspect/fingerprints/digest.ts';

/** Texts of lengths around those where a block ends, and where another way of hashing begins. */
const TEXTS = [0, 1, 55, 56, 63, 64, 65, 119, 120, 1023, 1024, 1025, 4096, 20_000].map((length) =>
  Uint8Array.from({ length }, (_, at) => (at * 31 + length) & 0xff),
);

function expected(algorithm: string): string[] {
  return TEXTS.map((text) => createHash(algorithm).update(text).digest('hex'));
}

test('hashes are those of the platform, before long texts have another way and after', async () => {
  const shown = expected('sha256').map((digits) => digits.slice(0, 12));
  for (let round = 0; round < 3; round++) {
    expect(TEXTS.map((text) => md5Hex(text))).toEqual(expected('md5'));
    expect(TEXTS.map((text) => sha256Hex12(text))).toEqual(shown);
    // WebAssembly is compiled meanwhile.
    for (let turn = 0; turn < 50; turn++) await setImmediate();
  }
});
