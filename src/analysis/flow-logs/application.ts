import { APPLICATIONS, UNKNOWN } from '../protocols/application-ids.ts';

/** What a row has that does not say its application: the ports suggest one. */
export const UNSAID_APPLICATION = -1;

/** Names that Zeek and Suricata have for what goes by another name here. */
const OTHER_NAMES: readonly (readonly [string, string])[] = [
  ['ssl', 'TLS'],
  ['http2', 'HTTP'],
  ['smb', 'SMBv23'],
  ['smb2', 'SMBv23'],
  ['smb1', 'SMBv1'],
  ['dce_rpc', 'RPC'],
  ['dcerpc', 'RPC'],
  ['krb', 'Kerberos'],
  ['krb_tcp', 'Kerberos'],
  ['krb_udp', 'Kerberos'],
  ['krb5', 'Kerberos'],
  ['ldap_tcp', 'LDAP'],
  ['ldap_udp', 'CLDAP'],
  ['ftp', 'FTP_CONTROL'],
  ['ftp-data', 'FTP_DATA'],
  ['xmpp', 'Jabber'],
  ['rfb', 'VNC'],
  ['ike', 'IPSec'],
  ['ikev2', 'IPSec'],
  ['bittorrent-dht', 'BitTorrent'],
  ['pgsql', 'PostgreSQL'],
  ['pop', 'POP3'],
  ['enip', 'EthernetIP'],
];

const IDS: ReadonlyMap<string, number> = new Map([
  ...APPLICATIONS.map((name, id) => [name.toLowerCase(), id] as const),
  ...OTHER_NAMES.map(
    ([name, application]) => [name, (APPLICATIONS as readonly string[]).indexOf(application)] as const,
  ),
]);

/**
 * The application (index into `APPLICATIONS`) that a table's cell names: NFStream's protocol with or without a service
 * behind a dot. A name that is not known here is Unknown.
 */
export function applicationOf(cell: string): number {
  return IDS.get(cell.split('.')[0].toLowerCase()) ?? UNKNOWN;
}

/**
 * The same of a log's list of services ("gssapi,smb"): the first that is known here; `UNSAID_APPLICATION` where none
 * is, since a log leaves out what it did not look for.
 */
export function applicationAmong(services: string): number {
  if (services === '') return UNSAID_APPLICATION;
  for (const service of services.split(',')) {
    const id = IDS.get(service.toLowerCase()) ?? UNKNOWN;
    if (id !== UNKNOWN) return id;
  }
  return UNSAID_APPLICATION;
}
