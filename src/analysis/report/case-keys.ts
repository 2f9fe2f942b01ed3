import { pairNames } from '../dns/report.ts';
import type { Report } from './report.ts';

/** What something can be said of: connections, hosts, and domains as a client asked for them. */
export const SUBJECTS = ['connection', 'host', 'dns'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** The texts of a report's rows that name connections: a destination by its name, else by its address. */
export interface RowEnds {
  source: (row: number) => string;
  destinationLabel: (row: number) => string;
}

/** What names a connection in a case, whatever its row: its grouping, source, destination (by name, if it has one) and port. */
export function remarkKey({ connections, settings }: Report, texts: RowEnds, row: number): string {
  const end = settings.grouping === 'src,dst,port' ? `:${connections.destinationPort[row]}` : '';
  const protocol = end === '' ? '' : `/${connections.protocol[row]}`;
  return `${texts.source(row)} > ${texts.destinationLabel(row)}${end}${protocol}`;
}

/** What names a host in a case: its address. */
export function hostKey(address: string): string {
  return keyOf('host', address);
}

/** Gives what names the rows of the list of domains in a case: who asked, and for what or through which resolver. */
export function dnsKeys({ dns }: Pick<Report, 'dns'>): (row: number) => string {
  const namesOf = pairNames(dns);
  return (row) => {
    const { client, domain, resolver } = namesOf(row);
    return keyOf('dns', `${client} > ${domain || `through ${resolver}`}`);
  };
}

/** The key of something by its name: that of a connection is its name, which begins with an address. */
export function keyOf(subject: Subject, name: string): string {
  return subject === 'connection' ? name : `${subject} ${name}`;
}

/** What a key names, and how. */
export function subjectOf(key: string): { subject: Subject; name: string } {
  const subject = SUBJECTS.find((known) => key.startsWith(`${known} `));
  return subject === undefined
    ? { subject: 'connection', name: key }
    : { subject, name: key.slice(subject.length + 1) };
}
