import { hostText } from '../flows/name-sources.ts';
import { HostRows } from '../hosts/host-rows.ts';
import { textsOf } from '../memory/text-pool.ts';
import type { Case, Remark } from './case.ts';
import { dnsKeys, hostKey, remarkKey } from './case-keys.ts';
import type { Report } from './report.ts';

/** What was said of the row of a list; null for nothing. */
export type RemarkOf = (row: number) => Remark | null;

/** Gives what was said of a report's connections. */
export function remarksOf(report: Report, remarks: Case): RemarkOf {
  return saidBy(remarks, () => remarkKeys(report));
}

/** Gives what was said of its hosts. */
export function hostRemarks({ hosts }: Pick<Report, 'hosts'>, remarks: Case): RemarkOf {
  return saidBy(remarks, () => hostKeys(new HostRows(hosts)));
}

/** Gives what was said of the domains that its clients asked for. */
export function dnsRemarks(report: Pick<Report, 'dns'>, remarks: Case): RemarkOf {
  return saidBy(remarks, () => dnsKeys(report));
}

/** Gives what was said of the connections that its long sessions are of; null for one that is not listed. */
export function longRemarks(report: Report, remarks: Case): RemarkOf {
  return saidBy(remarks, () => longKeys(report));
}

/** Looks rows up by their keys; asked for the same row again it builds none. */
function saidBy(remarks: Case, keys: () => (row: number) => string): RemarkOf {
  if (remarks.size === 0) return () => null;
  const keyOf = keys();
  const last: { row: number; remark: Remark | null } = { row: -1, remark: null };
  return (row) => {
    if (row !== last.row) Object.assign(last, { row, remark: remarks.get(keyOf(row)) ?? null });
    return last.remark;
  };
}

/** Gives what names a report's hosts in a case. */
export function hostKeys(hosts: HostRows): (row: number) => string {
  return (row) => hostKey(hosts.text('address', row));
}

/** Gives what names the connections of its long sessions in a case; '' for one that is not listed. */
export function longKeys(report: Report): (row: number) => string {
  const { connections, long } = report;
  const rowOf = new Map(Array.from(connections.group, (group, row) => [group, row]));
  const keyOf = remarkKeys(report);
  return (row) => {
    const listed = rowOf.get(long.group[row]);
    return listed === undefined ? '' : keyOf(listed);
  };
}

/** Gives what names a report's connections in a case. */
export function remarkKeys(report: Report): (row: number) => string {
  const { source, destination, name } = report.connections;
  const addresses = textsOf(report.addresses);
  const names = textsOf(report.names);
  const texts = {
    source: (row: number) => addresses[source[row]],
    destinationLabel: (row: number) => rowHost(report, row, names[name[row]], addresses[destination[row]]),
  };
  return (row) => remarkKey(report, texts, row);
}

/**
 * What a row's destination is called: its name, or its address, also where it was only asked for that name. Rows by name
 * go by their names.
 */
export function rowHost({ settings, connections }: Report, row: number, name: string, address: string): string {
  if (settings.grouping === 'src,name') return name || address;
  return hostText(name, connections.nameSource[row], connections.destinationPort[row], address);
}
