import { describe, expect, it } from 'vitest';
import { StreamSide } from '../../../src/evidence/stream-side.ts';
import { tcpPacket } from '../../builders/payloads/packet.ts';

/** A direction whose bytes before `next` came, with what it gives after them: counts of bytes, holes below 0. */
function side(next: number) {
  const given: number[] = [];
  const stream = new StreamSide({
    data: (_bytes, start, end) => given.push(end - start),
    gap: (missing) => given.push(-missing),
  });
  const add = (sequence: number, length: number): void => {
    const packet = tcpPacket(1, 2, sequence, new Uint8Array(length));
    packet.wirePayloadLength = length;
    stream.add(packet, 0);
  };
  add(0, next);
  given.length = 0;
  return { given, add };
}

describe('behind a hole', () => {
  it('256 segments wait, then it is taken for lost', () => {
    const { given, add } = side(1);
    for (let at = 0; at < 256; at++) add(10 + 2 * at, 1);
    expect(given).toEqual([]);
    add(10 + 2 * 256, 1);
    expect(given).toEqual([-9, 1]);
  });

  it('a quarter of a megabyte waits, then it is taken for lost', () => {
    const { given, add } = side(1);
    for (let at = 0; at < 8; at++) add(10 + at * 2 ** 16, 2 ** 15);
    expect(given).toEqual([]);
    add(10 + 8 * 2 ** 16, 1);
    expect(given).toEqual([-9, 2 ** 15]);
  });

  it('what waited and was given makes room for more', () => {
    const { given, add } = side(1);
    for (let round = 0; round < 3; round++) {
      const first = 1 + round * (2 ** 17 + 1);
      for (let at = 0; at < 4; at++) add(first + 1 + at * 2 ** 15, 2 ** 15);
      expect(given.splice(0)).toEqual([]);
      add(first, 1);
      expect(given.splice(0)).toEqual([1, 2 ** 15, 2 ** 15, 2 ** 15, 2 ** 15]);
    }
  });
});
