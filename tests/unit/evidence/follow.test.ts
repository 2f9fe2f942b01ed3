import { Packet } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import {
  asciiText,
  conversationText,
  hexText,
  isMostlyText,
  turnsOf,
} from '../../../src/evidence/conversation-text.ts';
import { MOST_OTHERS } from '../../../src/evidence/evidence.ts';
import { MOST_FOLLOWED_BYTES } from '../../../src/evidence/follow.ts';
import { StreamSide } from '../../../src/evidence/stream-side.ts';
import { type Message, tcpConversation, type TcpConversation, udpExchange } from '../../builders/conversation.ts';
import { filler, latin1 } from '../../builders/payloads/bytes.ts';
import type { PacketRecord } from '../../builders/pcap.ts';
import { CLIENT, followed, SERVER, START } from './read.ts';

const MESSAGES: Message[] = [
  { from: 'client', bytes: latin1('abcdefgh') },
  { from: 'server', bytes: latin1('ABCDEFGH') },
  { from: 'client', bytes: latin1('ijkl') },
];

function talk(messages: readonly Message[] = MESSAGES, more: Partial<TcpConversation> = {}): PacketRecord[] {
  return tcpConversation({ client: CLIENT, server: SERVER, start: START, messages, segmentSize: 2, ...more });
}

async function saidIn(packets: readonly PacketRecord[]): Promise<string[]> {
  return turnsOf(await followed(packets)).map(({ fromClient, missing, bytes }) => {
    return `${fromClient ? '>' : '<'}${missing > 0 ? `[${missing}]` : ''}${asciiText(bytes)}`;
  });
}

/** Packets with payload. */
function withPayload(packets: readonly PacketRecord[]): number[] {
  return packets.flatMap(({ data }, index) => (/[a-zA-Z]{2}/.test(asciiText(data.subarray(54))) ? [index] : []));
}

/** The packet as it is sent once more: with another IP identification. */
function numbered({ data, ...packet }: PacketRecord): PacketRecord {
  return { ...packet, data: data.with(18, 7) };
}

