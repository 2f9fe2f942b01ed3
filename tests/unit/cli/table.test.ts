import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/analysis/report/report.ts';
import { tableText } from '../../../src/cli/table.ts';
import { reportOf } from '../export/report-of.ts';

const lines = (report: Report): string[] => [...tableText(report, 'notebook')].join('').trimEnd().split('\n');

describe('tableText', () => {
  it('lists ranked connections in aligned columns', () => {
    const rows = [
      ...[0, 7_300, 9_100].map((firstMs) => ({ port: 80, firstMs, destination: '203.0.113.9' })),
      ...Array.from({ length: 12 }, (_, index) => ({
        firstMs: index * 60_000,
        bytesSent: 512,
        name: 'updates.example',
      })),
    ];
    expect(lines(reportOf(rows, 2))).toEqual([
      'notebook  in    interval  jitter  flows  source    destination                 port  sent',
      '   0.823  flow      60 s      0%     12  10.0.0.1  10.0.0.2 (updates.example)   443  6144',
      '   0.815  -            -       -      3  10.0.0.1  203.0.113.9                   80   180',
    ]);
  });

  it('ranks by the score asked for, under its name', () => {
    const rows = [
      ...[0, 7_300, 9_100, 20_000, 21_000].map((firstMs) => ({ port: 80, firstMs })),
      ...Array.from({ length: 12 }, (_, index) => ({ firstMs: index * 60_000 })),
    ];
    const [headings, first, second] = [...tableText(reportOf(rows, 2), 'rhythm')].join('').split('\n');
    expect(headings).toMatch(/^rhythm {2}in {4}interval/);
    expect(first).toMatch(/^ 0\.\d{3} +flow +60 s +0% +12 .* 443 /);
    expect(second).toMatch(/^ 0\.000 +- +- +- +5 .* 80 /);
  });

  it('says a name that is the address only once, and cuts the start of a long one', () => {
    const [, plain] = lines(reportOf([{ name: '10.0.0.2' }], 0));
    expect(plain).not.toContain('(');
    const [, long] = lines(reportOf([{ name: `${'a'.repeat(60)}.evil.example` }], 0));
    expect(long).toMatch(/10\.0\.0\.2 \(\.\.\.a+\.evil\.example\)/);
    const [, asked] = lines(reportOf([{ name: 'www.example', nameSource: 'dns', port: 53 }], 0));
    expect(asked).toContain('10.0.0.2 (asked for www.example)');
    // Rows by name have the questions for it and what went there.
    const [, both] = lines(reportOf([{ name: 'www.example', nameSource: 'dns' }], 0));
    expect(both).toContain('10.0.0.2 (www.example)');
    expect(long?.length).toBeLessThan(110);
  });

  it('fits an IPv6 connection into a wide terminal', () => {
    const address = '2001:0db8:1111:2222:3333:4444:5555:6666';
    const [, line] = lines(reportOf([{ source: address, destination: address, name: 'n'.repeat(79) }], 0));
    expect(line?.length).toBeLessThan(150);
  });

  it('keeps control characters from the terminal', () => {
    expect(lines(reportOf([{ name: 'a\u001b]0;b' }], 0)).join('\n')).toContain(String.raw`(a\u001b]0;b)`);
  });

  it('shows connections of one flow without score or delta', () => {
    expect(lines(reportOf([{}], 0))[1]).toMatch(/^ +- +- +- +- +1 +10\.0\.0\.1/);
  });

  it('says which public address was taken as internal, and how to say otherwise', () => {
    const rows = Array.from({ length: 12 }, (_, index) => ({
      source: '198.51.100.7',
      destination: `203.0.113.${index}`,
    }));
    const text = (report: Report): string => [...tableText(report, 'triage')].join('');
    expect(text(reportOf(rows, 0))).toContain(
      '198.51.100.7 is taken as internal: 12 of 12 flows are with it (--internal LIST says what is).\n',
    );
    expect(text(reportOf([{}], 0))).not.toContain('taken as internal');
  });

  it('says which limit hid everything', () => {
    expect(lines(reportOf([{}, {}, { port: 1 }], 10))).toEqual([
      'No connection has more than 10 flows: 8 packets, 3 of them in 3 flows of 2 connections; the largest has ' +
        '2 (--min-flows).',
    ]);
    expect(lines(reportOf([], 10))).toEqual(['No connections: 5 packets, 0 of them in 0 flows of 0 connections.']);
    const ofLogs = (report: Report): string[] => lines({ ...report, packets: 0, flowPackets: 0 });
    expect(ofLogs(reportOf([{}], 10))).toEqual([
      'No connection has more than 10 flows: 1 flow of 1 connection; the largest has 1 (--min-flows).',
    ]);
    expect(ofLogs(reportOf([], 10))).toEqual(['No connections.']);
  });
});
