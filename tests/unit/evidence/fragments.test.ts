import { bufferSource, readPacketsIn } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { follow } from '../../../src/evidence/follow.ts';
import { JoinedFragments } from '../../../src/evidence/joined-fragments.ts';
import { readEvidence } from '../../../src/evidence/read-evidence.ts';
import { udpExchange } from '../../builders/conversation.ts';
import { fragmented } from '../../builders/fragments.ts';
import { concat, filler } from '../../builders/payloads/bytes.ts';
import { dnsAnswer, dnsQuery, dnsRecord } from '../../builders/payloads/dns.ts';
import { httpRequest, httpResponse } from '../../builders/payloads/http.ts';
import { type PacketRecord, pcap, snapped } from '../../builders/pcap.ts';
import { bytesAllocated } from '../memory-allocated.ts';
import { CLIENT, ENDS, evidenceOf, followed, said, SERVER, START, talk } from './read.ts';

const RESOLVER = { address: SERVER.address, port: 53 };
const OWNER = [0xc0, 12];
const texts = Array.from({ length: 15 }, () => dnsRecord(OWNER, 16, concat([200], filler(200))));
const answer = dnsAnswer('a.example', [...texts, dnsRecord(OWNER, 1, [192, 0, 2, 1])]);
const messages = [said('client', dnsQuery(1, 'a.example')), said('server', answer)];
const [query, whole] = udpExchange({ client: CLIENT, server: RESOLVER, start: START, messages });
const pieces = fragmented(whole, 1480, 7);
const told = async (packets: readonly PacketRecord[]): Promise<unknown> => {
  const { exchanges } = await evidenceOf([query, ...packets]);
  return exchanges.map((exchange) => exchange.kind === 'dns' && [exchange.result, exchange.answers.length]);
};
const ALL = [['NOERROR', 16]];
const NONE = [[null, 0]];

/** Packets in this order, each later than the one before. */
function after(packets: readonly PacketRecord[], seconds = 1): PacketRecord[] {
  return packets.map((packet, index) => ({ ...packet, seconds: packet.seconds + index * seconds }));
}

describe('an answer of DNS in fragments', () => {
  it('is told whole, in whatever order they come, and once where they come again', async () => {
    expect(pieces).toHaveLength(3);
    const [a, b, c] = pieces;
    for (const order of [
      [a, b, c],
      [c, b, a],
      [b, a, c],
      [b, c, a],
      [a, a, b, b, c, c, a, b, c],
    ])
      expect(await told(after(order))).toEqual(ALL);
  });

  it('is told over IPv6, too', async () => {
    const client = { address: '2001:db8::5', port: CLIENT.port };
    const server = { address: '2001:db8::9', port: 53 };
    const [asked, answered] = udpExchange({ client, server, start: START, messages });
    const packets = [asked, ...fragmented(answered, 1232, 0xfedc_ba98).toReversed()];
    const ends = { ...ENDS, source: client.address, destination: server.address };
    const [{ exchanges }] = await readEvidence([bufferSource(pcap({ packets }))], [[ends]], { openTunnels: false });
    expect(exchanges).toMatchObject([{ result: 'NOERROR', otherAnswers: 0 }]);
  });

  it('is told as far as it goes where one is missing, or cut, and not at all without the first', async () => {
    const [a, b, c] = pieces;
    expect(await told([a, c])).toEqual([['NOERROR', 6]]);
    expect(await told([a, b])).toEqual([['NOERROR', 13]]);
    expect(await told([a, snapped(b, 800), c])).toEqual([['NOERROR', 10]]);
    expect(await told([snapped(a, 800), b, c])).toEqual([['NOERROR', 3]]);
    expect(await told([b, c])).toEqual(NONE);
  });

  it('is told whole of fragments that are as small as they can be', async () => {
    const small = fragmented(whole, 8, 7);
    expect(await told(small)).toEqual(ALL);
    expect(await told(small.toReversed())).toEqual(ALL);
  });

  it('is not mixed with fragments of other packets, other hosts, or much later ones of the same number', async () => {
    const [a, b, c] = pieces;
    const other = fragmented({ ...whole, data: whole.data.map((byte, at) => (at < 100 ? byte : 0)) }, 1480, 8);
    expect(await told([a, other[1], b, other[2], c])).toEqual(ALL);
    const elsewhere = udpExchange({
      client: CLIENT,
      server: { ...RESOLVER, address: '192.0.2.77' },
      start: START,
      messages,
    });
    expect(await told([a, ...fragmented(elsewhere[1], 1480, 7).slice(1)])).toEqual([['NOERROR', 6]]);
    expect(await told(after([a, b, c], 61))).toEqual([['NOERROR', 6]]);
  });

  it('says what came first where fragments lie over each other', async () => {
    const [a, b, c] = pieces;
    const zeros = { ...b, data: b.data.map((byte, at) => (at < 34 ? byte : 0)) };
    expect(await told([a, b, zeros, c])).toEqual(ALL);
    expect(await told([a, b, { ...a, data: a.data.map((byte, at) => (at < 60 ? byte : 0)) }, c])).toEqual(ALL);
  });

  it('is told behind thousands of packets whose fragments never come', async () => {
    // Of another question.
    const other = { ...whole, data: whole.data.with(43, 2) };
    const flood = Array.from({ length: 3000 }, (_, at) => fragmented(other, 1480, 100 + at)[at % 3]);
    expect(await told([...flood.slice(0, 1500), ...pieces, ...flood.slice(1500)])).toEqual(ALL);
  });
});

