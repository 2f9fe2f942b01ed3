import { describe, expect, it } from 'vitest';
import { CONTINUED, FRESH } from '../../../../src/analysis/flows/columns.ts';
import { groupFlows, largestGroup } from '../../../../src/analysis/flows/group.ts';
import { sourceIndex } from '../../../../src/analysis/flows/name-sources.ts';
import { shownName, shownNameSource } from '../../../../src/analysis/flows/shown-name.ts';
import type { Grouping } from '../../../../src/analysis/settings.ts';
import type { FlowRow } from '../connections/flow-columns.ts';
import { flowColumns } from '../connections/flow-columns.ts';

function grouped(rows: FlowRow[], grouping: Grouping = 'src,dst,port'): { key: string; flows: number[] }[] {
  const flows = flowColumns(rows);
  const groups = groupFlows(flows, grouping);
  return Array.from({ length: groups.length }, (_, group) => {
    const members = [...groups.order.subarray(groups.offsets[group], groups.offsets[group + 1])];
    const [first] = members;
    const source = flows.addresses.text(flows.source[first]);
    const destination = flows.addresses.text(flows.destination[first]);
    return { key: `${source} ${destination} ${flows.destinationPort[first]}`, flows: members };
  });
}

describe('groupFlows', () => {
  it('keys by addresses and destination port only', () => {
    expect(
      grouped([{ sourcePort: 1, protocol: 6 }, { sourcePort: 2, protocol: 17 }, { port: 80 }, { sourcePort: 3 }]),
    ).toEqual([
      { key: '10.0.0.1 10.0.0.2 80', flows: [2] },
      { key: '10.0.0.1 10.0.0.2 443', flows: [0, 1, 3] },
    ]);
  });

  it('orders addresses as text and ports as numbers', () => {
    const keys = grouped([
      { source: '9.0.0.1' },
      { source: '10.0.0.1', port: 8080 },
      { source: '10.0.0.1', port: 9 },
      { source: 'fe80::1', destination: 'ff02::fb' },
      { source: '10.0.0.1', destination: '10.0.0.10', port: 1 },
      { source: '10.0.0.1', destination: '10.0.0.9', port: 1 },
      { source: '::1' },
    ]).map((group) => group.key);
    expect(keys).toEqual([
      '10.0.0.1 10.0.0.10 1',
      '10.0.0.1 10.0.0.2 9',
      '10.0.0.1 10.0.0.2 8080',
      '10.0.0.1 10.0.0.9 1',
      '9.0.0.1 10.0.0.2 443',
      '::1 10.0.0.2 443',
      'fe80::1 ff02::fb 443',
    ]);
  });

  it('tells directions apart and groups portless flows under port 0', () => {
    expect(
      grouped([
        { source: 'a', destination: 'b', port: 0, protocol: 1 },
        { source: 'b', destination: 'a', port: 0, protocol: 1 },
        { source: 'a', destination: 'b', port: 0, protocol: 47 },
      ]),
    ).toEqual([
      { key: 'a b 0', flows: [0, 2] },
      { key: 'b a 0', flows: [1] },
    ]);
  });

  it('keeps more addresses than one digit of the sort holds in order', () => {
    const address = (index: number): string => `10.${index >> 8}.${index & 255}.1`;
    const rows = Array.from({ length: 6_000 }, (_, index) => ({ source: address((index * 4_801) % 6_000) }));
    const keys = grouped(rows).map((group) => group.key);
    expect(keys).toHaveLength(6_000);
    expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : 1)));
  });

  it('puts ports together where asked to', () => {
    expect(grouped([{ port: 80 }, { port: 443 }, { destination: '10.0.0.3', port: 80 }], 'src,dst')).toEqual([
      { key: '10.0.0.1 10.0.0.2 80', flows: [0, 1] },
      { key: '10.0.0.1 10.0.0.3 80', flows: [2] },
    ]);
  });

  it('puts destinations of one name together where asked to, by their address where they have none', () => {
    expect(
      grouped(
        [
          { destination: '203.0.113.1', name: 'b.example' },
          { destination: '203.0.113.2', port: 80, name: 'b.example' },
          { destination: '203.0.113.1' },
          { destination: '203.0.113.1', port: 1 },
          { name: 'a.example' },
          { name: '203.0.113.1' },
          { source: '10.0.0.9', name: 'b.example' },
        ],
        'src,name',
      ).map(({ flows }) => flows),
    ).toEqual([[2, 3, 5], [4], [0, 1], [6]]);
  });

  it('takes the name that a capture gives an address where a flow carries none', () => {
    const flows = flowColumns([{ name: 'b.example' }, { destination: '10.0.0.7' }, { destination: '10.0.0.8' }]);
    flows.hostName[flows.destination[1]] = flows.name[0];
    const { order, offsets } = groupFlows(flows, 'src,name');
    expect([[...order], [...offsets]]).toEqual([
      [2, 0, 1],
      [0, 1, 3],
    ]);
  });

  it('takes the name that the source had resolved before that of the capture', () => {
    const flows = flowColumns([
      { name: 'b.example' },
      { destination: '10.0.0.7', resolvedName: 'b.example' },
      { name: 'c.example' },
    ]);
    flows.hostName[flows.destination[1]] = flows.name[2];
    const { order, offsets } = groupFlows(flows, 'src,name');
    expect([[...order], [...offsets]]).toEqual([
      [0, 1, 2],
      [0, 2, 3],
    ]);
  });

  it('makes no group of no flows', () => {
    expect(grouped([])).toEqual([]);
    expect(groupFlows(flowColumns([]), 'src,dst,port').offsets).toEqual(Uint32Array.of(0));
  });
});

describe('largestGroup', () => {
  it('counts the flows of the largest group', () => {
    expect(largestGroup(groupFlows(flowColumns([{}, {}, { port: 1 }]), 'src,dst,port'))).toBe(2);
    expect(largestGroup(groupFlows(flowColumns([]), 'src,dst'))).toBe(0);
  });
});

it('a piece that a timeout cut off has the name of its beginning, before what DNS was asked', () => {
  const piece = { firstPiece: 0, resolvedName: 'asked.example' };
  const flows = flowColumns([
    { name: 'said.example', nameSource: 'http', begin: FRESH },
    { ...piece, begin: CONTINUED },
    { ...piece, begin: FRESH },
    { ...piece, begin: CONTINUED, name: 'said-again.example', nameSource: 'tls' },
  ]);
  const shown = [0, 1, 2, 3].map((flow) => [flows.names[shownName(flows, flow)], shownNameSource(flows, flow)]);
  expect(shown).toEqual([
    ['said.example', sourceIndex('http')],
    ['said.example', sourceIndex('http')],
    ['asked.example', sourceIndex('from dns')],
    ['said-again.example', sourceIndex('tls')],
  ]);
});
