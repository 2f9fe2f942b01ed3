import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { PastedConnection } from '../../../src/export/paste/connection.ts';
import { sigmaRuleOf } from '../../../src/export/paste/sigma.ts';

const CONNECTION: PastedConnection = {
  source: '10.0.0.1',
  name: 'updates.example.net',
  nameSource: 'tls',
  otherNames: 0,
  destinations: ['203.0.113.9', '2001:db8::9'],
  protocols: [{ protocol: 6, ports: [443, 8443] }],
  inVlans: false,
  fingerprints: { ja3: [], ja4: [] },
};

/** The parts of a rule that Sigma's schema (specification 2.0.0) has, as far as a rule here may have them. */
const PROPERTIES = new Set(['title', 'status', 'logsource', 'detection', 'level']);
const STATUSES = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'];
const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'];

interface Rule {
  title: string;
  status: string;
  level: string;
  logsource: { category: string };
  detection: { condition: string; selection: Record<string, unknown> };
}

/** A rule as a YAML reader has it, held against the schema. */
function ruleOf(change: Partial<PastedConnection>): Rule {
  const rule = parse(sigmaRuleOf({ ...CONNECTION, ...change }) ?? '') as Rule;
  expect(Object.keys(rule).filter((property) => !PROPERTIES.has(property))).toEqual([]);
  expect(typeof rule.title === 'string' && rule.title.length <= 256).toBe(true);
  expect(STATUSES).toContain(rule.status);
  expect(LEVELS).toContain(rule.level);
  expect(typeof rule.logsource.category).toBe('string');
  const { condition, ...searches } = rule.detection;
  expect(Object.keys(searches)).toEqual([condition]);
  for (const value of Object.values(rule.detection.selection).flat())
    expect(typeof value === 'string' || Number.isInteger(value)).toBe(true);
  return rule;
}

/** What a value of Sigma stands for: a backslash takes the meaning of the character behind it, others stand for any text. */
const literal = (value: string): string =>
  value.replaceAll(/\\([*?\\])|[*?]/g, (_, escaped: string | undefined) => escaped ?? '(any text)');

describe('Sigma rules', () => {
  it('are YAML that keeps to the schema, by the ends where no name is shared', () => {
    const { selection } = ruleOf({ name: '' }).detection;
    expect(selection).toEqual({ src_ip: '10.0.0.1', dst_ip: ['203.0.113.9', '2001:db8::9'], dst_port: [443, 8443] });
    expect(ruleOf({ name: '', destinations: ['203.0.113.9'] }).detection.selection['dst_ip']).toBe('203.0.113.9');
    expect(ruleOf({ nameSource: 'dns' }).logsource.category).toBe('dns');
  });

  it('find the very name, whatever it holds', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]{1,40}$|^[a*?\\']{1,9}$/), (name) => {
        const { selection } = ruleOf({ name }).detection;
        expect(literal(String(selection['cs-host']))).toBe(name);
      }),
    );
  });
});
