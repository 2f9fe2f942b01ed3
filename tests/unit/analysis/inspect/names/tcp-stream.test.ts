import { describe, expect, it } from 'vitest';
import { STREAM_LIMIT } from '../../../../../src/analysis/protocols/reassembly.ts';
import { TcpStream } from '../../../../../src/analysis/inspect/names/tcp-stream.ts';
import { latin1 } from '../../../../builders/payloads/bytes.ts';
import { tcpPacket } from '../../../../builders/payloads/packet.ts';

function segment(sequence: number, text: string): ReturnType<typeof tcpPacket> {
  return tcpPacket(1000, 80, sequence, latin1(text));
}

function textOf(stream: TcpStream): string {
  return String.fromCharCode(...stream.bytes.subarray(0, stream.length));
}

describe('TcpStream', () => {
  it('joins segments in order', () => {
    const stream = new TcpStream(segment(100, 'abc'), null, 0);
    expect(stream.append(segment(103, 'def'))).toBe(true);
    expect(stream.append(segment(106, 'a longer one'))).toBe(true);
    expect(textOf(stream)).toBe('abcdefa longer one');
  });

  it('takes of a retransmission only what is new', () => {
    const stream = new TcpStream(segment(100, 'abc'), null, 0);
    expect(stream.append(segment(100, 'abc'))).toBe(false);
    expect(stream.append(segment(101, 'XXde'))).toBe(true);
    expect(stream.append(segment(90, 'old'))).toBe(false);
    expect(textOf(stream)).toBe('abcde');
  });

  it('keeps what comes early until the hole before it is filled', () => {
    const stream = new TcpStream(segment(100, 'abc'), null, 0);
    expect(stream.append(segment(108, 'ijk'))).toBe(false);
    expect(stream.append(segment(105, 'fg'))).toBe(false);
    expect(textOf(stream)).toBe('abc');
    expect(stream.append(segment(103, 'de'))).toBe(true);
    expect(textOf(stream)).toBe('abcdefg');
    expect(stream.append(segment(106, 'ghi'))).toBe(true);
    expect(textOf(stream)).toBe('abcdefghijk');
  });

  it('may begin before its first segment', () => {
    const stream = new TcpStream(segment(103, 'def'), null, 3);
    expect(stream.length).toBe(0);
    expect(stream.append(segment(100, 'abc'))).toBe(true);
    expect(textOf(stream)).toBe('abcdef');
  });

  it('goes on across the wrap of sequence numbers', () => {
    const stream = new TcpStream(segment(0xfffffffe, 'abc'), null, 0);
    expect(stream.covers(segment(1, 'def'))).toBe(true);
    expect(stream.append(segment(1, 'def'))).toBe(true);
    expect(textOf(stream)).toBe('abcdef');
  });

  it('covers what lies within its limit', () => {
    const stream = new TcpStream(segment(100, 'abc'), null, 0);
    expect(stream.covers(segment(100 + STREAM_LIMIT - 1, 'x'))).toBe(true);
    expect(stream.covers(segment(100 + STREAM_LIMIT, 'x'))).toBe(false);
    expect(stream.covers(segment(99, 'x'))).toBe(false);
  });

  it('is full at its limit', () => {
    const part = 'x'.repeat(1000);
    const stream = new TcpStream(segment(0, part), null, 0);
    for (let sequence = 1000; !stream.isFull; sequence += 1000)
      expect(stream.append(segment(sequence, part))).toBe(true);
    expect(stream.length).toBe(STREAM_LIMIT);
    expect(stream.bytes.length).toBe(STREAM_LIMIT);
    expect(stream.append(segment(STREAM_LIMIT, part))).toBe(false);
    const large = new TcpStream(segment(0, 'y'.repeat(60_000)), null, 0);
    expect(large.length).toBe(STREAM_LIMIT);
  });

  it('keeps only so many pieces behind holes', () => {
    const stream = new TcpStream(segment(0, 'a'), null, 0);
    for (let piece = 0; piece < 200; piece++) stream.append(segment(2 + 2 * piece, 'b'));
    for (let hole = 0; hole < 200; hole++) stream.append(segment(1 + 2 * hole, 'c'));
    expect(stream.length).toBe(2 * 64 + 2);
  });
});
