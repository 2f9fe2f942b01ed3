import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/analysis/report/report.ts';
import { textsOf } from '../../src/analysis/memory/text-pool.ts';
import { LINE_WORDS } from '../../src/analysis/triage/columns.ts';
import { linesOf, sumOf } from '../../src/analysis/triage/lines.ts';
import { rowFactsOf } from '../../src/analysis/report/row-facts.ts';
import type { FlowRow } from '../unit/analysis/connections/flow-columns.ts';
import { reportOf } from '../unit/export/report-of.ts';

const ABOUT_OTHERS = new Set(['rare', 'common', 'siblings', 'servers', 'late', 'ownfingerprint', 'sameport']);

const flowRows = fc.array(
  fc.record({
    source: fc.constantFrom(...Array.from({ length: 12 }, (_, host) => `10.0.0.${host}`), '203.0.113.1'),
    destination: fc.constantFrom('10.0.0.1', '198.51.100.8', '198.51.100.9', '224.0.0.251', '2001:db8::a'),
    port: fc.constantFrom(0, 53, 80, 443, 8043),
    protocol: fc.constantFrom(6, 17),
    firstMs: fc.integer({ min: 0, max: 10 }).map((tick) => tick * 30_000),
    bytesSent: fc.constantFrom(60, 600, 6000),
    bytesReceived: fc.constantFrom(0, 60, 600),
    packetsReceived: fc.constantFrom(0, 1, 2),
    payloadSent: fc.constantFrom(0, 21, 500),
    payloadReceived: fc.constantFrom(0, 21, 500),
    application: fc.constantFrom('Unknown' as const, 'TLS' as const, 'HTTP' as const, 'DNS' as const),
    applicationGuessed: fc.constantFrom(0, 1),
    name: fc.constantFrom('', 'a.example', '198.51.100.9', 'www.microsoft.com'),
    clientFingerprint: fc.constantFrom('', 'aa', 'bb'),
  }),
  { maxLength: 60 },
);

/** Points of every connection by line, without those that speak of other connections. */
function pointsByKey(report: Report): Map<string, string> {
  const { connections } = report;
  const addresses = textsOf(report.addresses);
  const facts = rowFactsOf(report);
  return new Map(
    Array.from({ length: connections.length }, (_, row) => {
      const key = [
        addresses[connections.source[row]],
        addresses[connections.destination[row]],
        connections.destinationPort[row],
      ].join(' ');
      return [key, JSON.stringify(facts.lines(row).filter(({ id }) => !ABOUT_OTHERS.has(id)))];
    }),
  );
}

describe('triage of flows', () => {
  it('gives points that its lines add up to, and facts within their bounds', () => {
    fc.assert(
      fc.property(flowRows, (rows) => {
        const report = reportOf(rows, 0);
        const { triage } = report.connections;
        const rowFacts = rowFactsOf(report);
        for (let row = 0; row < report.connections.length; row++) {
          const facts = rowFacts.of(row);
          const bits = triage.lines.slice(row * LINE_WORDS, (row + 1) * LINE_WORDS);
          expect(sumOf(facts)).toEqual({ total: triage.total[row], bits });
          expect(linesOf(bits, facts).reduce((sum, { points }) => sum + points, 0)).toBe(triage.total[row]);
          for (const share of [facts.namedShare, facts.literalShare, facts.failedShare, facts.dataShare, facts.late]) {
            expect(share >= 0 && share <= 1).toBe(true);
          }
          expect(facts.spreadSent >= 0 && facts.spreadReceived >= 0).toBe(true);
          expect(facts.hosts).toBeLessThanOrEqual(facts.allHosts);
        }
      }),
    );
  });

  it('adding flows to one connection changes no other, but for what is counted over all', () => {
    fc.assert(
      fc.property(
        flowRows,
        fc.array(fc.integer({ min: 0, max: 300_000 }), { minLength: 1, maxLength: 8 }),
        (rows, startsMs) => {
          fc.pre(rows.length > 0);
          const key = ({ source, destination, port }: FlowRow): string => [source, destination, port].join(' ');
          const more = startsMs.map((firstMs) => ({ ...rows[0], firstMs, bytesSent: 999, payloadSent: 7 }));
          const fewer = reportOf(rows, 0);
          const all = reportOf([...rows, ...more], 0);
          // Public addresses count as internal by what share of all flows they begin.
          fc.pre(fewer.triage.internalTaken?.text === all.triage.internalTaken?.text);
          const before = pointsByKey(fewer);
          const after = pointsByKey(all);
          before.delete(key(rows[0]));
          after.delete(key(rows[0]));
          expect(after).toEqual(before);
        },
      ),
    );
  });
});
