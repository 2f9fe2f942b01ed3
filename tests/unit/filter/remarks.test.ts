import { bufferSource } from 'pcap-ts-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analysis/pipeline.ts';
import { type Case, NO_CASE, type Remark } from '../../../src/analysis/report/case.ts';
import { dnsKeys, hostKey } from '../../../src/analysis/report/case-keys.ts';
import type { Report } from '../../../src/analysis/report/report.ts';
import {
  dnsRemarks,
  hostRemarks,
  longRemarks,
  remarkKeys,
  remarksOf,
} from '../../../src/analysis/report/row-remarks.ts';
import type { RemarkOf } from '../../../src/analysis/report/row-remarks.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { completions } from '../../../src/filter/completions.ts';
import { allRows, filterRows, readFilter } from '../../../src/filter/filter.ts';
import type { FilteredList } from '../../../src/filter/list.ts';
import { connectionList } from '../../../src/filter/lists/connections.ts';
import { dnsList } from '../../../src/filter/lists/dns.ts';
import { hostList } from '../../../src/filter/lists/hosts.ts';
import { longSessionList } from '../../../src/filter/lists/long.ts';
import { captureOfLists, LISTS_CLIENT } from '../../builders/sessions/lists.ts';

const BAD: Remark = { verdict: 'malicious', note: '', tags: ['c2', 'loader'] };
const ODD: Remark = { verdict: null, note: 'asked the owner', tags: [] };

interface Said {
  list: FilteredList;
  remarkOf: RemarkOf;
}

let lists: Record<string, Said>;

beforeAll(async () => {
  const report: Report = (await analyze([bufferSource(captureOfLists(), 'lists.pcap')], DEFAULT_SETTINGS)).report({
    ...DEFAULT_SETTINGS,
    minFlows: 0,
  });
  const [keyOf, domainOf] = [remarkKeys(report), dnsKeys(report)];
  const longRow = report.connections.group.indexOf(report.long.group[0]);
  const said: Case = new Map([
    [keyOf(longRow), BAD],
    [keyOf(longRow === 0 ? 1 : 0), ODD],
    [hostKey(LISTS_CLIENT), BAD],
    [domainOf(0), BAD],
  ]);
  lists = {
    connections: { list: connectionList(report, said), remarkOf: remarksOf(report, said) },
    hosts: { list: hostList(report, said), remarkOf: hostRemarks(report, said) },
    long: { list: longSessionList(report, said), remarkOf: longRemarks(report, said) },
    dns: { list: dnsList(report, said), remarkOf: dnsRemarks(report, said) },
    none: { list: connectionList(report), remarkOf: remarksOf(report, NO_CASE) },
  };
});

type Meets = (remark: Remark | null) => boolean;
const FILTERS: readonly (readonly [string, Meets])[] = [
  ['verdict == malicious', (remark) => remark?.verdict === 'malicious'],
  ['verdict == "Malicious"', (remark) => remark?.verdict === 'malicious'],
  ['verdict != malicious', (remark) => remark?.verdict !== 'malicious'],
  ['verdict in {malicious, suspicious}', (remark) => remark?.verdict === 'malicious'],
  ['verdict', (remark) => typeof remark?.verdict === 'string'],
  ['not verdict', (remark) => typeof remark?.verdict !== 'string'],
  ['tag == c2', (remark) => remark?.tags.includes('c2') === true],
  ['tag:loader', (remark) => remark?.tags.includes('loader') === true],
  ['tag contains oad', (remark) => remark?.tags.includes('loader') === true],
  ['tags', (remark) => (remark?.tags.length ?? 0) > 0],
  ['note contains OWNER', (remark) => remark?.note.includes('owner') === true],
  ['note or tag', (remark) => remark !== null],
  ['"asked the owner"', (remark) => remark?.note.includes('asked') === true],
];

describe.each(['connections', 'hosts', 'long', 'dns', 'none'])('what was said of the list of %s', (name) => {
  it.each(FILTERS)('%s', (text, meets) => {
    const { list, remarkOf } = lists[name];
    const read = readFilter(text);
    if ('error' in read) throw new Error(read.error.message);
    const expected = [...allRows(list)].filter((row) => meets(remarkOf(row)));
    const { rows, lacks } = filterRows(read.filter, list, allRows(list));
    expect({ rows: [...rows], lacks }).toEqual({ rows: expected, lacks: [] });
    if (name !== 'none') expect([...allRows(list)].some((row) => remarkOf(row) !== null)).toBe(true);
  });

  it('is offered while a filter is typed', () => {
    const { list } = lists[name];
    const offered = (text: string): string[] => completions(text, text.length, list).candidates.map((one) => one.text);
    expect(offered('ver')).toContain('verdict');
    expect(offered('verdict == ')).toContain('malicious');
  });
});

it('a list without a field is told by the name that was written', () => {
  const read = readFilter('severity:high');
  if ('error' in read) throw new Error(read.error.message);
  const { list } = lists['hosts'];
  expect(filterRows(read.filter, list, allRows(list)).lacks).toEqual(['severity']);
});
