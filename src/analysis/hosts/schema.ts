import { type ColumnsOf, field, type FieldText, measured, type StoredColumn } from '../memory/schema.ts';

/** `HostColumns.firstGroup` of a host without a connection to look at. */
export const NO_GROUP = 0xffff_ffff;

/**
 * All that is said of a host besides its identities and its story, in the order of the exports. A new column is an entry here
 * and its value in `table.ts`. Columns of texts hold the texts' numbers.
 */
export const HOST_SCHEMA = {
  address: field('u32', 'address', 'text', 'Host', 'Its address, of IPv4 where it has one'),
  points: measured(
    'points',
    'count',
    'Points',
    'Points of its best connection, and one for each further finding that goes elsewhere and says something new',
  ),
  findings: field('u32', 'findings', 'count', 'Findings', 'Its connections to be read first or next; twins count once'),
  names: field('u32', 'names', 'text', 'Names', 'What it is called by Kerberos, NTLM, DHCP, NetBIOS, LLMNR or mDNS'),
  users: field(
    'u32',
    'users',
    'text',
    'Users',
    'Who logged on: by Kerberos or NTLM, or in the clear (HTTP, FTP, mail)',
  ),
  domain: field('u32', 'domain', 'text', 'Domain', 'What it or its users belong to, by Kerberos, NTLM or DHCP'),
  system: field('u32', 'system', 'text', 'System', 'What it runs, by NTLM, by DHCP, or by its user agents'),
  mac: field('u32', 'mac', 'text', 'MAC address', "Its adapter, where the capture shows that it is not a router's"),
  vendor: field(
    'u32',
    'vendor',
    'text',
    'Made by',
    "Who made the adapter, by IEEE's list; makers with one block are left out",
  ),
  otherAddresses: field('u32', 'other_addresses', 'text', 'Other addresses', 'Further addresses of the same adapter'),
  firstSeenMs: field('f64', 'first_seen_ms', 'time', 'First seen', 'Start of the first flow from it or to it'),
  lastSeenMs: field('f64', 'last_seen_ms', 'time', 'Last seen', 'End of the last flow from it or to it'),
  flows: field('u32', 'flows', 'count', 'Flows', 'Flows from it and to it'),
  bytesSent: field('f64', 'bytes_sent', 'bytes', 'Sent', 'Bytes on the wire from it'),
  bytesReceived: field('f64', 'bytes_received', 'bytes', 'Received', 'Bytes on the wire to it'),
  why: field('u32', 'why', 'text', 'Why', 'Its best connection, and what is remarkable about it'),
  firstGroup: { ...field('u32', '', 'code', 'Best', 'Group of its best connection'), empty: NO_GROUP },
  identityEnd: field('u32', '', 'code', 'Identities', 'Where its identities end, and those of the next host begin'),
  storyEnd: field('u32', '', 'code', 'Story', 'Where its story ends, and that of the next host begins'),
} as const satisfies Record<string, StoredColumn & FieldText>;

export type HostColumns = ColumnsOf<typeof HOST_SCHEMA>;

/** Columns that exports write. */
export const HOST_FIELDS = (Object.keys(HOST_SCHEMA) as (keyof HostColumns)[]).filter(
  (column) => HOST_SCHEMA[column].name !== '',
);

/** The value of a column for a host; null where there is none. */
export function hostValue(
  table: HostColumns,
  texts: readonly string[],
  column: keyof HostColumns,
  row: number,
): string | number | null {
  const number = table[column][row];
  if (HOST_SCHEMA[column].unit === 'text') return texts[number];
  return Number.isNaN(number) ? null : number;
}
