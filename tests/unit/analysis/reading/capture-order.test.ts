import { bufferSource, type ByteSource, PROTOCOL_TCP, readPackets } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { keepOrder, OrderWatch } from '../../../../src/analysis/reading/capture-order.ts';
import { readCounted } from '../../../../src/analysis/reading/read-counted.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { type PacketRecord, pcap } from '../../../builders/pcap.ts';
import { pcapng } from '../../../builders/pcapng.ts';
import { seededRandom } from '../../../builders/random.ts';
import { traffic } from '../../../builders/traffic.ts';

const SORTED: PacketRecord[] = traffic(3, 12);

const sourceOf = (packets: PacketRecord[]): ByteSource => bufferSource(pcap({ packets }), 'a.pcap');
const half = (of: number): PacketRecord[] => SORTED.filter((_, place) => place % 2 === of);
const onInterface = (interfaceId: number) => (packet: PacketRecord) => ({ ...packet, interfaceId });

/** The packets as threads write them that each wait up to so many seconds. */
function lateBy(seconds: number): PacketRecord[] {
  const random = seededRandom(9);
  return SORTED.map((packet) => ({ packet, written: timeOf(packet) + random.uniform(0, seconds) }))
    .sort((a, b) => a.written - b.written)
    .map(({ packet }) => packet);
}

function timeOf({ seconds, nanoseconds }: PacketRecord): number {
  return seconds + nanoseconds / 1e9;
}

/** What is found of a capture whose order is the file's where nothing is put in order. */
async function found(source: ByteSource) {
  const { flows, parts, captures } = await analyze([source], DEFAULT_SETTINGS);
  const { read, sessions, dns } = parts;
  return { flows, sessions, dns, over: read.packetsOverTime, warnings: captures[0].warnings };
}

/** When the packets were captured that a capture is counted by, in the order in which they come. */
async function timesOf(source: ByteSource): Promise<number[]> {
  const times: number[] = [];
  const take = ({ seconds, nanoseconds }: { seconds: number; nanoseconds: number }): void => {
    times.push(seconds + nanoseconds / 1e9);
  };
  await readCounted([source], DEFAULT_SETTINGS, take, () => undefined);
  return times;
}

/** What comes before the flows that are kept twice, as it is where nothing is given. */
const NOTHING_ELSE = [undefined, undefined, undefined, undefined] as const;

const IN_ORDER = await found(sourceOf(SORTED));

