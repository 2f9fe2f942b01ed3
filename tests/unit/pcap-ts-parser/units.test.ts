import { expect, it } from 'vitest';
import { areNanoseconds } from '../../../src/pcap-ts-parser/pcap-records.ts';

const FORMAT = { littleEndian: true, headerLength: 16, unitsPerSecond: 1e6 };
const CAPTURED = 1008;
const RECORD = FORMAT.headerLength + CAPTURED;
/** Of records that are looked at. */
const IN_FRONT = (1 << 16) / RECORD;

/** Records with these fractions of a second. */
function records(fractions: readonly number[]): DataView {
  const view = new DataView(new ArrayBuffer(fractions.length * RECORD));
  for (const [index, fraction] of fractions.entries()) {
    view.setUint32(index * RECORD + 4, fraction, true);
    view.setUint32(index * RECORD + 8, CAPTURED, true);
  }
  return view;
}

const are = (...fractions: readonly number[]): boolean | null => {
  const view = records(fractions);
  return areNanoseconds(view, 0, view.byteLength, true, FORMAT);
};
const micro = Array<number>(IN_FRONT).fill(999_999);
const nano = Array<number>(2 * IN_FRONT).fill(999_999_999);

it('the first 64 KiB of records tell what fractions of a second are counted in, and what follows does not', () => {
  expect([are(...nano), are(...micro), are(...nano, ...micro), are(...micro, ...nano)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

it('nothing is told by fewer than half of the fractions, nor by more than a second of nanoseconds', () => {
  const few = nano.slice(0, 3);
  expect([are(...micro.slice(0, 3), ...few), are(...micro.slice(0, 4), ...few)]).toEqual([true, false]);
  expect(are(1_000_000_000, ...nano)).toBe(false);
});

it('more bytes are waited for, unless 256 records are there already: thousands of small ones would wait with them', () => {
  const small = new DataView(new ArrayBuffer(257 * FORMAT.headerLength));
  for (let at = 0; at < small.byteLength; at += FORMAT.headerLength) small.setUint32(at + 4, 999_999_999, true);
  const areOf = (count: number, final: boolean): boolean | null =>
    areNanoseconds(small, 0, count * FORMAT.headerLength, final, FORMAT);
  expect([areOf(255, false), areOf(255, true), areOf(256, false)]).toEqual([null, true, true]);
  // What comes behind them changes nothing.
  for (let at = 0; at < 200 * FORMAT.headerLength; at += FORMAT.headerLength) small.setUint32(at + 4, 1, true);
  small.setUint32(256 * FORMAT.headerLength + 4, 1_000_000_000, true);
  expect([areOf(256, false), areOf(257, false)]).toEqual([false, false]);
});
