import { describe, expect, it } from 'vitest';
import { indicatorText as listEntry } from '../../../src/analysis/lists/indicator.ts';
import { readList } from '../../../src/analysis/lists/read-list.ts';
import { techniquesOf } from '../../../src/export/attack.ts';
import { type ConnectionIndicators, defanged, indicatorText } from '../../../src/export/indicators.ts';
import { stixBundle } from '../../../src/export/stix.ts';
import { domainFinding, patternOf } from '../../../src/export/stix-findings.ts';

const FOUND: ConnectionIndicators = {
  row: 0,
  source: '10.0.0.5',
  address: '203.0.113.9',
  name: 'updates.example.net',
  otherNames: 0,
  isAsked: false,
  tunnelDomain: '',
  port: 8443,
  protocol: 6,
  firstMs: 1_700_000_000_000,
  lastMs: 1_700_003_600_000,
  flows: 61,
  bytesSent: 6_100,
  bytesReceived: 12_200,
  points: 6,
  reasons: ['steady rhythm', 'TLS on port 8443'],
  techniques: [{ id: 'T1571', name: 'Non-Standard Port' }],
  remark: null,
};

interface Bundle {
  type: string;
  id: string;
  objects: { id: string; type: string; [property: string]: unknown }[];
}

const bundleOf = (...found: ConnectionIndicators[]): Bundle =>
  JSON.parse([...stixBundle({ connections: found, domains: [] }, 1_700_010_000_000)].join('')) as Bundle;

describe('a STIX bundle', () => {
  it('has as many objects as there are findings, whose ids together are its own', () => {
    const found = Array.from({ length: 700 }, (_, at) => ({
      ...FOUND,
      address: `203.0.${at >> 8}.${at & 255}`,
      name: '',
    }));
    const { id, objects } = bundleOf(...found);
    expect(objects.filter(({ type }) => type === 'indicator')).toHaveLength(700);
    expect(id).not.toBe(bundleOf(...found.slice(1)).id);
  });

  it('has an indicator, its technique and what ties them', () => {
    const { type, objects } = bundleOf(FOUND);
    expect([type, ...objects.map((object) => object.type)]).toEqual([
      'bundle',
      'indicator',
      'attack-pattern',
      'relationship',
      'ipv4-addr',
      'ipv4-addr',
      'domain-name',
      'network-traffic',
      'observed-data',
      'sighting',
    ]);
    const [indicator, technique, tie] = objects;
    expect(indicator).toMatchObject({
      pattern: "[domain-name:value = 'updates.example.net' OR ipv4-addr:value = '203.0.113.9']",
      valid_from: '2023-11-14T22:13:20.000Z',
    });
    expect(technique.external_references).toMatchObject([{ external_id: 'T1571' }]);
    expect([tie.source_ref, tie.target_ref]).toEqual([indicator.id, technique.id]);
    for (const { id, type: kind } of objects) {
      expect(id).toMatch(new RegExp(`^${kind}--[\\da-f]{8}-[\\da-f]{4}-5[\\da-f]{3}-[89ab][\\da-f]{3}-[\\da-f]{12}$`));
    }
  });

  it('looks for the domain of a tunnel, not for the resolver or the name that it is asked for most', () => {
    const resolver = { ...FOUND, address: '9.9.9.9', name: 'www.search.example', isAsked: true, port: 53 };
    const tunnel = { ...resolver, tunnelDomain: 'tunnel.example' };
    const { objects } = bundleOf(tunnel);
    expect(objects[0]).toMatchObject({
      name: 'tunnel.example in DNS',
      pattern: "[domain-name:value = 'tunnel.example' OR domain-name:value LIKE '%.tunnel.example']",
    });
    expect(objects.filter(({ type }) => type === 'domain-name').map(({ value }) => value)).toEqual(['tunnel.example']);
    expect([...indicatorText({ connections: [tunnel], domains: [] })][0]).toBe(
      'tunnel[.]example, asked for in DNS at 9[.]9[.]9[.]9 port 53, from 10.0.0.5\n',
    );
  });

  it('says the same destination once, with every connection that goes there', () => {
    const second = { ...FOUND, source: '10.0.0.6', port: 443, firstMs: FOUND.firstMs - 1000, flows: 3 };
    const technique = { id: 'T1573', name: 'Encrypted Channel' };
    const third = { ...FOUND, port: 80, techniques: [technique] };
    const { objects } = bundleOf(FOUND, second, third);
    const of = (type: string) => objects.filter((object) => object.type === type);
    expect(of('indicator')).toMatchObject([
      { name: 'updates.example.net port 8443, 443, 80', valid_from: '2023-11-14T22:13:19.000Z' },
    ]);
    expect(of('indicator')[0].description).toContain('10.0.0.5 and 1 other go there');
    expect(of('attack-pattern')).toHaveLength(2);
    expect(of('relationship')).toHaveLength(2);
    expect(of('ipv4-addr').map(({ value }) => value)).toEqual(['10.0.0.5', '203.0.113.9', '10.0.0.6']);
    expect(of('network-traffic').map(({ dst_port }) => dst_port)).toEqual([8443, 443, 80]);
    expect(of('network-traffic')[0]).toMatchObject({ protocols: ['ipv4', 'tcp'], src_byte_count: 6_100 });
    expect(of('sighting').map(({ count }) => count)).toEqual([61, 3, 61]);
    const ids = new Set(objects.map(({ id }) => id));
    for (const sighting of of('sighting')) {
      expect(sighting.sighting_of_ref).toBe(of('indicator')[0].id);
      const [observed] = sighting.observed_data_refs as string[];
      const { object_refs } = objects.find(({ id }) => id === observed)!;
      for (const reference of object_refs as string[]) expect(ids).toContain(reference);
    }
    expect(bundleOf(FOUND, second, third).objects).toEqual(objects);
  });

  it('gives an address the id that every producer gives it, and nothing else one of that namespace', () => {
    const { objects } = bundleOf(FOUND);
    // UUIDv5 of {"value":"203.0.113.9"} under the namespace of STIX 2.1, section 2.9.
    expect(objects.find(({ value }) => value === '203.0.113.9')?.id).toBe(
      'ipv4-addr--39090fdc-366e-571f-ab5b-d05e2918f88f',
    );
    expect(objects[0].id).not.toBe('indicator--9c7b34ca-1fa0-530a-bccf-99cee5b54bac');
  });

  it('is read back as a watch list of what was found', () => {
    const named = { ...FOUND, address: '2001:db8::9', name: '' };
    const { entries, problems } = readList([...stixBundle({ connections: [FOUND, named], domains: [] }, 0)].join(''));
    expect(problems).toEqual([]);
    expect(entries.map(({ indicator }) => listEntry(indicator))).toEqual([
      '*.updates.example.net',
      '203.0.113.9',
      '2001:db8::9',
    ]);
  });

  it('takes for a name what a proxy was asked for by name', () => {
    const { objects } = bundleOf({ ...FOUND, address: 'c2.example', name: '' });
    expect(objects[0].pattern).toBe("[domain-name:value = 'c2.example']");
    expect(objects.find(({ value }) => value === 'c2.example')?.type).toBe('domain-name');
  });

  it('calls a server of names by its address, and looks for what it was asked for', () => {
    const asked = { ...FOUND, isAsked: true, port: 53 };
    const [{ name, pattern }] = bundleOf(asked).objects;
    expect(name).toBe('203.0.113.9 port 53');
    expect(pattern).toBe("[domain-name:value = 'updates.example.net' OR ipv4-addr:value = '203.0.113.9']");
    expect([...indicatorText({ connections: [asked], domains: [] })].join('')).toContain(
      '203[.]0[.]113[.]9 (asked for updates[.]example[.]net) port 53, from 10.0.0.5\n',
    );
  });

  it('takes names for what they are, whatever they hold', () => {
    const name = "a' OR [x:y = 'z'] \\";
    expect(patternOf({ name, address: '203.0.113.9' })).toBe(
      "[domain-name:value = 'a\\' OR [x:y = \\'z\\'] \\\\' OR ipv4-addr:value = '203.0.113.9']",
    );
    expect(bundleOf({ ...FOUND, name }).objects[0].name).toContain(name);
  });
});

