import fc from 'fast-check';
import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { textsOf } from '../../src/analysis/memory/text-pool.ts';
import { firstMsOf, type FlowColumns, lastMsOf } from '../../src/analysis/flows/columns.ts';
import { couldShow } from '../../src/analysis/flows/observed.ts';
import { analyze } from '../../src/analysis/pipeline.ts';
import type { Analysis } from '../../src/analysis/report/analysis.ts';
import { rowFactsOf } from '../../src/analysis/report/row-facts.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import type { PacketRecord } from '../builders/pcap.ts';
import { pcap, snapped } from '../builders/pcap.ts';
import { samplePackets } from '../builders/sample.ts';
import { type SidedPacket, traffic } from '../builders/traffic.ts';

const PACKETS = samplePackets();
/** Between the MAC addresses and what follows them. */
const TAG_AT = 12;
const ICMP = 1;
const TCP = 6;

/**
 * The reasons against connections, a phrase without its numbers each, by the two hosts that the packets go between: half of a
 * conversation may not tell who began it, or what its proxy was asked for. A rhythm is one, however steady.
 */
type Reasons = Map<string, Set<string>>;

async function reasonsOf(...captures: PacketRecord[][]): Promise<Reasons> {
  return reasonsIn(await analysisOf(captures), DEFAULT_SETTINGS.minFlows);
}

/** Of all connections: one that few flows hide from the list has reasons, too. */
async function allReasonsOf(...captures: PacketRecord[][]): Promise<Reasons> {
  return reasonsIn(await analysisOf(captures), 0);
}

function analysisOf(captures: readonly PacketRecord[][]): Promise<Analysis> {
  const sources = captures.map((packets, index) => bufferSource(pcap({ packets }), `part ${index}`));
  return analyze(sources, DEFAULT_SETTINGS);
}

/** A handshake that a cut goes through began a little before it; what goes on from before begins a little after. */
const AROUND_MS = [-1000, 0, 1000];

/**
 * The reasons in a capture, and those in the part of it from about a time on: what is left of a series may be steadier than
 * all of it, and fewer hosts go somewhere. That is true of the part, whoever looks at it.
 */
function reasonsFrom(analysis: Analysis, atMs: number): Reasons {
  const all = reasonsIn(analysis, 0);
  for (const aroundMs of AROUND_MS) {
    analysis.lookAt({ fromMs: atMs + aroundMs, toMs: Number.MAX_SAFE_INTEGER });
    for (const [connection, reasons] of reasonsIn(analysis, 0))
      all.set(connection, new Set([...(all.get(connection) ?? []), ...reasons]));
  }
  return all;
}

/** What a rhythm is told as: of the connection, steady or not, or of its name. */
const RHYTHMS: ReadonlySet<string> = new Set(['rhythm', 'weak', 'byname']);

function reasonsIn(analysis: Analysis, minFlows: number): Reasons {
  const report = analysis.report({ ...DEFAULT_SETTINGS, minFlows });
  const facts = rowFactsOf(report);
  const addresses = textsOf(report.addresses);
  const { source, destination, through, length } = report.connections;
  const found: Reasons = new Map();
  for (let row = 0; row < length; row++) {
    const peer = through[row] === 0 ? destination[row] : through[row] - 1;
    const hosts = pairOf(addresses[source[row]], addresses[peer]);
    const known = found.get(hosts) ?? new Set();
    found.set(hosts, known);
    for (const { id, points } of facts.lines(row)) if (points > 0) known.add(RHYTHMS.has(id) ? 'rhythm' : id);
  }
  return found;
}

/** Whether the client of a conversation sent an IPv4 packet: the end with the larger port. */
function isOfClient({ data }: PacketRecord): boolean {
  const header = 14 + (data[14] & 15) * 4;
  const port = (at: number): number => data[at] * 256 + data[at + 1];
  return port(header) > port(header + 2);
}

/** A frame with an 802.1Q tag. */
function tagged(packet: PacketRecord, vlan: number): PacketRecord {
  const data = new Uint8Array(packet.data.length + 4);
  data.set(packet.data.subarray(0, TAG_AT));
  data.set([0x81, 0, vlan >> 8, vlan & 255], TAG_AT);
  data.set(packet.data.subarray(TAG_AT), TAG_AT + 4);
  return { ...packet, data, wireLength: (packet.wireLength ?? packet.data.length) + 4 };
}

