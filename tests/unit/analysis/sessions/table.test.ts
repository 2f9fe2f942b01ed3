import { PROTOCOL_ICMP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { CLOSED_BY_FIN, CLOSED_BY_RESET, OPEN } from '../../../../src/analysis/sessions/sessions.ts';
import { feed, messagesOf, type Seen } from '../../../builders/sessions/feed.ts';

const FIN = 0x11;
const SYN = 0x02;
const SYN_ACK = 0x12;
const RST = 0x04;

/** A handshake and one message of 10 bytes from side 0. */
const connection = (at: number, sequence: number): Seen[] => [
  { at, flags: SYN, sequence },
  { at: at + 0.02, side: 1, flags: SYN_ACK, sequence: 9000 },
  { at: at + 0.03, sequence: sequence + 1 },
  { at: at + 0.1, sequence: sequence + 1, bytes: 10 },
];

describe('a session', () => {
  it('ends where a SYN with another number comes after data, or after a close', () => {
    const reopened = feed([...connection(0, 1000), ...connection(10, 5000)]).finish();
    expect(reopened.length).toBe(2);
    // The last session of a conversation goes by the conversation's number, earlier ones come after all of them.
    expect([reopened.startMs(1), reopened.startMs(0)]).toEqual([0, 10_000]);
    expect([messagesOf(reopened, 1), messagesOf(reopened, 0)]).toEqual([[[0.1, 0, true, 10]], [[0.1, 0, true, 10]]]);
    expect([reopened.conversationOf(0), reopened.conversationOf(1)]).toEqual([0, 0]);
    const refused = feed([
      { at: 0, flags: SYN, sequence: 1 },
      { at: 0.1, side: 1, flags: RST | 0x10 },
      { at: 1, flags: SYN, sequence: 7 },
    ]).finish();
    expect([refused.length, refused.closed(1), refused.closed(0)]).toEqual([2, CLOSED_BY_RESET, OPEN]);
  });

  it('goes on where the SYN comes again, or another one before anything came of the first', () => {
    expect(feed([...connection(0, 1000), { at: 1, flags: SYN, sequence: 1000 }]).finish().length).toBe(1);
    const attempts = feed([
      { at: 0, flags: SYN, sequence: 1 },
      { at: 3, flags: SYN, sequence: 50 },
      { at: 4, sequence: 51, bytes: 5 },
    ]).finish();
    expect(attempts.length).toBe(1);
    expect(messagesOf(attempts)).toEqual([[4, 0, true, 5]]);
    expect(attempts.retransmitted(0)).toBe(0);
  });

  it('keeps what closed it first, and knows who opened it', () => {
    const closed = feed([
      ...connection(0, 1000),
      { at: 2, sequence: 1011, flags: FIN },
      { at: 2.1, side: 1, flags: RST },
    ]).finish();
    expect([closed.closed(0), closed.synSeen(0), closed.firstSender(0)]).toEqual([CLOSED_BY_FIN, true, 0]);
    const answered = feed([
      { at: 0, side: 0, flags: SYN_ACK, sequence: 1 },
      { at: 1, side: 1, sequence: 1, bytes: 3 },
    ]).finish();
    expect([answered.synSeen(0), answered.firstSender(0)]).toEqual([true, 1]);
    const cut = feed([{ at: 0, side: 1, sequence: 1, bytes: 3 }]).finish();
    expect([cut.synSeen(0), cut.firstSender(0)]).toEqual([false, 1]);
  });

  it('is apart from those of other conversations', () => {
    const packets = [0, 1, 2].flatMap((conversation) =>
      connection(conversation, 1000).map((seen) => Object.assign(seen, { conversation })),
    );
    const sessions = feed(packets).finish();
    expect(sessions.length).toBe(3);
    expect([0, 1, 2].map((session) => sessions.startMs(session))).toEqual([0, 1000, 2000]);
  });
});

describe('a message', () => {
  const udp = (at: number, side: 0 | 1, bytes: number): Seen => ({ at, side, bytes, protocol: PROTOCOL_UDP });

  it('begins after more than a second without payload in its direction, to the microsecond', () => {
    const sessions = feed([udp(0, 0, 1), udp(1, 0, 2), udp(2.000001, 0, 4), udp(3.000001, 0, 8)]).finish();
    expect(messagesOf(sessions)).toEqual([
      [0, 0, true, 3],
      [2.000001, 0, true, 12],
    ]);
  });

  it('is an opener after more than a second without payload in both directions', () => {
    const sessions = feed([udp(0, 0, 1), udp(0.9, 1, 1), udp(1.8, 0, 1), udp(4, 1, 1)]).finish();
    expect(messagesOf(sessions).map(([, side, opener]) => [side, opener])).toEqual([
      [0, true],
      [1, false],
      [0, false],
      [1, true],
    ]);
  });

  it('stops growing at 65,535 bytes', () => {
    expect(
      messagesOf(feed([udp(0, 0, 60_000), udp(0.5, 0, 60_000), udp(9, 0, 1), udp(20, 0, 5)]).finish()).map(
        (message) => message[3],
      ),
    ).toEqual([65_535, 1, 5]);
  });

  it('is not made of what is neither TCP nor UDP', () => {
    const sessions = feed([
      { at: 0, bytes: 56, protocol: PROTOCOL_ICMP },
      { at: 9, bytes: 56, protocol: PROTOCOL_ICMP },
    ]).finish();
    expect([sessions.messagesSeen(0), sessions.durationMs(0)]).toEqual([0, 9000]);
  });

  it('keeps its time over silences longer than a counter of 32 bits holds', () => {
    const times = [0, 5000, 5001, 4 * 86_400, 100 * 86_400];
    const sessions = feed(times.map((at) => udp(at, 0, 1))).finish();
    expect(messagesOf(sessions).map(([at]) => at)).toEqual([0, 5000, 4 * 86_400, 100 * 86_400]);
    expect(sessions.busySeconds(0)).toBe(5);
  });

  it('is told from the one before while packets without payload come all the time', () => {
    const packets = [udp(0, 0, 1)];
    for (let at = 0.5; at < 9000; at += 0.5) packets.push(udp(at, 1, 0));
    const sessions = feed([...packets, udp(9000, 0, 1)]).finish();
    expect(messagesOf(sessions)).toHaveLength(2);
    const acknowledged: Seen[] = [{ at: 0, sequence: 1, bytes: 1 }];
    for (let at = 0.5; at < 9000; at += 0.5) acknowledged.push({ at, side: 1, sequence: 9 });
    expect(messagesOf(feed([...acknowledged, { at: 9000, sequence: 2, bytes: 1 }]).finish())).toHaveLength(2);
  });

  it('is counted but not kept beyond 2,000 of a session', () => {
    const sessions = feed(Array.from({ length: 2100 }, (_, index) => udp(2 * index, 0, 1))).finish();
    expect([sessions.messagesSeen(0), sessions.messagesKept(0)]).toEqual([2100, 2000]);
    expect(messagesOf(sessions).at(-1)?.[0]).toBe(3998);
  });
});

describe('what a session counts', () => {
  it('is every new byte, over 4 GB too', () => {
    const bytes = 65_000;
    const packets: Seen[] = Array.from({ length: 70_000 }, (_, index) => ({
      at: index / 1000,
      bytes,
      sequence: (index * bytes) >>> 0,
    }));
    const sessions = feed(packets).finish();
    expect(sessions.bytes(0, 0)).toBe(70_000 * bytes);
    expect(sessions.bytes(0, 1)).toBe(0);
    expect(sessions.busySeconds(0)).toBe(70);
  });

  it('is retransmitted segments, however many', () => {
    const packets: Seen[] = [{ at: 0, bytes: 10, sequence: 100 }];
    for (let index = 0; index < 600; index++) packets.push({ at: 0.01 * index, bytes: 10, sequence: 100 });
    expect(feed(packets.slice(0, 100)).finish().retransmitted(0)).toBe(99);
    expect(feed(packets).finish().retransmitted(0)).toBe(600);
  });

  it('is keep-alive probes with the silence before them, the first 32', () => {
    const packets: Seen[] = [{ at: 0, bytes: 10, sequence: 100 }];
    for (let index = 1; index <= 40; index++) packets.push({ at: 7200 * index, bytes: index % 2, sequence: 109 });
    const sessions = feed(packets).finish();
    expect(sessions.keepAlive(0)).toEqual({ probes: [40, 0], silenceS: 7200 });
    expect(sessions.messagesSeen(0)).toBe(1);
    expect(feed(packets.slice(0, 1)).finish().keepAlive(0)).toBeNull();
  });
});
