import type { HostSightings, SightingSource } from '../inspect/hosts/host-sightings.ts';

/** Ends a Kerberos principal that is a machine and no person. */
const MACHINE = '$';

/** What a log of logons says of the host at one end. */
export interface Logon {
  address: string;
  /** "jane", or "DESKTOP-7$" for the machine itself; with the realm behind a slash or an @, if it is there. */
  account: string;
  domain: string;
  /** What the host calls itself, '' where the protocol does not say it. */
  host: string;
  /** Whether who asked was let in: of who was not, the account is only what was tried. */
  isGranted: boolean;
}

/** Keeps who is behind an address by a logon that was seen there. */
export function keepLogon(hosts: HostSightings, logon: Logon, source: SightingSource, ms: number): void {
  const { address, domain, host, isGranted } = logon;
  hosts.add(address, 'name', host, source, ms);
  if (!isGranted) return;
  const [account, realm = domain] = logon.account.split(/[/@]/, 2);
  hosts.add(address, 'domain', realm, source, ms);
  if (account.endsWith(MACHINE)) hosts.add(address, 'name', account.slice(0, -1), source, ms);
  else hosts.add(address, 'user', account, source, ms);
}

/** What a log of DHCP says of the host that was given an address. */
export interface Lease {
  address: string;
  mac: string;
  host: string;
  domain: string;
  /** What the client's software calls itself. */
  system: string;
}

/** Keeps who was given an address. */
export function keepLease(hosts: HostSightings, { address, mac, host, domain, system }: Lease, ms: number): void {
  hosts.add(address, 'mac', mac.toLowerCase(), 'dhcp', ms);
  hosts.add(address, 'name', host, 'dhcp', ms);
  hosts.add(address, 'domain', domain, 'dhcp', ms);
  hosts.add(address, 'system', system, 'dhcp', ms);
}
