import { describe, expect, it } from 'vitest';
import { indicatorText as listEntry } from '../../../src/analysis/lists/indicator.ts';
import { readList } from '../../../src/analysis/lists/read-list.ts';
import { techniquesOf } from '../../../src/export/attack.ts';
import { type ConnectionIndicators, defanged, indicatorText } from '../../../src/export/indicators.ts';
import { patternOf, stixBundle } from '../../../src/export/stix.ts';

const FOUND: ConnectionIndicators = {
  row: 0,
  source: '10.0.0.5',
  address: '203.0.113.9',
  name: 'updates.example.net',
  port: 8443,
  protocol: 6,
  firstMs: 1_700_000_000_000,
  lastMs: 1_700_003_600_000,
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
  JSON.parse([...stixBundle(found, 1_700_010_000_000)].join('')) as Bundle;

describe('a STIX bundle', () => {
  it('has an indicator, its technique and what ties them', () => {
    const { type, objects } = bundleOf(FOUND);
    expect([type, ...objects.map((object) => object.type)]).toEqual([
      'bundle',
      'indicator',
      'attack-pattern',
      'relationship',
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

  it('says the same destination once, with the same ids every time', () => {
    const { objects } = bundleOf(FOUND, { ...FOUND, source: '10.0.0.6' });
    expect(objects).toEqual(bundleOf(FOUND).objects);
  });

  it('is read back as a watch list of what was found', () => {
    const named = { ...FOUND, address: '2001:db8::9', name: '' };
    const { entries, problems } = readList([...stixBundle([FOUND, named], 0)].join(''));
    expect(problems).toEqual([]);
    expect(entries.map(({ indicator }) => listEntry(indicator))).toEqual([
      '*.updates.example.net',
      '203.0.113.9',
      '2001:db8::9',
    ]);
  });

  it('takes names for what they are, whatever they hold', () => {
    const name = "a' OR [x:y = 'z'] \\";
    expect(patternOf({ name, address: '203.0.113.9' })).toBe(
      "[domain-name:value = 'a\\' OR [x:y = \\'z\\'] \\\\' OR ipv4-addr:value = '203.0.113.9']",
    );
    expect(bundleOf({ ...FOUND, name }).objects[0].name).toContain(name);
  });
});

describe('indicators as text', () => {
  it('are defanged', () => {
    expect([...indicatorText([FOUND])].join('')).toBe(
      'updates[.]example[.]net (203[.]0[.]113[.]9) port 8443, from 10.0.0.5\n' +
        '  steady rhythm; TLS on port 8443\n  T1571 Non-Standard Port\n',
    );
    expect(defanged('2001:db8::9')).toBe('2001[:]db8[:][:]9');
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
