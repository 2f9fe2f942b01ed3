import { gzipSync } from 'node:zlib';
import { bufferSource, type ByteSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { firstMsOf, lastMsOf } from '../../../src/analysis/flows/columns.ts';
import { analyze, NothingRead } from '../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { decompressed } from '../../../src/decompress/decompressed.ts';
import { ethernet, ETHERTYPE_IPV4 } from '../../builders/ethernet.ts';
import { ipv4 } from '../../builders/ipv4.ts';
import { pcap, packetAt } from '../../builders/pcap.ts';
import { udp } from '../../builders/udp.ts';

const START = 1_700_000_000;

/** A capture of datagrams from 10.0.0.1 to 10.0.0.2, one at each time in seconds after `START`. */
function capture(name: string, times: readonly number[], sourcePort = 5000, more: { totalLength?: number } = {}) {
  const payload = udp({ sourcePort, destinationPort: 7000, payload: new Uint8Array(8) });
  const packet = ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 17, payload, ...more });
  const data = ethernet({ etherType: ETHERTYPE_IPV4, payload: packet });
  return bufferSource(pcap({ packets: times.map((time) => packetAt(START + time, data)) }), name);
}

async function bytesOf(source: ByteSource): Promise<Uint8Array> {
  return (await source.open().read(new Uint8Array(source.size ?? 0))).slice();
}

