import { bufferSource } from 'pcap-ts-parser';
import fc from 'fast-check';
import { constants, deflateRawSync, gzipSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { gunzipAhead } from '../../../src/cli/gunzip.ts';
import { inflateTo, unpackDeflate } from '../../../src/decompress/deflate/deflate.ts';
import { Inflater } from '../../../src/decompress/deflate/inflater.ts';
import { CompressedInput } from '../../../src/decompress/input.ts';
import { type Unpacking, unpackWith } from '../../../src/decompress/platform.ts';
import { BitWriter, deflateOfCodes, gzipMember, LONGEST_CODES, ownCodes } from '../../builders/compress/deflate.ts';
import { latin1 } from '../../builders/payloads/bytes.ts';
import { mutation } from '../../property/mutations.ts';
import { bytesAllocated } from '../memory-allocated.ts';
import { unpacked } from './unpacked.ts';

const NOTHING = new Uint8Array(0);
const inflater = new Inflater();

/** What deflate becomes, given so many bytes at a time, and how it ends: where, cut, or damaged. */
function inflated(packed: Uint8Array, step = packed.length): { bytes: Buffer; end: number | 'cut' | 'damaged' } {
  const pieces: Uint8Array[] = [];
  inflater.begin();
  let end = 0;
  try {
    for (let given = Math.min(step, packed.length); ;) {
      const stop = inflater.step(packed, end, given, given === packed.length);
      pieces.push(inflater.take().slice());
      end = inflater.position;
      if (stop === 'end') return { bytes: Buffer.concat(pieces), end };
      if (stop === 'more' && given === packed.length) return { bytes: Buffer.concat(pieces), end: 'cut' };
      if (stop === 'more') given = Math.min(given + step, packed.length);
    }
  } catch {
    pieces.push(inflater.take().slice());
    return { bytes: Buffer.concat(pieces), end: 'damaged' };
  }
}

/** The same of zlib; null for its bytes where it gives none. */
function byZlib(packed: Uint8Array): { bytes: Buffer | null; end: number | 'cut' | 'damaged' } {
  try {
    const { buffer, engine } = inflateRawSync(packed, { info: true }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    return { bytes: buffer, end: engine.bytesWritten };
  } catch (error) {
    return { bytes: null, end: (error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR' ? 'cut' : 'damaged' };
  }
}

const content = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.nat({ max: 600 }).map((length) => new Uint8Array(length)),
    ),
    {
      maxLength: 20,
    },
  )
  .map((parts) => Buffer.concat(parts));
const packing = fc.record({
  level: fc.constantFrom(0, 1, 6, 9),
  strategy: fc.constantFrom(constants.Z_DEFAULT_STRATEGY, constants.Z_HUFFMAN_ONLY, constants.Z_FIXED),
});

describe('deflate is unpacked', () => {
  it('to what zlib makes of it, whole, cut or damaged, in steps of any size', () => {
    fc.assert(
      fc.property(
        content,
        packing,
        fc.integer({ min: 1, max: 300 }),
        fc.option(mutation),
        (bytes, how, step, damage) => {
          const packed = deflateRawSync(bytes, how);
          const given = damage === null ? packed : damage(packed);
          const here = inflated(given, step);
          const there = byZlib(given);
          // What is cut may be known as damaged by what is there.
          if (typeof here.end === 'number' || typeof there.end === 'number') expect(here.end).toBe(there.end);
          if (there.bytes !== null) expect(here.bytes.equals(there.bytes)).toBe(true);
          expect(inflated(given).bytes.equals(here.bytes)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('to the last byte before it is cut', () => {
    const bytes = latin1(Array.from({ length: 300 }, (_, line) => `10.0.${line}.1 asks ${line * 7919}\n`).join(''));
    const packed = deflateRawSync(bytes);
    let before = 0;
    for (let length = 0; length < packed.length; length++) {
      const { bytes: got, end } = inflated(packed.subarray(0, length));
      expect([end, got.equals(bytes.subarray(0, got.length))]).toEqual(['cut', true]);
      expect(got.length).toBeGreaterThanOrEqual(before);
      before = got.length;
    }
    expect(before).toBeGreaterThan(bytes.length - 10);
  });

  it('through windows of more than it looks back', () => {
    const bytes = Buffer.from(Uint8Array.from({ length: 1_000_000 }, (_, at) => (at * at) >> 9));
    const packed = deflateRawSync(bytes);
    for (const step of [1000, packed.length]) expect(inflated(packed, step).bytes.equals(bytes)).toBe(true);
  });

  it('at once where there is room for it to the byte', () => {
    const bytes = latin1('10.0.0.1 asks 203.0.113.9\n'.repeat(50));
    for (const level of [0, 6]) {
      const packed = deflateRawSync(bytes, { level });
      const out = new Uint8Array(bytes.length);
      expect(inflateTo(packed, 0, out)).toEqual({ length: bytes.length, end: packed.length });
      expect(Buffer.compare(out, bytes)).toBe(0);
      expect(() => inflateTo(packed, 0, out.subarray(1))).toThrow('more bytes than there is room for');
      expect(() => inflateTo(packed.subarray(1, -1), 0, out)).toThrow(/./);
      expect(() => inflateTo(packed.subarray(0, -1), 0, out)).toThrow('it ends too early');
    }
  });

  it('piece by piece, however much it becomes', async () => {
    const packed = Uint8Array.from(deflateRawSync(new Uint8Array(1 << 23)));
    const input = new CompressedInput(bufferSource(packed).open());
    let [sum, longest] = [0, 0];
    for await (const { length } of unpackDeflate(input, new Inflater(), () => new Error('cut'))) {
      sum += length;
      longest = Math.max(longest, length);
    }
    expect(sum).toBe(1 << 23);
    expect(longest).toBeLessThan(1 << 17);
  });
});

describe('deflate is refused for', () => {
  const bits = (): BitWriter => new BitWriter();
  const usual = (): BitWriter => bits().put(1, 1).put(1, 2);
  const two = Array.from({ length: 257 }, (_, symbol) => (symbol >= 255 ? 1 : 0));
  it.each<[why: string, packed: BitWriter]>([
    ['a block of a kind that there is not', bits().put(1, 1).put(3, 2)],
    ['a stored block whose lengths differ', bits().put(1, 8).put(1, 16).put(0, 16)],
    ['more codes than there can be', ownCodes(bits(), [1, ...two.slice(1)], [1])],
    [
      'fewer codes than there should be',
      ownCodes(
        bits(),
        two.map((length) => 2 * length),
        [1],
      ),
    ],
    [
      'a block without an end',
      ownCodes(
        bits(),
        two.map((length, symbol) => (symbol < 256 ? length : 0)),
        [1],
      ),
    ],
    ['codes for more than there is', ownCodes(bits(), [...two, ...Array.from({ length: 30 }, () => 0)], [1])],
    [
      'codes for more than there is',
      ownCodes(
        bits(),
        two,
        Array.from({ length: 31 }, () => 0),
      ),
    ],
    [
      'lengths of codes that repeat what is not there',
      bits().put(1, 1).put(2, 2).put(0, 14).put(1, 3).put(1, 3).put(0, 6),
    ],
    ['a code that none has', ownCodes(bits(), [...two.slice(0, 255), 0, 1], [1]).put(1, 1)],
    ['a length that there is not', usual().code(0b1100_0110, 8)],
    ['a distance that there is not', usual().code(0x30, 8).code(1, 7).code(30, 5)],
    ['a copy from before the first byte', usual().code(0x30, 8).code(1, 7).code(1, 5)],
  ])('%s', (why, packed) => {
    inflater.begin();
    const bytes = new Uint8Array(Buffer.concat([packed.finish(), new Uint8Array(8)]));
    expect(() => inflater.step(bytes, 0, bytes.length, true)).toThrow(why);
    expect(byZlib(bytes).end).toBe('damaged');
  });
});

describe('of gzip', () => {
  it('what is small is unpacked before anything of the platform is set up', async () => {
    const gunzip = vi.fn<Unpacking>();
    unpackWith({ gunzip });
    const bytes = latin1('text'.repeat(100_000));
    expect((await unpacked(Uint8Array.from(gzipSync(bytes)))).bytes.equals(bytes)).toBe(true);
    unpackWith({ gunzip: null });
    expect(gunzip).not.toHaveBeenCalled();
  });

  it('all flags of a header are understood, and those that there are not refused', async () => {
    const plain = gzipSync('text');
    const parts = { 2: [7, 7], 4: [2, 0, 1, 1], 8: [97, 0], 16: [98, 99, 0] };
    for (let flags = 0; flags < 32; flags++) {
      const more = [4, 8, 16, 2].flatMap((flag) => ((flags & flag) === 0 ? [] : parts[flag as keyof typeof parts]));
      const file = Uint8Array.from([
        ...plain.subarray(0, 3),
        flags,
        ...plain.subarray(4, 10),
        ...more,
        ...plain.subarray(10),
      ]);
      expect(await unpacked(file, 3)).toMatchObject({ bytes: Buffer.from('text'), fault: null });
      for (let length = 10; length < 10 + more.length; length++)
        expect((await unpacked(file.subarray(0, length))).fault).toMatchObject({ kind: 'cut-compression' });
    }
    plain[3] = 32;
    expect((await unpacked(Uint8Array.from(plain))).fault).toMatchObject({ kind: 'bad-compression' });
  });

  it.each([10, 100_000])('members go on behind zeros, and what is none is told: %i bytes', async (length) => {
    const first = Uint8Array.from({ length }, (_, at) => (at * at) >> 7);
    const file = (between: string): Uint8Array =>
      new Uint8Array(Buffer.concat([gzipSync(first, { level: 0 }), latin1(between), gzipSync('second')]));
    unpackWith({ gunzip: gunzipAhead });
    for (const between of ['', '\0', '\0'.repeat(70_000)]) {
      const { bytes, fault } = await unpacked(file(between));
      expect([bytes.equals(Buffer.concat([first, latin1('second')])), fault]).toEqual([true, null]);
    }
    const { bytes, fault } = await unpacked(file('x'));
    unpackWith({ gunzip: null });
    expect(bytes.equals(first)).toBe(true);
    expect(fault).toMatchObject({ message: 'what follows the gzip data is not gzip: it was not read' });
  });
});

describe('no room is made for', () => {
  const cut = (file: Uint8Array): Uint8Array => file.subarray(0, -4);
  const members = (count: number): Uint8Array => Buffer.concat(Array.from({ length: count }, () => gzipSync('text')));
  const codes = (count: number): Uint8Array => gzipMember(deflateOfCodes(count), NOTHING);

  it.each([
    ['members of a few bytes', members],
    ['blocks of codes of their own', (count: number) => codes(100 * count)],
  ])('%s', async (_, build) => {
    const few = cut(new Uint8Array(build(1000)));
    await unpacked(few);
    const first = await bytesAllocated(() => unpacked(few));
    const twice = cut(new Uint8Array(build(2000)));
    // What more is read, and put behind what is left of it, and the little that is looked at for a header.
    expect((await bytesAllocated(() => unpacked(twice))) - first).toBeLessThan(6 * twice.length);
  });
});

describe('codes of a block that are longer than most', () => {
  it('are found bit by bit', () => {
    const bits = ownCodes(new BitWriter(), LONGEST_CODES, [1]).code(0x7ffe, 15).code(0x7fff, 15).put(0, 1);
    expect(inflated(bits.finish()).bytes).toEqual(Buffer.from([13, 14]));
  });

  it('take no larger tables', () => {
    const packed = deflateOfCodes(10_000);
    let filled = 0;
    const fill = vi.spyOn(Uint16Array.prototype, 'fill').mockImplementation(function counted(this: Uint16Array, value) {
      filled += this.length;
      for (let at = 0; at < this.length; at++) this[at] = value;
      return this;
    });
    expect(inflated(packed)).toEqual({ bytes: Buffer.alloc(0), end: packed.length });
    fill.mockRestore();
    expect(filled).toBeLessThan(20 * packed.length);
  });
});
