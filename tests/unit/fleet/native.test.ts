import { describe, expect, it } from 'vitest';
import { readNative, recordsOf, textAt } from '../../../src/fleet/engine/native-read.ts';
import { nativeBlock, numberColumn, textColumn } from '../../../src/fleet/engine/native-write.ts';

const LARGEST = Number.MAX_SAFE_INTEGER;
const LONG = 'é'.repeat(200);

function block(): Uint8Array {
  return nativeBlock(3, [
    numberColumn('small', 'UInt8', [0, 1, 255]),
    numberColumn('signed', 'Int8', [-8, 0, 127]),
    numberColumn('port', 'UInt16', Uint16Array.of(0, 443, 65_535)),
    numberColumn('count', 'UInt32', [0, 1, 4_294_967_295]),
    numberColumn('bytes', 'UInt64', [0, 4_294_967_296, LARGEST]),
    numberColumn('score', 'Float64', [0.1, Number.NaN, -3]),
    textColumn('name', [1, 0, 2], ['', 'a.example', LONG]),
  ]);
}

describe('the Native format', () => {
  it('gives back what was written, one block after another', () => {
    const rows = [
      { small: 0, signed: -8, port: 0, count: 0, bytes: 0, score: 0.1, name: 'a.example' },
      { small: 1, signed: 0, port: 443, count: 1, bytes: 4_294_967_296, score: Number.NaN, name: '' },
      { small: 255, signed: 127, port: 65_535, count: 4_294_967_295, bytes: LARGEST, score: -3, name: LONG },
    ];
    expect(recordsOf(Buffer.concat([block(), block()]))).toEqual([...rows, ...rows]);
  });

  it('says so when an answer is cut anywhere', () => {
    const bytes = block();
    for (let length = 1; length < bytes.length; length++) {
      expect(() => recordsOf(bytes.subarray(0, length)), String(length)).toThrow(RangeError);
    }
  });

  it('names the column of a type that it does not read', () => {
    const other = nativeBlock(1, [{ name: 'when', type: 'String', bytes: Uint8Array.of(0) }]);
    const renamed = Buffer.from(Buffer.from(other).toString('latin1').replace('String', 'Float3'), 'latin1');
    expect(() => [...readNative(renamed)]).toThrow('column when is of the type Float3');
  });

  it('reads a text where its bytes lie', () => {
    const [{ texts }] = readNative(block());
    expect(textAt(texts.get('name')!, 2)).toBe(LONG);
  });
});
