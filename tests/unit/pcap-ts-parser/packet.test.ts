import { Packet } from 'pcap-ts-parser';
import { expect, it } from 'vitest';

it('copies every field of a packet, and the offsets moved to where its frame is', () => {
  const packet = new Packet();
  const fields = packet as unknown as Record<string, unknown>;
  // Another value in every field, so that one that is left out shows.
  Object.keys(packet).forEach((field, number) => {
    if (typeof fields[field] === 'number') fields[field] = 100 + number;
    else if (typeof fields[field] === 'boolean') fields[field] = !fields[field];
    else if (field !== 'bytes') fields[field] = { number };
  });
  packet.bytes = Uint8Array.from({ length: 200 }, (_, place) => place);
  packet.start = 50;
  packet.capturedLength = 60;
  const bytes = new Uint8Array(80);
  const copy = new Packet();
  copy.copyFrom(packet, bytes, 10);
  const { source, destination, payload } = packet;
  const moved = { start: 10, source: source - 40, destination: destination - 40, payload: payload - 40 };
  expect(copy).toEqual(Object.assign(new Packet(), packet, moved, { bytes }));
  expect(bytes.subarray(10, 70)).toEqual(packet.bytes.subarray(50, 110));
  expect(bytes.subarray(70)).toEqual(new Uint8Array(10));
});