/** Every reason against a connection is one that it has in the whole capture, too, but for the excused ones. */
function expectNoNewReason(found: Reasons, whole: Reasons, excused: Reasons = new Map()): void {
  const added = [...found].flatMap(([hosts, reasons]) =>
    [...reasons]
      .filter((reason) => whole.get(hosts)?.has(reason) !== true && excused.get(hosts)?.has(reason) !== true)
      .map((id) => `${hosts}: ${id}`),
  );
  expect(added).toEqual([]);
}

/** A reason of each of some hosts. */
function reasonOf(reason: string, hosts: Iterable<string>): Reasons {
  return new Map(Array.from(hosts, (pair) => [pair, new Set([reason])]));
}

/** Cuts the packets before a place off, and expects no reason that the whole has not, or the part from there on. */
async function expectCutAddsNone(packets: PacketRecord[], from: number): Promise<void> {
  const [all, cut] = [await analysisOf([packets]), await analysisOf([packets.slice(from)])];
  const { seconds, nanoseconds } = packets[from];
  const atMs = seconds * 1000 + Math.floor(nanoseconds / 1e6);
  const excused = excusedByCut(all.flows, cut.flows, atMs);
  expectNoNewReason(reasonsIn(cut, 0), reasonsFrom(all, atMs), excused);
}

/**
 * What a cut may add: a rhythm, where a flow goes through the cut and says so, or has no beginning that it could show; and
 * that a name was never looked up, where one flow is left of several, which does not show how long its host pauses.
 */
function excusedByCut(all: FlowColumns, cut: FlowColumns, atMs: number): Reasons {
  const excused: Reasons = new Map();
  const excuse = (hosts: string, reason: string): void => {
    excused.set(hosts, (excused.get(hosts) ?? new Set()).add(reason));
  };
  for (let flow = 0; flow < cut.length; flow++) {
    if (!couldShow(cut.observed[flow], 'begin')) excuse(hostsOf(cut, flow), 'rhythm');
  }
  for (let flow = 0; flow < all.length; flow++) {
    const goesThrough = firstMsOf(all, flow) < atMs && lastMsOf(all, flow) >= atMs;
    if (goesThrough && all.protocol[flow] === ICMP) excuse(hostsOf(all, flow), 'rhythm');
  }
  const [before, left] = [countsOfEnds(all), countsOfEnds(cut)];
  for (let flow = 0; flow < cut.length; flow++) {
    const ends = endsIn(cut, flow);
    if (left.get(ends) === 1 && (before.get(ends) ?? 0) > 1) excuse(hostsOf(cut, flow), 'unlooked');
  }
  return excused;
}

/** How many flows go between the same two hosts and to the same port. */
function countsOfEnds(flows: FlowColumns): Map<string, number> {
  const counts = new Map<string, number>();
  for (let flow = 0; flow < flows.length; flow++) {
    const ends = endsIn(flows, flow);
    counts.set(ends, (counts.get(ends) ?? 0) + 1);
  }
  return counts;
}

/** Who a flow goes from and to, and to which port. */
function endsIn({ source, destination, destinationPort, addresses }: FlowColumns, flow: number): string {
  return [addresses.text(source[flow]), addresses.text(destination[flow]), destinationPort[flow]].join(' ');
}

/** The two hosts of a flow, as `Reasons` has them. */
function hostsOf({ source, destination, addresses }: FlowColumns, flow: number): string {
  return pairOf(addresses.text(source[flow]), addresses.text(destination[flow]));
}

/** Two hosts, whichever of them began. */
function pairOf(one: string, other: string): string {
  return [one, other].sort().join(' ');
}

/** Places in the first third from which on a connection is seen that began before: its client's second segment of data. */
function placesInConnections(): number[] {
  const segments = new Map<string, number>();
  return Array.from({ length: Math.floor(PACKETS.length / 3) }, (_, place) => place).filter((place) => {
    const { data } = PACKETS[place];
    const header = 14 + (data[14] & 15) * 4;
    const hasData = data[23] === TCP && data.length > 60 && isOfClient(PACKETS[place]);
    if (!hasData) return false;
    const ends = data.slice(26, header + 4).join();
    segments.set(ends, (segments.get(ends) ?? 0) + 1);
    return segments.get(ends) === 2;
  });
}

const whole = await reasonsOf(PACKETS);

