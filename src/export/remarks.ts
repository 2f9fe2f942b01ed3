import type { Case, Remark } from '../analysis/report/case.ts';
import { dnsKeys, hostKey, remarkKey } from '../analysis/report/case-keys.ts';
import { HostRows } from '../analysis/hosts/host-rows.ts';
import { textsOf } from '../analysis/memory/text-pool.ts';
import type { Report } from '../analysis/report/report.ts';
import type { ExportedField } from './connection-fields.ts';

/** What was said of the row of a list; null for nothing. */
export type RemarkOf = (row: number) => Remark | null;

/** Gives what was said of a report's connections. */
export function remarksOf(report: Report, remarks: Case): RemarkOf {
  return saidBy(remarks, () => remarkKeys(report));
}

/** Gives what was said of its hosts. */
export function hostRemarks({ hosts }: Pick<Report, 'hosts'>, remarks: Case): RemarkOf {
  return saidBy(remarks, () => {
    const rows = new HostRows(hosts);
    return (row) => hostKey(rows.text('address', row));
  });
}

/** Gives what was said of the domains that its clients asked for. */
export function dnsRemarks(report: Pick<Report, 'dns'>, remarks: Case): RemarkOf {
  return saidBy(remarks, () => dnsKeys(report));
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

/** Gives what names a report's connections in a case. */
export function remarkKeys(report: Report): (row: number) => string {
  const { source, destination, name } = report.connections;
  const addresses = textsOf(report.addresses);
  const names = textsOf(report.names);
  const texts = {
    source: (row: number) => addresses[source[row]],
    destinationLabel: (row: number) => names[name[row]] || addresses[destination[row]],
  };
  return (row) => remarkKey(report, texts, row);
}

/** Verdict, note and tags of a list's rows as columns of a table; none where nothing was said at all. */
export function remarkFields(remarks: Case, remarkOf: RemarkOf): Pick<ExportedField, 'name' | 'unit' | 'of'>[] {
  if (remarks.size === 0) return [];
  const field = (name: string, of: (remark: Remark) => string | null) => ({
    name,
    unit: 'text' as const,
    of: (row: number) => {
      const remark = remarkOf(row);
      return remark === null ? null : of(remark) || null;
    },
  });
  return [
    field('verdict', ({ verdict }) => verdict),
    field('note', ({ note }) => note),
    field('tags', ({ tags }) => tags.join(', ')),
  ];
}

/** A remark in one line, '' for none: "malicious; c2, loader; asked the owner". */
export function remarkText(remark: Remark | null): string {
  if (remark === null) return '';
  return [remark.verdict ?? '', remark.tags.join(', '), oneLine(remark.note)].filter((part) => part !== '').join('; ');
}

/** A note without its line breaks. */
export function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}
