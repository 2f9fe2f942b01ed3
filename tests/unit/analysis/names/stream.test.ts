import { describe, expect, it } from 'vitest';
import { InOrderStream, STREAM_LIMIT } from '../../../../src/analysis/names/stream.ts';
import { latin1 } from '../../../builders/payloads/bytes.ts';
import { tcpPacket } from '../../../builders/payloads/packet.ts';

function segment(sequence: number, text: string): ReturnType<typeof tcpPacket> {
  return tcpPacket(1000, 80, sequence, latin1(text));
}

function textOf(stream: InOrderStream): string {
  return String.fromCharCode(...stream.bytes.subarray(0, stream.length));
}

describe('InOrderStream', () => {
  it('joins segments in order', () => {
    const stream = new InOrderStream(segment(100, 'abc'), true, 1);
    expect(stream.append(segment(103, 'def'))).toBe(true);
    expect(stream.append(segment(106, 'a longer one'))).toBe(true);
    expect(textOf(stream)).toBe('abcdefa longer one');
  });

  it('takes of a retransmission only what is new', () => {
    const stream = new InOrderStream(segment(100, 'abc'), true, 1);
    expect(stream.append(segment(100, 'abc'))).toBe(false);
    expect(stream.append(segment(101, 'bcde'))).toBe(true);
    expect(stream.append(segment(90, 'old'))).toBe(false);
    expect(textOf(stream)).toBe('abcde');
  });

  it('takes nothing of a segment behind a hole', () => {
    const stream = new InOrderStream(segment(100, 'abc'), true, 1);
    const ahead = segment(104, 'efg');
    expect(stream.isAhead(ahead)).toBe(true);
    expect(stream.append(ahead)).toBe(false);
    expect(stream.append(segment(103, 'd'))).toBe(true);
    expect(stream.isAhead(ahead)).toBe(false);
    expect(textOf(stream)).toBe('abcd');
  });

  it('goes on across the wrap of sequence numbers', () => {
    const stream = new InOrderStream(segment(0xfffffffe, 'abc'), true, 1);
    expect(stream.append(segment(1, 'def'))).toBe(true);
    expect(stream.isAhead(segment(5, 'x'))).toBe(true);
    expect(textOf(stream)).toBe('abcdef');
  });

  it('is full at its limit', () => {
    const part = 'x'.repeat(1000);
    const stream = new InOrderStream(segment(0, part), true, 1);
    for (let sequence = 1000; !stream.isFull; sequence += 1000) expect(stream.append(segment(sequence, part))).toBe(true);
    expect(stream.length).toBe(STREAM_LIMIT);
    expect(stream.bytes.length).toBe(STREAM_LIMIT);
    expect(stream.append(segment(STREAM_LIMIT, part))).toBe(false);
    const large = new InOrderStream(segment(0, 'y'.repeat(60_000)), true, 1);
    expect(large.length).toBe(STREAM_LIMIT);
  });
});
