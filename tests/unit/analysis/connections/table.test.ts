import { describe, expect, it } from 'vitest';
import { groupFlows } from '../../../../src/analysis/flows/group.ts';
import { MergedFlows } from '../../../../src/analysis/connections/merged-flows.ts';
import { unscoredReason } from '../../../../src/analysis/connections/sentence.ts';
import { Listing, type ReportTables } from '../../../../src/analysis/report/listing.ts';
import { NAME_SOURCES } from '../../../../src/analysis/flows/name-sources.ts';
import { ROW_BINS } from '../../../../src/analysis/connections/schema.ts';
import { textsOf } from '../../../../src/analysis/memory/text-pool.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { NOTEBOOK_COLUMNS } from '../../../../src/analysis/scores/notebook.ts';
import type { FlowRow } from './flow-columns.ts';
import { flowColumns, noDns, noSessions, tablesOf } from './flow-columns.ts';

const tables = (rows: FlowRow[], minFlows = 0): ReportTables => tablesOf(rows, { minFlows });

describe('the table of connections', () => {
  it("lists strictly more than the limit, with the group's number among all", () => {
    const rows: FlowRow[] = [{ port: 1 }, { port: 2 }, { port: 2 }, { port: 3 }, { port: 3 }, { port: 3 }];
    expect([...tables(rows, 0).connections.group]).toEqual([0, 1, 2]);
    expect([...tables(rows, 1).connections.group]).toEqual([1, 2]);
    expect([...tables(rows, 2).connections.group]).toEqual([2]);
    expect(tables(rows, 3).connections.length).toBe(0);
  });

  it('puts only the addresses and names in use into the pools', () => {
    const { connections, addresses, names } = tables(
      [
        { source: 'once', destination: 'twice', name: 'unlisted.example' },
        { source: 'a', destination: 'b', name: 'listed.example' },
        { source: 'a', destination: 'b' },
        { source: 'b', destination: 'c' },
        { source: 'b', destination: 'c' },
      ],
      1,
    );
    expect(textsOf(addresses)).toEqual(['a', 'b', 'c']);
    expect(textsOf(names)).toEqual(['', 'listed.example']);
    expect([...connections.source]).toEqual([0, 1]);
    expect([...connections.destination]).toEqual([1, 2]);
    expect([...connections.name]).toEqual([1, 0]);
  });

  it('keeps the empty name in a pool without connections', () => {
    const { connections, addresses, names } = tables([]);
    expect(connections.length).toBe(0);
    expect(addresses.count).toBe(0);
    expect(textsOf(names)).toEqual(['']);
  });

  it('shows the most used name, its source, and how many others there were', () => {
    const { connections, names } = tables([
      { name: 'b.example', nameSource: 'http' },
      {},
      {},
      {},
      { name: 'a.example', nameSource: 'tls' },
      { name: 'a.example', nameSource: 'tls' },
      { name: 'c.example', nameSource: 'dns' },
    ]);
    expect(textsOf(names)[connections.name[0]]).toBe('a.example');
    expect(NAME_SOURCES[connections.nameSource[0]]).toBe('tls');
    expect(connections.otherNames[0]).toBe(2);
  });

  it('lets the first seen of equally used names and protocols win', () => {
    const { connections, names } = tables([
      { name: 'z.example', protocol: 17 },
      { name: 'a.example', protocol: 6 },
      { name: 'a.example', protocol: 6 },
      { name: 'z.example', protocol: 17 },
    ]);
    expect(textsOf(names)[connections.name[0]]).toBe('z.example');
    expect(connections.protocol[0]).toBe(17);
  });

  it('counts the names of each connection on their own', () => {
    const { connections, names } = tables([
      { port: 1, name: 'x' },
      { port: 1, name: 'x' },
      { port: 1, name: 'y' },
      { port: 2, name: 'y' },
      { port: 3 },
    ]);
    const pool = textsOf(names);
    expect([...connections.name].map((name) => pool[name])).toEqual(['x', 'y', '']);
    expect([...connections.otherNames]).toEqual([1, 0, 0]);
    expect(connections.nameSource[2]).toBe(0);
  });

  it('adds up traffic and takes the outermost times', () => {
    const { connections } = tables([
      {
        firstMs: 5_000,
        lastMs: 9_000,
        packetsSent: 2,
        packetsReceived: 1,
        bytesSent: 5_000_000_000,
        bytesReceived: 60,
      },
      { firstMs: 1_000, lastMs: 1_500, packetsSent: 3, packetsReceived: 4, bytesSent: 100, bytesReceived: 70 },
    ]);
    expect(connections).toMatchObject({
      flows: Uint32Array.of(2),
      packetsSent: Float64Array.of(5),
      packetsReceived: Float64Array.of(5),
      bytesSent: Float64Array.of(5_000_000_100),
      bytesReceived: Float64Array.of(130),
      firstSeenMs: Float64Array.of(1_000),
      lastSeenMs: Float64Array.of(9_000),
    });
  });

  it('takes the real deltas of sorted starts for the median and the histogram', () => {
    const { connections } = tables([
      { firstMs: 100_000 },
      { firstMs: 0 },
      { firstMs: 0 },
      { firstMs: 1_500 },
      { firstMs: 400_000_000 },
      { port: 500, firstMs: 0 },
      { port: 500, firstMs: 60_000 },
    ]);
    // Deltas 0, 1,500, 98,500 and 399,900,000 ms.
    expect(connections.medianDeltaMs[0]).toBe(50_000);
    const bins = connections.deltaHistogram.subarray(0, ROW_BINS);
    expect([bins[0], bins[15], bins[24], bins[39]]).toEqual([1, 1, 1, 1]);
    const next = connections.deltaHistogram.subarray(ROW_BINS);
    expect(next.indexOf(1)).toBe(23);
    expect(next.reduce((sum, count) => sum + count)).toBe(1);
  });

  it('scores nothing of a single flow', () => {
    const { connections } = tables([{}]);
    expect(connections.medianDeltaMs[0]).toBeNaN();
    for (const column of NOTEBOOK_COLUMNS) expect(connections.notebook[column][0]).toBeNaN();
    expect(connections.deltaHistogram.every((count) => count === 0)).toBe(true);
  });

  it('scores whole seconds where the median takes milliseconds', () => {
    const { connections } = tables(Array.from({ length: 5 }, (_, index) => ({ firstMs: index * 1_999 })));
    expect(connections.medianDeltaMs[0]).toBe(1_999);
    expect(connections.notebook.tsMid[0]).toBe(1);
  });

  it("leaves the notebook's scores out below its own limit, and says so", () => {
    const rows = Array.from({ length: 21 }, (_, index) => ({ port: 1 + (index % 2), firstMs: index * 60_000 }));
    const { connections } = tablesOf(rows, { minFlows: 4, notebookMinFlows: 10 });
    expect([...connections.notebook.Score].map(Number.isNaN)).toEqual([false, true]);
    expect([...connections.corrected.Score].map(Number.isNaN)).toEqual([false, true]);
    expect([...connections.rhythm.score].map(Number.isNaN)).toEqual([false, false]);
    expect([unscoredReason(connections, 'notebook', 0), unscoredReason(connections, 'notebook', 1)]).toEqual([
      null,
      'too few flows for the notebook',
    ]);
  });

  it('names the port and destination of most flows, and counts the others', () => {
    const name = 'a.example';
    const rows = [
      { port: 1, name },
      { port: 2, destination: '10.0.0.9', name },
      { port: 2, name },
      { port: 3, name },
    ];
    const { connections, addresses } = tablesOf(rows, { grouping: 'src,name' });
    expect(textsOf(addresses)[connections.destination[0]]).toBe('10.0.0.2');
    expect([connections.destinationPort[0], connections.otherPorts[0], connections.otherDestinations[0]]).toEqual([
      2, 2, 1,
    ]);
  });

  it('tells how far scoring has come', () => {
    const flows = flowColumns(Array.from({ length: 600 }, (_, port) => ({ port })));
    const list = { ...DEFAULT_SETTINGS, minFlows: 0 };
    const told: number[][] = [];
    const groups = groupFlows(flows, list.grouping);
    const listing = new Listing(new MergedFlows(flows), noSessions(flows, groups), { firstMs: 0, lastMs: 0 }, noDns());
    listing.tables(groups, list, (...said) => told.push(said));
    expect(told).toEqual([
      [0, 600],
      [256, 600],
      [512, 600],
    ]);
  });
});
