import { Packet } from 'pcap-ts-parser';
import { expect, it } from 'vitest';
import { LatePackets } from '../../../../src/analysis/reading/late-packets.ts';
import { LateStamps } from '../../../../src/analysis/reading/late-stamps.ts';
import { seededRandom } from '../../../builders/random.ts';

/** The share that leaves room for 128 packets and 64 kB. */
const SHARE = 1 / 1024;

it.each([
  ['128 packets', 60, 128],
  ['64 kB of them', 1 << 13, 8],
])('%s wait, and the earliest go on', (_, length, most) => {
  const handedOn: number[] = [];
  const late = new LatePackets(LateStamps.unknown(), SHARE, ({ number }) => void handedOn.push(number));
  const packet = new Packet();
  for (let number = 1; number <= 2 * most; number++) {
    Object.assign(packet, {
      number,
      seconds: 1e9 - number,
      capturedLength: length,
      bytes: new Uint8Array(length),
      timed: true,
    });
    late.add(packet);
    expect(number - handedOn.length).toBeLessThanOrEqual(most);
  }
  expect(handedOn).toHaveLength(most);
  late.end();
  expect(handedOn.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 2 * most }, (__, index) => index + 1));
});

/** Hands packets with these stamps on in order, and says how many had to wait for others. */
function inOrder(stamps: readonly number[], late: LateStamps): { numbers: number[]; waited: number } {
  const numbers: number[] = [];
  const packets = new LatePackets(late, 1, ({ number }) => void numbers.push(number));
  const packet = new Packet();
  let waited = 0;
  for (const [index, seconds] of stamps.entries()) {
    Object.assign(packet, { number: index + 1, seconds, capturedLength: 1, bytes: new Uint8Array(1), timed: true });
    packets.add(packet);
    if (!numbers.includes(index + 1)) waited++;
  }
  packets.end();
  return { numbers, waited };
}

/** Which of packets with these stamps come late. */
function lateOf(stamps: readonly number[], mostKnown?: number): LateStamps {
  const late = new LateStamps(mostKnown);
  let latest = 0;
  for (const [index, seconds] of stamps.entries()) {
    if (seconds < latest) late.add(index + 1, seconds * 1000, (latest - seconds) * 1000);
    latest = Math.max(latest, seconds);
  }
  return late;
}

it('those that none is still to come before do not wait', () => {
  // Of a thousand packets a second apart the 900th belongs behind the 879th, two others one place ahead.
  const stamps = Array.from({ length: 1000 }, (_, index) => index);
  stamps.splice(899, 0, 878.5);
  [stamps[99], stamps[100], stamps[500], stamps[501]] = [100, 99, 501, 500];
  const sorted = stamps.map((_, index) => index + 1).sort((a, b) => stamps[a - 1] - stamps[b - 1] || a - b);
  expect(inOrder(stamps, lateOf(stamps))).toEqual({ numbers: sorted, waited: 22 });
  expect(inOrder(stamps, lateOf(stamps, 2))).toEqual({ numbers: sorted, waited: 1000 });
});

it.each([undefined, 10])('are in the order of their stamps whatever that is, %s known one by one at most', (most) => {
  const random = seededRandom(5);
  for (let round = 0; round < 50; round++) {
    const stamps = Array.from({ length: 200 }, (_, index) => index + random.integer(0, 4) ** 2);
    const sorted = stamps.map((_, index) => index + 1).sort((a, b) => stamps[a - 1] - stamps[b - 1] || a - b);
    expect(inOrder(stamps, lateOf(stamps, most)).numbers).toEqual(sorted);
  }
});
