import { describe, expect, it } from 'vitest';
import { ZONES } from '../../../../src/analysis/net/zones.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { internalAddresses, type OwnNetwork, takenWords } from '../../../../src/analysis/triage/internal-addresses.ts';
import { flowColumns } from '../connections/flow-columns.ts';

const HOST = '198.51.100.7';
const own = [...pairs(HOST, '203.0.113.', 6), ...pairs('192.0.2.9', HOST, 2)];

/** Flows from an address to as many as that, or the other way where the source is said in full. */
function pairs(source: string, destination: string, flows: number): { source: string; destination: string }[] {
  return Array.from({ length: flows }, (_, index) => ({
    source,
    destination: destination.endsWith('.') ? `${destination}${index + 1}` : destination,
  }));
}

function told(
  rows: readonly { source: string; destination: string }[],
  {
    list = DEFAULT_SETTINGS.internal,
    isWhole = true,
    said = { internal: [] as string[], external: [] as string[] },
  } = {},
): { taken: OwnNetwork | null; internal: string[] } {
  const flows = flowColumns(rows);
  const { places, taken } = internalAddresses(flows, list, said, isWhole);
  return { taken, internal: flows.addresses.texts().filter((_, address) => ZONES[places[address]] === 'internal') };
}

describe('internalAddresses', () => {
  it('takes the public address that most flows are with as internal, and says so', () => {
    const { taken, internal } = told(own);
    expect(internal).toEqual([HOST]);
    expect(taken).toEqual({ text: HOST, flows: 8, allFlows: 8 });
    expect(takenWords(taken)).toBe('198.51.100.7 is taken as internal: 8 of 8 flows are with it');
    expect(takenWords(null)).toBe('');
  });

  it('goes by what logs call local, and takes nothing else then', () => {
    const rows = [...own, ...pairs('10.0.0.1', '10.0.0.2', 2)];
    const said = { internal: ['203.0.113.1', '10.0.0.1'], external: [HOST, '10.0.0.2'] };
    expect(told(rows, { said })).toEqual({ taken: null, internal: ['10.0.0.1', '203.0.113.1'] });
    expect(told(rows, { said, list: '192.0.2.0/24' }).internal).toEqual(['192.0.2.9']);
  });

  it('takes a public address, too, where logs call none local but private ones', () => {
    const said = { internal: ['10.0.0.1'], external: [HOST] };
    expect(told([...own, ...pairs('10.0.0.1', '10.0.0.2', 2)], { said }).internal).toEqual([
      HOST,
      '10.0.0.1',
      '10.0.0.2',
    ]);
  });

  it('takes who asks where a connection is all there is', () => {
    expect(told(pairs(HOST, '203.0.113.1', 5)).internal).toEqual([HOST]);
    expect(told(pairs('203.0.113.1', HOST, 5)).internal).toEqual(['203.0.113.1']);
  });

  it('takes the network that most flows are with where no address of it is', () => {
    const rows = [1, 2, 3].flatMap((last) => pairs(`198.51.100.${last}`, `20${last}.0.113.`, 4));
    const { taken, internal } = told([...rows, ...pairs('192.0.2.1', '192.0.3.1', 5)]);
    expect(taken).toEqual({ text: '198.51.100.0/24', flows: 12, allFlows: 17 });
    expect(internal).toEqual(['198.51.100.1', '198.51.100.2', '198.51.100.3']);
    const six = [1, 2, 3].flatMap((last) => pairs(`2001:db8:1:2::${last}`, `20${last}.0.113.`, 4));
    expect(told(six).taken?.text).toBe('2001:db8:1:2::/64');
  });

  it('leaves the server outside that a private host talks with, however often', () => {
    const rows = [...pairs('10.0.0.5', HOST, 90), ...pairs('10.0.0.5', '10.0.0.6', 5)];
    expect(told([...rows, ...pairs(HOST, '203.0.113.', 9)])).toEqual({
      taken: null,
      internal: ['10.0.0.5', '10.0.0.6'],
    });
  });

  it('takes no address of an exchange where everybody talks with everybody', () => {
    const rows = Array.from({ length: 40 }, (_, index) => ({
      source: `${20 + index}.1.2.3`,
      destination: `${130 + index}.4.5.6`,
    }));
    expect(told(rows)).toEqual({ taken: null, internal: [] });
  });

  it('leaves groups and what stays internal out of the count', () => {
    const rows = [...pairs('10.0.0.5', '224.0.0.251', 20), ...pairs('10.0.0.5', '10.0.0.6', 20), ...own];
    expect(told(rows).taken).toEqual({ text: HOST, flows: 8, allFlows: 8 });
  });

  it('goes by a list of the analyst alone, and by the list alone where flows are a part of a network', () => {
    expect(told(own, { list: '192.0.2.0/24' })).toEqual({ taken: null, internal: ['192.0.2.9'] });
    expect(told(own, { isWhole: false })).toEqual({ taken: null, internal: [] });
  });

  it('takes nothing without flows that leave', () => {
    expect(told([])).toEqual({ taken: null, internal: [] });
    expect(told(pairs('10.0.0.5', '10.0.0.6', 3)).taken).toBeNull();
  });
});