describe('several captures', () => {
  it('are read in the order of their first packets, and flows go on over their borders', async () => {
    const { captures, flows } = await analyze([capture('b', [60, 90]), capture('a', [0, 30])], DEFAULT_SETTINGS);
    expect(captures.map(({ file }) => file)).toEqual(['a', 'b']);
    expect(flows.length).toBe(1);
    expect([firstMsOf(flows, 0), lastMsOf(flows, 0), flows.packetsSent[0]]).toEqual([
      START * 1000,
      (START + 90) * 1000,
      4,
    ]);
    expect(captures.flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  it('that overlap are metered by clocks of their own', async () => {
    const { flows, captures } = await analyze(
      [capture('a', [0, 1000], 5000), capture('b', [500, 510], 5001)],
      DEFAULT_SETTINGS,
    );
    expect(
      Array.from({ length: flows.length }, (_, flow) => firstMsOf(flows, flow) / 1000 - START).toSorted(
        (a, b) => a - b,
      ),
    ).toEqual([0, 500, 1000]);
    expect(captures.flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  it('say how many packets without a length are in no flow', async () => {
    const offloaded = (port: number, after: number) => capture(`${port}`, [after], port, { totalLength: 0 });
    const said = async (...sources: ByteSource[]) => {
      const { captures, parts } = await analyze(sources, DEFAULT_SETTINGS);
      const { message = '' } =
        captures.flatMap(({ warnings }) => warnings).find(({ kind }) => kind === 'offloaded-left-out') ?? {};
      return [parts.read.flowPackets, message];
    };
    expect(await said(capture('a', [0]), offloaded(5000, 10))).toEqual([2, '']);
    expect(await said(capture('a', [0]), offloaded(5001, 10), offloaded(5002, 10))).toEqual([
      1,
      '2 packets whose IP length is 0 are in no flow: such a packet begins none, as in NFStream, and none was under way between its ends',
    ]);
  });

  it('of which one cannot be read give the analysis of the others', async () => {
    const text = bufferSource(new TextEncoder().encode('notes'), 'notes.txt');
    const { captures, flows } = await analyze([text, capture('a', [0])], DEFAULT_SETTINGS);
    expect(flows.length).toBe(1);
    expect(captures).toMatchObject([
      { file: 'a', format: 'pcap' },
      { file: 'notes.txt', format: null, warnings: [{ kind: 'not-a-capture', offset: 0 }] },
    ]);
  });

  it('of which none can be read are a failure that names the first and counts the others', async () => {
    const text = bufferSource(new TextEncoder().encode('notes'), 'notes.txt');
    const failure = analyze([text, bufferSource(new Uint8Array(0), 'empty.pcap')], DEFAULT_SETTINGS);
    await expect(failure).rejects.toBeInstanceOf(NothingRead);
    await expect(failure).rejects.toMatchObject({ file: 'notes.txt', kind: 'not-a-capture', offset: 0 });
    await expect(failure).rejects.toThrow(/; nor could the other file be read$/);
  });
});

describe('one capture', () => {
  it('reports progress in bytes and packets', async () => {
    const seen: number[][] = [];
    await analyze([capture('a', [0, 1, 2])], DEFAULT_SETTINGS, ({ bytesRead, packets }) =>
      seen.push([bytesRead, packets]),
    );
    expect(seen.at(-1)).toEqual([24 + 3 * (16 + 50), 3]);
  });

  it('that is packed reports progress in packed bytes', async () => {
    const times = Array.from({ length: 200_000 }, (_, index) => index / 1000);
    const packed = gzipSync(await bytesOf(capture('a', times)));
    const seen: number[] = [];
    const source = decompressed(bufferSource(packed, 'a.gz'));
    const { captures } = await analyze([source], DEFAULT_SETTINGS, ({ bytesRead }) => seen.push(bytesRead));
    expect(seen.length).toBeGreaterThan(2);
    expect(seen[0]).toBeLessThan(packed.length);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(packed.length);
    expect(captures[0]).toMatchObject({ bytes: packed.length, compression: 'gzip', packets: 200_000 });
  });

  it('that is packed says of a place whether it is one of the packed or of the unpacked bytes', async () => {
    const packed = gzipSync(await bytesOf(capture('a', [10, 6])));
    const unpacking = (bytes: Uint8Array): ByteSource => decompressed(bufferSource(bytes));
    const {
      captures: [whole],
    } = await analyze([unpacking(packed)], DEFAULT_SETTINGS);
    expect(whole.warnings).toMatchObject([
      {
        kind: 'out-of-order',
        offset: 24 + 66,
        message: expect.stringMatching(/\(the place is one of the unpacked bytes\)$/) as string,
      },
    ]);
    const {
      captures: [short],
    } = await analyze([unpacking(packed.subarray(0, -9))], DEFAULT_SETTINGS);
    expect(short.warnings.find(({ kind }) => kind === 'cut-compression')).toMatchObject({
      offset: packed.length - 9,
      message: expect.stringMatching(/another copy may be whole$/) as string,
    });
  });

  it('says how many packets are stamped early, and which came first', async () => {
    const { captures } = await analyze([capture('a', [10, 6, 8, 12])], DEFAULT_SETTINGS);
    expect(captures[0].warnings).toMatchObject([
      {
        kind: 'out-of-order',
        offset: 24 + 66,
        message: expect.stringMatching(/^2 packets .*first: frame 2, frame 3; at most by 4\.000 s/) as string,
      },
    ]);
  });

  it('says which packets are stamped years ahead, and how many', async () => {
    const year = 366 * 86_400;
    const one = await analyze([capture('a', [0, 10 * year])], DEFAULT_SETTINGS);
    expect(one.captures[0].warnings).toMatchObject([
      {
        kind: 'clock-jump',
        offset: 24 + 66,
        message: expect.stringMatching(/^1 packet .*\(frame 2; at most by 10\.0 years\)/) as string,
      },
    ]);
    const five = await analyze(
      [
        capture(
          'a',
          [0, 2, 4, 6, 8, 10].map((years) => years * year),
        ),
      ],
      DEFAULT_SETTINGS,
    );
    expect(five.captures[0].warnings).toMatchObject([
      {
        kind: 'clock-jump',
        message: expect.stringMatching(/^5 packets .*first: frame 2, frame 3, frame 4; at most/) as string,
      },
    ]);
  });

  it('sets a stray stamp aside: spans of time are those of the others', async () => {
    for (const years of [-20, 80]) {
      const analysis = await analyze([capture('a', [0, years * 365.25 * 86_400, 1, 2])], DEFAULT_SETTINGS);
      const [{ firstMs, lastMs, warnings }] = analysis.captures;
      expect((lastMs ?? 0) - (firstMs ?? 0)).toBe(2000);
      const { packetsOverTime, sliceMs } = analysis.report(DEFAULT_SETTINGS);
      expect(sliceMs * packetsOverTime.length).toBeLessThan(5000);
      expect(warnings[0]).toMatchObject({
        kind: 'stray-stamps',
        message: expect.stringMatching(/^1 packet is stamped years away from those around \(frame 2, /) as string,
      });
    }
  });

  it('keeps thousands of flows apart, and can be asked again under another limit and grouping', async () => {
    const records = Array.from({ length: 6000 }, (_, i) => {
      const payload = udp({ sourcePort: 1000 + i, destinationPort: 7000 + (i % 3) });
      const packet = ipv4({ source: '10.0.0.1', destination: '10.0.0.2', protocol: 17, payload });
      return packetAt(START + i * 0.001, ethernet({ etherType: ETHERTYPE_IPV4, payload: packet }));
    });
    const analysis = await analyze([bufferSource(pcap({ packets: records }))], DEFAULT_SETTINGS);
    expect(analysis.flows.length).toBe(6000);
    expect(analysis.report({ ...DEFAULT_SETTINGS, minFlows: 10 }).connections.length).toBe(3);
    expect(analysis.report({ ...DEFAULT_SETTINGS, minFlows: 2000 })).toMatchObject({
      groups: 3,
      largestGroup: 2000,
      connections: { length: 0 },
    });
    expect(analysis.detail(1).length).toBe(2000);
    const together = analysis.report({ ...DEFAULT_SETTINGS, grouping: 'src,dst' });
    expect(together).toMatchObject({ groups: 1, settings: { grouping: 'src,dst' }, connections: { length: 1 } });
    expect([together.connections.flows[0], together.connections.otherPorts[0]]).toEqual([6000, 2]);
    expect(together.connections.notebook.Score[0]).toBeNaN();
    expect(analysis.detail(0).length).toBe(6000);
    expect(analysis.report(DEFAULT_SETTINGS).groups).toBe(3);
    expect(() => analysis.detail(3)).toThrow(RangeError);
  });
});
