import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/analysis/report/report.ts';
import { listLines, type WrittenLists } from '../../../src/cli/list-lines.ts';
import { jsonText } from '../../../src/export/json.ts';
import { leftOutOf } from '../../../src/export/left-out.ts';
import { reportHtml } from '../../../src/export/report.ts';
import { reportOf } from './report-of.ts';

const NONE = new Uint32Array(0);
const whole = reportOf([], 4);
const full: Report = {
  ...whole,
  pointsOnly: 5000,
  pointsLeftOut: 11,
  lostMessages: 12,
  hosts: { ...whole.hosts, leftOut: 13 },
  long: { ...whole.long, total: 14 },
  dns: { ...whole.dns, total: 15 },
  triage: {
    ...whole.triage,
    baseline: { fromMs: 0, toMs: 1, hosts: 2, things: 3, newRows: 0, leftOut: 16 },
  },
};

const htmlOf = (report: Report): string =>
  [...reportHtml({ report, rows: NONE, chosen: [], digests: new Map(), version: '1', madeMs: 0 })].join('');
const linesOf = (report: Report, written: WrittenLists = { long: 'long.csv', dns: 'dns.csv' }): string =>
  listLines(report, { long: NONE, dns: NONE }, written).join('');
const jsonOf = (report: Report): unknown =>
  (JSON.parse([...jsonText(report, 'triage')].join('')) as { left_out?: unknown }).left_out;

describe('rows that lists have no room for', () => {
  it('are said in the report, in the terminal and in JSON', () => {
    const counts = Object.fromEntries(leftOutOf(full).map(({ list, count }) => [list, count]));
    expect(counts).toEqual({ connections: 11, messages: 12, hosts: 13, long: 14, dns: 15, baseline: 16 });
    for (const text of [htmlOf(full), linesOf(full)]) {
      for (const number of Object.values(counts)) expect(text).toMatch(new RegExp(`\\b${number}\\b`));
    }
    expect(jsonOf(full)).toEqual(counts);
  });

  it('are said where rows of many reports did not fit into one, as well', () => {
    const merged = { ...whole, rowsLeftOut: 17 };
    for (const text of [htmlOf(merged), linesOf(merged)])
      expect(text).toContain('17 more connections that come later by triage did not fit');
    expect(jsonOf(merged)).toEqual({ connections: 17 });
  });

  it('are nothing to say of in the terminal where the list is not written', () => {
    const lines = linesOf(full, { long: null, dns: 'dns.csv' });
    expect(lines).not.toContain('sessions of a minute');
    expect(lines).toContain('pairs of client and domain');
    expect(linesOf(full, { long: null, dns: null })).not.toContain('pairs of client');
  });

  it('are no words where there are none', () => {
    expect(htmlOf(whole)).not.toContain('Left out');
    expect(linesOf(whole)).toBe('');
    expect(jsonOf(whole)).toBeUndefined();
  });
});
