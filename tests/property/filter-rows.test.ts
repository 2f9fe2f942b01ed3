import fc from 'fast-check';
import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { rowsInOrder } from '../../src/analysis/report/rank.ts';
import { analyze } from '../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { jsonText } from '../../src/export/json.ts';
import { filterRows, readFilter } from '../../src/filter/filter.ts';
import { connectionList } from '../../src/filter/lists/connections.ts';
import { sampleCapture } from '../builders/sample.ts';

/** What a program that reads the JSON export sees of a connection. */
interface Exported {
  src_ip: string;
  dst_ip: string;
  dst_port: number;
  protocol: number;
  requested_server_name: string | null;
  resolved_name: string | null;
  ConnectionCount: number;
  src2dst_bytes: number;
  dst2src_bytes: number;
  bidirectional_first_seen_ms: number;
  bidirectional_last_seen_ms: number;
  Score: number | null;
  notebook_corrected: { Score: number | null };
  rita: { score: number | null };
  joined: { score: number | null; interval_s: number | null; jitter: number | null };
  triage: { total: number; badge: string; lines: { id: string; phrase: string }[]; set_aside: boolean };
}

const NUMBERS: Readonly<Record<string, (row: Exported) => number | null>> = {
  port: (row) => row.dst_port,
  proto: (row) => row.protocol,
  flows: (row) => row.ConnectionCount,
  bytes: (row) => row.src2dst_bytes + row.dst2src_bytes,
  sent: (row) => row.src2dst_bytes,
  received: (row) => row.dst2src_bytes,
  score: (row) => row.joined.score,
  rita: (row) => row.rita.score,
  notebook: (row) => row.Score,
  corrected: (row) => row.notebook_corrected.Score,
  points: (row) => row.triage.total,
  interval: (row) => row.joined.interval_s,
  jitter: (row) => row.joined.jitter,
  duration: (row) => (row.bidirectional_last_seen_ms - row.bidirectional_first_seen_ms) / 1000,
};
const TEXTS: Readonly<Record<string, (row: Exported) => string[]>> = {
  src: (row) => [row.src_ip],
  dst: (row) => [row.dst_ip, ...nameOf(row)],
  host: (row) => [row.src_ip, row.dst_ip, ...nameOf(row)],
  name: (row) => (nameOf(row).length === 0 ? [''] : nameOf(row)),
  badge: (row) => [row.triage.badge],
  reason: (row) => (row.triage.lines.length === 0 ? [''] : row.triage.lines.flatMap(({ id, phrase }) => [id, phrase])),
};
const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function nameOf(row: Exported): string[] {
  const name = row.requested_server_name ?? row.resolved_name;
  return name === null ? [] : [name];
}

type Asked = { text: string; isMet: (row: Exported) => boolean };

const analysis = await analyze([bufferSource(sampleCapture())], { ...DEFAULT_SETTINGS, minFlows: 1 });
const report = analysis.report({ ...DEFAULT_SETTINGS, minFlows: 1 });
const list = connectionList(report);
const order = rowsInOrder(report.connections, 'triage');
const { connections } = JSON.parse([...jsonText(report, 'triage')].join('')) as { connections: Exported[] };

const row = fc.constantFrom(...connections);
const number: fc.Arbitrary<Asked> = fc
  .record({ field: fc.constantFrom(...Object.keys(NUMBERS)), operator: fc.constantFrom(...Object.keys(COMPARE)), row })
  .filter(({ field, row: given }) => /^\d{1,15}(\.\d{1,15})?$/.test(String(NUMBERS[field](given))))
  .map(({ field, operator, row: given }) => {
    const value = NUMBERS[field](given)!;
    const isMet = (other: Exported): boolean => COMPARE[operator](NUMBERS[field](other) ?? Number.NaN, value);
    return { text: `${field} ${operator} ${value}`, isMet };
  });
const text: fc.Arbitrary<Asked> = fc
  .record({
    field: fc.constantFrom(...Object.keys(TEXTS)),
    operator: fc.constantFrom('==', '!=', 'contains', 'in', 'matches'),
    row,
    length: fc.integer({ min: 3, max: 12 }),
  })
  .map(({ field, operator, row: given, length }): Asked => {
    const [whole = ''] = TEXTS[field](given);
    const value = operator === 'contains' || operator === 'matches' ? whole.slice(0, length) : whole;
    const isEqual = (other: Exported): boolean => TEXTS[field](other).includes(value);
    switch (operator) {
      case '==':
        return { text: `${field} == "${value}"`, isMet: isEqual };
      case '!=':
        return { text: `${field} != "${value}"`, isMet: (other) => !isEqual(other) };
      case 'in':
        return { text: `${field} in {"${value}", 203.0.113.99}`, isMet: isEqual };
      case 'matches': {
        const isMet = (other: Exported): boolean => TEXTS[field](other).some((found) => found.startsWith(value));
        return { text: `${field} matches "^\\Q${value}\\E"`, isMet };
      }
      default: {
        const isMet = (other: Exported): boolean => TEXTS[field](other).some((found) => found.includes(value));
        return { text: `${field} contains "${value}"`, isMet };
      }
    }
  })
  // An empty text is no address.
  .filter(({ text: asked }) => !/^(src|dst|host) .*""/.test(asked));
const wordOf: fc.Arbitrary<Asked> = fc
  .record({ row, what: fc.constantFrom('address', 'network', 'domain') })
  .map(({ row: given, what }): Asked => {
    const [name] = nameOf(given);
    if (what === 'domain' && name !== undefined && /^[a-z\d-]+(\.[a-z\d-]+)*\.[a-z]{2,}$/.test(name)) {
      const domain = name.split('.').slice(-2).join('.');
      return {
        text: domain,
        isMet: (other) => nameOf(other).some((one) => one === domain || one.endsWith(`.${domain}`)),
      };
    }
    const address = given.src_ip;
    if (what === 'network' && address.includes('.')) {
      const three = address.split('.').slice(0, 3).join('.');
      const isIn = (one: string): boolean => one.startsWith(`${three}.`);
      return { text: `${three}.0/24`, isMet: (other) => isIn(other.src_ip) || isIn(other.dst_ip) };
    }
    return { text: address, isMet: (other) => other.src_ip === address || other.dst_ip === address };
  });
const single = fc.oneof(number, text, wordOf);
const asked = fc.oneof(
  single,
  single.map((one): Asked => ({ text: `not ${one.text}`, isMet: (given) => !one.isMet(given) })),
  fc.tuple(single, single, single).map(([a, b, c]): Asked => {
    const isMet = (given: Exported): boolean => a.isMet(given) || (b.isMet(given) && c.isMet(given));
    return { text: `${a.text} or ${b.text} and ${c.text}`, isMet };
  }),
  fc.tuple(single, single, single).map(([a, b, c]): Asked => {
    const isMet = (given: Exported): boolean => (a.isMet(given) || b.isMet(given)) && !c.isMet(given);
    return { text: `(${a.text} || ${b.text}) && !(${c.text})`, isMet };
  }),
);

describe('a filter over connections', () => {
  it('gives the rows that a plain program finds in the JSON export', () => {
    expect(connections.length).toBeGreaterThan(20);
    fc.assert(
      fc.property(asked, ({ text: filter, isMet }) => {
        const read = readFilter(filter);
        if ('error' in read) throw new Error(`${filter}: ${read.error.message}`);
        const expected = Array.from(order).filter((_, place) => isMet(connections[place]));
        expect([...filterRows(read.filter, list, order).rows]).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });
});