describe('a capture whose packets lie out of order', () => {
  it.each<[string, () => PacketRecord[]]>([
    ['by milliseconds', () => lateBy(0.05)],
    ['by seconds', () => lateBy(4)],
    ['by half a minute', () => lateBy(30)],
    ['as two captures, one behind the other, that began together', () => [...half(0), ...half(1)]],
    ['as two captures, of which the second began earlier', () => [...SORTED.slice(200), ...SORTED.slice(0, 200)]],
    ['from the last to the first', () => SORTED.toReversed()],
  ])('%s gives what the sorted one does, and says so', async (_, unsorted) => {
    const packets = unsorted();
    const { warnings, ...rest } = await found(sourceOf(packets));
    expect({ ...rest, warnings: [] }).toEqual(IN_ORDER);
    let latest = 0;
    const late = packets.filter((packet) => {
      latest = Math.max(latest, timeOf(packet));
      return timeOf(packet) < latest;
    });
    expect(warnings).toMatchObject([{ kind: 'out-of-order' }]);
    expect(warnings[0].message).toMatch(new RegExp(`^${late.length} packets are stamped earlier .* put in order`));
  });

  it('interface by interface in one pcapng gives what the sorted one does', async () => {
    const packets = [...half(0).map(onInterface(0)), ...half(1).map(onInterface(1))];
    const source = bufferSource(pcapng({ interfaces: [{}, {}], packets }), 'in-turn.pcapng');
    const { warnings, ...rest } = await found(source);
    expect({ ...rest, warnings: [] }).toEqual(IN_ORDER);
    expect(warnings).toMatchObject([{ kind: 'out-of-order' }]);
  });

  it.each([
    ['', 0, 'the exported flows take the order of the file, as NFStream does'],
    [' not', 1, 'so are the exported flows, which are too many to be kept in the order of the file as well'],
  ])('is%s exported in the order of the file where there is room for its flows twice', async (_, over, words) => {
    const source = sourceOf(lateBy(4));
    const [ofFile, ofOrder] = await Promise.all([
      analyze([source], { ...DEFAULT_SETTINGS, nfstream: true }),
      analyze([sourceOf(SORTED)], DEFAULT_SETTINGS),
    ]);
    const most = ofFile.nfstreamFlows.length - over;
    const { nfstreamFlows, captures } = await analyze([source], DEFAULT_SETTINGS, ...NOTHING_ELSE, most);
    expect(nfstreamFlows).toEqual(over === 0 ? ofFile.nfstreamFlows : ofOrder.nfstreamFlows);
    expect(captures[0].warnings).toMatchObject([{ message: expect.stringMatching(new RegExp(`; ${words}$`)) }]);
  });

  it('gives the same where nobody asks for exported flows, and says nothing of them', async () => {
    const [asked, unasked] = await Promise.all(
      [undefined, 0].map(async (most) => analyze([sourceOf(lateBy(4))], DEFAULT_SETTINGS, ...NOTHING_ELSE, most)),
    );
    expect(unasked.report(DEFAULT_SETTINGS).connections).toEqual(asked.report(DEFAULT_SETTINGS).connections);
    expect(unasked.parts.flows).toEqual(asked.parts.flows);
    const [{ message }] = unasked.captures[0].warnings;
    expect(message).toMatch(/ and put in order, as reordercap does$/);
    expect(asked.captures[0].warnings[0].message.startsWith(`${message};`)).toBe(true);
  });

  it('is exported as NFStream reads it, in the order of the file', async () => {
    const packets = lateBy(4);
    const { nfstreamFlows } = await analyze([sourceOf(packets)], DEFAULT_SETTINGS);
    const exact = await analyze([sourceOf(packets)], { ...DEFAULT_SETTINGS, nfstream: true });
    for (const column of ['source', 'sinceMs', 'durationMs', 'packetsSent', 'bytesReceived', 'name'] as const)
      expect(nfstreamFlows[column]).toEqual(exact.flows[column]);
    expect(exact.captures[0].warnings).toMatchObject([{ kind: 'clock-backward' }]);
  });

  it('is read again in order', async () => {
    const source = sourceOf(SORTED.toReversed());
    await analyze([source], DEFAULT_SETTINGS);
    expect(await timesOf(source)).toEqual(SORTED.map(timeOf));
  });

  it.each([
    ['once, with all that waits, where there is room', true, 1],
    ['once for each part where there is not', false, 3],
  ])('is read %s', async (_, isRoom, parts) => {
    const thirds = [2, 1, 0].flatMap((third) => SORTED.filter((__, place) => place % 3 === third));
    const source = sourceOf(thirds);
    const watch = new OrderWatch(() => isRoom);
    await readPackets(source, (packet) => watch.take(packet));
    const order = watch.order(false);
    expect(order?.parts).toHaveLength(parts);
    expect(order?.warning.message).toMatch(/ and put in order, as reordercap does$/);
    if (order !== null) keepOrder(source, order);
    expect(await timesOf(source)).toEqual(SORTED.map(timeOf));
  });

  it.each([
    [2, true, 2, ', as reordercap does'],
    [3, true, 1, ' as far as there is memory for it: unpack it and open that'],
    [16, false, 16, ', as reordercap does'],
    [17, true, 1, ' as far as there is memory for it: open what "reordercap" makes of it'],
    [17, false, 1, ' as far as there is memory for it: open what "reordercap" makes of it'],
  ])('in %i parts, packed %s, is read in %i, and that is said', async (count, isPacked, parts, words) => {
    const watch = new OrderWatch(() => false);
    const inTurn = Array.from({ length: count }, (_, part) => SORTED.filter((__, place) => place % count === part));
    await readPackets(sourceOf(inTurn.toReversed().flat()), (packet) => watch.take(packet));
    const order = watch.order(isPacked);
    expect(order?.parts).toHaveLength(parts);
    expect(order?.warning.message).toMatch(new RegExp(` and put in order${words}$`));
  });

  it.each([
    [2, false, 2, ', as reordercap does'],
    [3, false, 1, ' as far as there is memory for it: open what "reordercap" makes of it'],
    [3, true, 1, ' as far as there is memory for it: open what "reordercap" makes of it'],
  ])('and large, in %i parts, packed %s, is read in %i', async (count, isPacked, parts, words) => {
    const watch = new OrderWatch(() => false, 1000);
    const inTurn = Array.from({ length: count }, (_, part) => SORTED.filter((__, place) => place % count === part));
    await readPackets(sourceOf(inTurn.toReversed().flat()), (packet) => watch.take(packet));
    const order = watch.order(isPacked);
    expect(order?.parts).toHaveLength(parts);
    expect(order?.warning.message).toMatch(new RegExp(` and put in order${words}$`));
  });

  it('by less than a millisecond is put in order where an answer would come before what it answers', async () => {
    const isSyn = ({ data }: PacketRecord): boolean => data[12] === 8 && data[23] === PROTOCOL_TCP && data[47] === 2;
    const [syn, ...rest] = SORTED.slice(SORTED.findIndex(isSyn));
    const answer = rest.findIndex(({ data }) => data[23] === PROTOCOL_TCP && data[47] === 18);
    const [before, after] = [rest[answer], { ...syn, seconds: rest[answer].seconds }];
    const nanoseconds = before.nanoseconds - 5000;
    const { flows, captures } = await analyze([sourceOf([before, { ...after, nanoseconds }])], DEFAULT_SETTINGS);
    expect(flows.addresses.text(flows.source[0])).toMatch(/^10\./);
    expect(captures[0].warnings).toMatchObject([{ kind: 'out-of-order' }]);
  });

  it('of many files, each is read a few times', async () => {
    let opened = 0;
    const sources = Array.from({ length: 12 }, (_, file) => {
      const later = ({ seconds, ...packet }: PacketRecord) => ({ ...packet, seconds: seconds + file * 100_000 });
      const moved = [...half(0), ...half(1)].map(later);
      const source = sourceOf(moved);
      return { ...source, open: () => (opened++, source.open()) };
    });
    const { captures } = await analyze(sources, DEFAULT_SETTINGS);
    expect(captures.every(({ warnings }) => warnings.some(({ kind }) => kind === 'out-of-order'))).toBe(true);
    expect(opened).toBeLessThan(12 * 9);
  });
});
