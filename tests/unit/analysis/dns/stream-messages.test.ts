import fc from 'fast-check';
import { Packet } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { DnsQuestion } from '../../../../src/analysis/dns/message.ts';
import { StreamMessages } from '../../../../src/analysis/dns/stream-messages.ts';
import { concat } from '../../../builders/payloads/bytes.ts';
import { dnsQuery, overTcp } from '../../../builders/payloads/dns.ts';

const FIRST_SEQUENCE = 0xffff_fff0;
const NAMES = ['a.example', `${'long.'.repeat(40)}example`, 'c.example', 'd.example', 'e.example'];
const MESSAGES = NAMES.map((name, index) => overTcp(dnsQuery(index, name)));
const STREAM = concat(...MESSAGES);
const WHOLE = NAMES.map((name, index) => [name, MESSAGES[index].length - 2]);

/** What is found in segments, each from one place of the stream to another. */
class Finder {
  readonly found: [string, number][] = [];
  private readonly question = new DnsQuestion();
  private readonly messages: StreamMessages;

  constructor(most?: number) {
    this.messages = new StreamMessages(this.question, most);
  }

  add(stream: Uint8Array, from: number, to: number, sourcePort = 5000, captured = to - from, shift = 0): this {
    const packet = Object.assign(new Packet(), {
      bytes: concat(Uint8Array.of(9, 9), stream.subarray(from, from + captured), Uint8Array.of(9)),
      payload: 2,
      payloadLength: captured,
      wirePayloadLength: to - from,
      tcpSequence: (FIRST_SEQUENCE + shift + from) >>> 0,
      sourcePort,
      destinationPort: 53,
    });
    this.messages.add(packet, 1, 2, (bytes) => this.found.push([this.question.name.text, bytes]));
    return this;
  }
}

describe('messages of DNS over TCP', () => {
  it('are found wherever segments end, and once where they come again', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(STREAM.length), { maxLength: 30 }), fc.array(fc.boolean()), (cuts, again) => {
        const places = [...new Set([0, ...cuts, STREAM.length])].sort((a, b) => a - b);
        const finder = new Finder();
        for (let index = 1; index < places.length; index++) {
          finder.add(STREAM, places[index - 1], places[index]);
          const isOpen = !MESSAGES.some((_, count) => concat(...MESSAGES.slice(0, count + 1)).length === places[index]);
          if (again[index] && isOpen) finder.add(STREAM, places[index - 1], places[index]);
        }
        expect(finder.found).toEqual(WHOLE);
      }),
    );
  });

  it('are found byte by byte', () => {
    const finder = new Finder();
    for (let at = 0; at < STREAM.length; at++) finder.add(STREAM, at, at + 1);
    expect(finder.found).toEqual(WHOLE);
  });

  it('are found from the next segment on that begins with one, behind one that is missing', () => {
    const [first, second] = [MESSAGES[0].length, MESSAGES[0].length + MESSAGES[1].length];
    const finder = new Finder().add(STREAM, 0, first + 9).add(STREAM, first + 20, second);
    finder.add(STREAM, second, STREAM.length);
    expect(finder.found).toEqual([WHOLE[0], ...WHOLE.slice(2)]);
  });

  it('are found where the length of the first was not seen, and where a packet is cut short', () => {
    expect(new Finder().add(STREAM, 2, MESSAGES[0].length).found).toEqual([WHOLE[0]]);
    const cut = MESSAGES[0].length + 260;
    const finder = new Finder().add(STREAM, 0, MESSAGES[0].length, 5000, 40);
    finder
      .add(STREAM, MESSAGES[0].length, STREAM.length - 10, 5000, cut)
      .add(STREAM, STREAM.length - 10, STREAM.length);
    expect(finder.found.slice(0, 2)).toEqual(WHOLE.slice(0, 2));
  });

  it('are found in a later connection between the same ends, wherever its sequence numbers begin', () => {
    for (const shift of [0x1000_0000, 0x7000_0000, 0x9000_0000]) {
      const finder = new Finder().add(STREAM, 0, 5);
      finder.add(STREAM, 0, STREAM.length, 5000, STREAM.length, shift);
      expect(finder.found).toEqual(WHOLE);
    }
  });

  it('are kept apart by connection, the open ones of so many', () => {
    const finder = new Finder(4);
    for (const port of [1, 2, 3, 4]) finder.add(STREAM, 0, 5, port);
    for (const port of [1, 2, 3, 4]) finder.add(STREAM, 5, MESSAGES[0].length, port);
    expect(finder.found).toEqual([WHOLE[0], WHOLE[0]]);
  });

  it('are kept of four thousand connections, where nobody says of how many', () => {
    const goesOnBehind = (others: number): boolean => {
      const finder = new Finder();
      for (let port = 0; port <= others; port++) finder.add(STREAM, 0, 5, port);
      return finder.add(STREAM, 5, MESSAGES[0].length, 0).found.length > 0;
    };
    expect(goesOnBehind(1000)).toBe(true);
    expect(goesOnBehind(10_000)).toBe(false);
  });

  it('are none in other protocols, of which nothing is kept', () => {
    const noise = new Uint8Array(5000).fill(0xee);
    const finder = new Finder();
    for (let at = 0; at < 5000; at += 100) finder.add(noise, at, at + 100);
    expect(finder.found).toEqual([]);
  });
});