describe('following a flow', () => {
  it('gives both sides in the order in which they spoke', async () => {
    expect(await saidIn(talk())).toEqual(['>abcdefgh', '<ABCDEFGH', '>ijkl']);
    expect(await saidIn(talk(MESSAGES, { clientSequence: 0xffff_fffd }))).toEqual(['>abcdefgh', '<ABCDEFGH', '>ijkl']);
  });

  it('puts late segments in their place, and counts repeated ones once', async () => {
    const packets = talk();
    const [first, second, third] = withPayload(packets);
    const swapped = packets.with(first, packets[second]).with(second, packets[first]);
    expect(await saidIn(swapped)).toEqual(['>abcdefgh', '<ABCDEFGH', '>ijkl']);
    const again = [packets[first], packets[third]].map(numbered);
    const repeated = [...packets.slice(0, third + 1), ...again, ...packets.slice(third + 1)];
    expect(await saidIn(repeated)).toEqual(['>abcdefgh', '<ABCDEFGH', '>ijkl']);
    expect(await followed(repeated)).toMatchObject({ repeated: 2, lost: 0, sent: 12, received: 8 });
  });

  it('marks what never came, and what the capture cut off', async () => {
    const packets = talk();
    const [, second] = withPayload(packets);
    const holed = packets.filter((_, index) => index !== second);
    expect(await saidIn(holed)).toEqual(['>ab', '<ABCDEFGH', '>[2]efghijkl']);
    const { data } = packets[second];
    const cut = packets.with(second, { ...packets[second], data: data.subarray(0, 55), wireLength: data.length });
    expect(await saidIn(cut)).toEqual(['>abc', '>[1]efgh', '<ABCDEFGH', '>ijkl']);
    expect(await followed(cut)).toMatchObject({ lost: 1 });
  });

  it('begins in the middle, and takes one flow of several', async () => {
    expect(await saidIn(talk().slice(4))).toEqual(['>cdefgh', '<ABCDEFGH', '>ijkl']);
    const other = talk([{ from: 'client', bytes: latin1('other') }], {
      client: { ...CLIENT, port: 9 },
      start: START + 9,
    });
    expect(await followed([...talk(), ...other])).toMatchObject({ sourcePort: CLIENT.port, otherFlows: 1, sent: 12 });
    expect(await followed([...talk(), ...other], { sourcePort: 9 })).toMatchObject({
      sourcePort: 9,
      unread: '',
      otherFlows: 0,
      sent: 5,
    });
    const spanMs = { from: (START + 9) * 1000, to: (START + 20) * 1000 };
    expect(await followed([...talk(), ...other], { spanMs })).toMatchObject({ sourcePort: 9 });
  });

  it('keeps datagrams apart', async () => {
    const messages = ['a', 'b'].map((text): Message => ({ from: 'client', bytes: latin1(text) }));
    expect(await saidIn(udpExchange({ client: CLIENT, server: SERVER, start: START, messages }))).toEqual(['>a', '>b']);
  });

  it('keeps twenty thousand turns, and says that there were more', async () => {
    const turn = (at: number): Message => ({ from: at % 2 === 0 ? 'client' : 'server', bytes: latin1('x') });
    const messages = Array.from({ length: 20_001 }, (_, at) => turn(at));
    const { start, cut, sent, received } = await followed(
      udpExchange({ client: CLIENT, server: SERVER, start: START, messages }),
    );
    expect([start.length, cut, sent, received]).toEqual([20_000, true, 10_001, 10_000]);
  });

  it('tells apart as many other flows as it says, and of more that there are more', async () => {
    const others = Array.from({ length: MOST_OTHERS + 5 }, (_, other) => {
      const client = { ...CLIENT, port: 1024 + other };
      const messages: Message[] = [{ from: 'client', bytes: latin1('x') }];
      return udpExchange({ client, server: SERVER, start: START + 1, messages });
    });
    const said = async (count: number): Promise<string> => {
      const packets = [...talk(), ...others.slice(0, count).flat()];
      return conversationText(await followed(packets), 'text');
    };
    expect(await said(9)).toContain('\n9 other flows between these ends were not followed.');
    expect(await said(others.length)).toContain('\n10000 or more other flows between these ends were not followed.');
  });

  it.each([
    [1, 256],
    [2048, 128],
  ])('waits for what is missing behind pieces of %i bytes until there are %i of them', (length, most) => {
    const given: string[] = [];
    const side = new StreamSide({
      data: (_, start, end) => void given.push(`${end - start}`),
      gap: (missing) => void given.push(`gap ${missing}`),
    });
    const sizes = { payload: 0, payloadLength: length, wirePayloadLength: length };
    const packet = Object.assign(new Packet(), { bytes: new Uint8Array(length), ...sizes });
    side.begin(0);
    for (let piece = 1; piece <= most; piece++) side.add(Object.assign(packet, { tcpSequence: piece * length }), 0);
    expect(given).toEqual([]);
    side.add(Object.assign(packet, { tcpSequence: (most + 1) * length }), 0);
    expect([given[0], given.length]).toEqual([`gap ${length}`, most + 2]);
  });

  it('keeps a megabyte, and says that there was more', async () => {
    const bytes = filler(MOST_FOLLOWED_BYTES + 10);
    const conversation = await followed(talk([{ from: 'server', bytes }], { segmentSize: 60_000 }));
    expect(conversation).toMatchObject({ cut: true, received: bytes.length });
    expect(conversation.bytes.length).toBe(MOST_FOLLOWED_BYTES);
    expect(conversationText(conversation, 'text')).toMatch(/More was said/);
  });
});

describe('bytes as text', () => {
  it('hold nothing that steers what shows them', () => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    expect(asciiText(all)).toMatch(/^[\x20-\x7e\t\n]{256}$/);
    expect(asciiText(latin1('a\r\nb\rc'))).toBe('a\nb.c');
    expect(isMostlyText(latin1('GET / HTTP/1.1\r\nHost: a.example\r\n...\r\n\0'))).toBe(true);
    expect(isMostlyText(latin1('\x16\x03\x01abcdef'))).toBe(false);
    expect(hexText(latin1('ABCDEFGHIJKLMNOP\nq'))).toBe(
      '000000  41 42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e 4f 50  ABCDEFGHIJKLMNOP\n' +
        '000010  0a 71                                            .q',
    );
  });
});
