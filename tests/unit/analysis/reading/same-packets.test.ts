import { Packet } from 'pcap-ts-parser';
import { expect, it } from 'vitest';
import { SamePackets } from '../../../../src/analysis/reading/same-packets.ts';

const fields = { bytes: new Uint8Array(20), source: 12, destination: 16, payload: 20, ipVersion: 4, timed: true };
const PACKET = Object.assign(new Packet(), fields);

/** A packet that is told from others by a number alone; one object for all. */
function packet(number: number): Packet {
  PACKET.tcpSequence = number;
  return PACKET;
}

it('packets of other captures are remembered, and the oldest give way', () => {
  const same = new SamePackets();
  for (let number = 0; number < 1 << 17; number++) same.isRepeated(packet(number), 0);
  expect(same.isRepeated(packet((1 << 17) - 1), 1)).toBe(true);
  expect(same.isRepeated(packet((1 << 17) - (1 << 15)), 1)).toBe(true);
  for (let number = 0; number < 1 << 16; number++) same.isRepeated(packet((1 << 20) + number), 0);
  expect(same.isRepeated(packet(0), 1)).toBe(false);
});