describe('what a capture lacks is no reason against a connection', () => {
  it('with one direction tagged, no reason is added', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4094 }), fc.boolean(), async (vlan, ofClient) => {
        const halves = PACKETS.map((packet) => (isOfClient(packet) === ofClient ? tagged(packet, vlan) : packet));
        expectNoNewReason(await reasonsOf(halves), whole);
      }),
      { numRuns: 4 },
    );
  });

  it('in two files of a tap, the rows are those of one capture', async () => {
    const client = PACKETS.filter(isOfClient);
    const server = PACKETS.filter((packet) => !isOfClient(packet));
    expect(await reasonsOf(server, client)).toEqual(whole);
    expectNoNewReason(await reasonsOf(client), whole);
  });

  it('seen twice, the rows are those of one capture', async () => {
    expect(await reasonsOf(PACKETS, PACKETS)).toEqual(whole);
  });

  it('with a beginning cut off, no reason is added', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.integer({ min: 1, max: Math.floor(PACKETS.length / 3) }),
          fc.constantFrom(...placesInConnections()),
        ),
        async (from) => {
          await expectCutAddsNone(PACKETS, from);
        },
      ),
      { numRuns: 8, examples: [[470], [889]] },
    );
  });

  it('with one stamp wrong, no reason is added', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: PACKETS.length - 2 }),
        fc.constantFrom(0, 1_000_000),
        async (at, seconds) => {
          const shifted = PACKETS.with(at, { ...PACKETS[at], seconds });
          expectNoNewReason(await reasonsOf(shifted), whole);
        },
      ),
      { numRuns: 6 },
    );
  });
});

describe('in traffic of many kinds, what a capture lacks is no reason', () => {
  const RUNS = { numRuns: 5 };
  const packetsOf = fc.integer({ min: 0, max: 1e6 }).map((seed) => traffic(seed, 5));
  const places = fc.nat();
  /** Packets that a property makes of those of a capture have no reason that the capture has not. */
  const addsNone = async (change: (packets: SidedPacket[], place: number) => PacketRecord[]) => {
    await fc.assert(
      fc.asyncProperty(packetsOf, places, async (packets, place) => {
        expectNoNewReason(await allReasonsOf(change(packets, place)), await allReasonsOf(packets));
      }),
      RUNS,
    );
  };

  it('in one direction tagged, or both otherwise', async () => {
    await addsNone((packets, place) =>
      packets.map((packet) => {
        const vlan = packet.ofClient ? place % 4096 : (place >> 12) % 4096;
        return vlan === 0 ? packet : tagged(packet, vlan);
      }),
    );
  });

  it('in one direction of a tap', async () => {
    await addsNone((packets) => packets.filter(({ ofClient }) => ofClient));
    await addsNone((packets) => packets.filter(({ ofClient }) => !ofClient));
  });

  it('in two files, one for each direction, or the same twice', async () => {
    await fc.assert(
      fc.asyncProperty(packetsOf, async (packets) => {
        const all = await allReasonsOf(packets);
        const sides = [true, false].map((side) => packets.filter(({ ofClient }) => ofClient === side));
        expect(await allReasonsOf(...sides)).toEqual(all);
        expect(await allReasonsOf(packets, packets)).toEqual(all);
      }),
      RUNS,
    );
  });

  it('with the beginning cut off', async () => {
    await fc.assert(
      fc.asyncProperty(packetsOf, places, async (packets, place) => {
        await expectCutAddsNone(packets, place % (packets.length >> 1));
      }),
      RUNS,
    );
  });

  it('with one packet in fifty lost', async () => {
    await fc.assert(
      fc.asyncProperty(packetsOf, fc.infiniteStream(fc.integer({ min: 1, max: 50 })), async (packets, rolls) => {
        const kept = packets.filter(() => rolls.next().value !== 1);
        const all = await allReasonsOf(packets);
        expectNoNewReason(await allReasonsOf(kept), all, reasonOf('rhythm', all.keys()));
      }),
      RUNS,
    );
  });

  it.each([0, 441_763_200, 4_294_967_295])('with one stamp of %i s', async (seconds) => {
    await addsNone((packets, place) => {
      const at = place % packets.length;
      return packets.with(at, { ...packets[at], seconds });
    });
  });

  it.each([54, 68, 96, 128])('with %i bytes of each packet', async (snapLength) => {
    // A name that was looked up takes the place of one that the payload would have told, and ports may be cut off, too.
    const ofNames = ['cheap', 'random', 'disposable'];
    await fc.assert(
      fc.asyncProperty(packetsOf, async (packets) => {
        const all = await allReasonsOf(packets);
        const cut = await allReasonsOf(packets.map((packet) => snapped(packet, snapLength)));
        for (const reasons of cut.values()) for (const id of ofNames) reasons.delete(id);
        expectNoNewReason(cut, all, reasonOf('rhythm', all.keys()));
      }),
      RUNS,
    );
  });
});
