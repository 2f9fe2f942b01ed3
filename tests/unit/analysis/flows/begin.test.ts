import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { CONTINUED, type FlowColumns, FRESH, RESUMED } from '../../../../src/analysis/flows/columns.ts';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { ethernet, ETHERTYPE_IPV4 } from '../../../builders/ethernet.ts';
import { ipv4 } from '../../../builders/ipv4.ts';
import { pcap } from '../../../builders/pcap.ts';
import { ACK, RST, SYN, tcp } from '../../../builders/tcp.ts';

interface Sent {
  atS: number;
  flags?: number;
  /** From the server; else from the client. */
  back?: boolean;
  payload?: number;
}

const START_S = 1_700_000_000;

/** A capture of one client port and one server port. */
function capture(packets: readonly Sent[]): Uint8Array {
  return pcap({
    packets: packets.map(({ atS, flags = ACK, back = false, payload = 0 }) => {
      const [source, destination] = back ? ['10.0.0.2', '10.0.0.1'] : ['10.0.0.1', '10.0.0.2'];
      const [sourcePort, destinationPort] = back ? [443, 50_000] : [50_000, 443];
      const segment = tcp({ sourcePort, destinationPort, flags, payload: new Uint8Array(payload) });
      const data = ethernet({
        etherType: ETHERTYPE_IPV4,
        payload: ipv4({ source, destination, protocol: 6, payload: segment }),
      });
      return { seconds: START_S + atS, nanoseconds: 0, data };
    }),
  });
}

async function flowsOf(...captures: (readonly Sent[])[]): Promise<FlowColumns> {
  const sources = captures.map((packets, index) => bufferSource(capture(packets), `${index}.pcap`));
  return (await analyze(sources, DEFAULT_SETTINGS)).flows;
}

describe('whether a connection failed', () => {
  it.each<[what: string, failed: number, packets: Sent[]]>([
    [
      'a SYN without answer, sent again',
      1,
      [
        { atS: 0, flags: SYN },
        { atS: 1, flags: SYN },
        { atS: 3, flags: SYN },
      ],
    ],
    [
      'a SYN that is refused',
      1,
      [
        { atS: 0, flags: SYN },
        { atS: 0, flags: RST | ACK, back: true },
      ],
    ],
    ['a handshake', 0, [{ atS: 0, flags: SYN }, { atS: 0, flags: SYN | ACK, back: true }, { atS: 0 }]],
    [
      'a handshake that is broken off',
      0,
      [
        { atS: 0, flags: SYN },
        { atS: 0, flags: SYN | ACK, back: true },
        { atS: 0, flags: RST },
        { atS: 1, flags: RST, back: true },
      ],
    ],
    [
      'one direction of a connection',
      0,
      [
        { atS: 0, flags: SYN },
        { atS: 1, payload: 10 },
      ],
    ],
    ['the middle of a connection', 0, [{ atS: 0 }]],
    ['an answer alone', 0, [{ atS: 0, flags: SYN | ACK }]],
  ])('%s: %i', async (_what, failed, packets) => {
    expect([...(await flowsOf(packets)).failed]).toEqual([failed]);
  });
});

describe('how a flow begins', () => {
  /** A packet of the client a minute. */
  const talk = (fromS: number, toS: number): Sent[] =>
    Array.from({ length: (toS - fromS) / 60 + 1 }, (_, index) => ({ atS: fromS + index * 60 }));

  it('goes on where the active timeout cut it, piece after piece, whoever sends first', async () => {
    const packets = [...talk(0, 1740), { atS: 1800, back: true }, ...talk(1860, 5400)];
    const { begin, firstPiece, sourcePort } = await flowsOf(packets);
    expect([...begin]).toEqual([FRESH, CONTINUED, CONTINUED, CONTINUED]);
    expect([...firstPiece]).toEqual([0, 0, 0, 0]);
    expect([...sourcePort]).toEqual([50_000, 443, 50_000, 50_000]);
  });

  it('is fresh with a handshake, after either timeout', async () => {
    const again = [...talk(0, 1740), { atS: 1800, flags: SYN }, { atS: 2000, flags: SYN }];
    expect([...(await flowsOf(again)).begin]).toEqual([FRESH, FRESH, FRESH]);
  });

  it('is resumed without one after silence', async () => {
    const { begin, firstPiece } = await flowsOf([{ atS: 0, flags: SYN }, { atS: 120 }, { atS: 400, back: true }]);
    expect([...begin]).toEqual([FRESH, RESUMED, RESUMED]);
    expect([...firstPiece]).toEqual([0, 1, 2]);
  });

  it('is that of all captures together, whose packets are put in order', async () => {
    expect([...(await flowsOf([{ atS: 0 }, { atS: 30 }], [{ atS: 1 }, { atS: 31 }])).begin]).toEqual([FRESH]);
    expect([...(await flowsOf([{ atS: 0 }, { atS: 30 }], [{ atS: 200 }])).begin]).toEqual([FRESH, RESUMED]);
  });
});
