import { Packet } from 'pcap-ts-parser';
import { expect, it } from 'vitest';
import { LatePackets } from '../../../../src/analysis/reading/late-packets.ts';

/** The share that leaves room for 128 packets and 64 kB. */
const SHARE = 1 / 1024;

it.each([
  ['128 packets', 60, 128],
  ['64 kB of them', 1 << 13, 8],
])('%s wait, and the earliest go on', (_, length, most) => {
  const handedOn: number[] = [];
  const late = new LatePackets(1e9, SHARE, ({ number }) => void handedOn.push(number));
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