describe('the pattern of a domain', () => {
  const patternFor = (domain: string): string =>
    domainFinding({
      client: '10.0.0.5',
      domain,
      resolver: '10.0.0.53',
      firstMs: 0,
      lastMs: 0,
      queries: 1,
      signs: '',
      techniques: [],
      remark: { verdict: 'malicious', note: '', tags: [] },
    }).pattern;

  it('finds what is below the domain, and cannot be made to find everything', () => {
    expect(patternFor('a.example')).toBe("[domain-name:value = 'a.example' OR domain-name:value LIKE '%.a.example']");
    expect(patternFor('%.com')).toBe("[domain-name:value = '%.com']");
    expect(patternFor("_'.com")).toBe(String.raw`[domain-name:value = '_\'.com']`);
  });
});

describe('indicators as text', () => {
  it('are defanged', () => {
    expect([...indicatorText({ connections: [FOUND], domains: [] })].join('')).toBe(
      'updates[.]example[.]net (203[.]0[.]113[.]9) port 8443, from 10.0.0.5\n' +
        '  steady rhythm; TLS on port 8443\n  T1571 Non-Standard Port\n',
    );
    expect(defanged('2001:db8::9')).toBe('2001[:]db8[:][:]9');
  });

  it('say that there are names which are not told', () => {
    const textOf = (found: ConnectionIndicators) => [...indicatorText({ connections: [found], domains: [] })].join('');
    expect(textOf({ ...FOUND, otherNames: 1 })).toContain('\n  1 other name there: the connection has all of them\n');
    expect(textOf({ ...FOUND, otherNames: 9, isAsked: true, port: 53 })).not.toContain('other names');
  });
});

describe('techniques', () => {
  it.each([
    ['TLS', 6, ['oddport'], ['T1071.001', 'T1571', 'T1573']],
    ['Unknown', 6, ['notown'], ['T1095', 'T1571']],
    ['ICMP', 1, [], ['T1095']],
    ['DNS', 17, ['tunnel'], ['T1071.004']],
    ['DNS', 17, [], []],
  ])('of %s over protocol %i with %j', (application, protocol, lines, ids) => {
    expect(techniquesOf({ application, protocol, lines: new Set(lines) }).map(({ id }) => id)).toEqual(ids);
  });
});