describe('fragments that are held', () => {
  /** Gives packets, and later fragments, to what puts them together: how often it told of one by then, and what of each in the end. */
  function given(packets: readonly PacketRecord[]): { early: number; lengths: number[] } {
    const lengths: number[] = [];
    const joined = new JoinedFragments(({ payloadLength }) => void lengths.push(payloadLength));
    readPacketsIn(pcap({ packets }), (packet) => {
      if (packet.laterFragment === 0) joined.addFirst(packet, 0, 0, START * 1000);
      else joined.addLater(packet);
    });
    const early = lengths.length;
    joined.flush();
    return { early, lengths };
  }

  it('are those of 256 packets', () => {
    const firsts = Array.from({ length: 1000 }, (_, number) => fragmented(whole, 1480, number + 1)[0]);
    const { early, lengths } = given(firsts);
    expect(early).toBeGreaterThanOrEqual(1000 - 256);
    expect(early).toBeLessThan(1000);
    expect(lengths).toHaveLength(1000);
  });

  it('are 1,024 of one packet', () => {
    const [first, second, ...others] = fragmented(whole, 1480, 1);
    const again = (times: number): PacketRecord[] => Array.from({ length: times }, () => second);
    expect(given([...again(20), ...others, first]).lengths).toEqual([answer.length]);
    // Of 1,480 bytes each fewer are enough.
    expect(given([...again(89), ...others, first]).lengths).not.toEqual([answer.length]);
    const small = fragmented(whole, 8, 1);
    const smallAgain = Array.from({ length: 1024 }, () => small[1]);
    expect(given([...smallAgain, ...small.slice(2), small[0]]).lengths).not.toEqual([answer.length]);
  });
});

it('fragments take no more room than they have bytes, wherever they say that they lie', async () => {
  const packets = Array.from({ length: 2000 }, (_, number) => {
    const [first, , last] = fragmented(whole, 1480, number);
    // At 65,504.
    return [first, { ...last, data: last.data.with(20, 0x1f).with(21, 0xfc) }];
  });
  expect(await bytesAllocated(() => evidenceOf([query], packets.flat()))).toBeLessThan(40 << 20);
});

describe('a connection of TCP in fragments', () => {
  const packets = talk([
    said('client', httpRequest({ method: 'GET', host: 'a.example', path: `/${'x'.repeat(900)}`, userAgent: 'a' })),
    said('server', httpResponse({ status: 200, bodyLength: 2000 })),
  ]);
  const inPieces = packets.flatMap((packet, at) => (packet.data.length < 600 ? packet : fragmented(packet, 504, at)));

  it('says nothing in fragments that its header does not fit into', async () => {
    for (const size of [8, 16]) {
      const { exchanges, hasSent } = await evidenceOf(
        packets.slice(3, 4).flatMap((packet) => fragmented(packet, size, 1)),
      );
      expect([exchanges, hasSent]).toEqual([[], false]);
    }
    const small = fragmented(packets[3], 24, 1);
    expect((await evidenceOf([...packets.slice(0, 3), ...small])).exchanges).toMatchObject([{ kind: 'http' }]);
  });

  it('is told as if it came whole', async () => {
    expect(inPieces.length).toBeGreaterThan(packets.length + 3);
    const [seen, wanted] = [await evidenceOf(inPieces), await evidenceOf(packets)];
    expect(wanted.exchanges).toMatchObject([{ kind: 'http', status: 200, responseBytes: 2000 }]);
    expect(seen).toEqual(wanted);
    expect(await followed(inPieces)).toEqual(await followed(packets));
  });
});

describe('a datagram that is followed', () => {
  it('has a hole where a fragment never came', async () => {
    const [a, , c] = pieces;
    const packets = [query, a, c];
    const { bytes, received, lost } = await follow([bufferSource(pcap({ packets }))], [ENDS], { openTunnels: false });
    expect([received, lost]).toEqual([1472, answer.length - 1472]);
    expect(bytes.subarray(-1472)).toEqual(answer.subarray(0, 1472));
  });
});
