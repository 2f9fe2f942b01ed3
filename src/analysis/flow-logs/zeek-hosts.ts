import type { HostSightings } from '../inspect/hosts/host-sightings.ts';
import { keepLease, keepLogon } from './host-events.ts';
import type { ZeekValues } from './zeek-siblings.ts';

/** A log of Zeek's whose rows say who is behind an address. */
export interface HostLog {
  /** What the log calls itself; and fields that no other of them has. */
  paths: readonly string[];
  own: readonly string[];
  tell: (hosts: HostSightings, value: ZeekValues, ms: number) => void;
}

/** The logs that tell of hosts, with Zeek's own fields and those of its script for the software of DHCP clients. */
export const HOST_LOGS: readonly HostLog[] = [
  { paths: ['dhcp'], own: ['assigned_addr', 'msg_types'], tell: tellLease },
  { paths: ['kerberos'], own: ['request_type', 'till'], tell: tellTicket },
  { paths: ['ntlm'], own: ['server_nb_computer_name', 'domainname'], tell: tellNtlm },
];

/** The domain that a lease tells of is the network's, which is also that of a host whose full name has none. */
function tellLease(hosts: HostSightings, value: ZeekValues, ms: number): void {
  keepLease(
    hosts,
    {
      address: value('assigned_addr') ?? value('client_addr') ?? '',
      mac: value('mac') ?? '',
      host: value('client_fqdn') ?? value('host_name') ?? '',
      domain: value('domain') ?? '',
      system: value('client_software') ?? '',
    },
    ms,
  );
}

function tellTicket(hosts: HostSightings, value: ZeekValues, ms: number): void {
  const address = value('id.orig_h') ?? '';
  const isGranted = value('success') !== 'F';
  keepLogon(hosts, { address, account: value('client') ?? '', domain: '', host: '', isGranted }, 'kerberos', ms);
}

function tellNtlm(hosts: HostSightings, value: ZeekValues, ms: number): void {
  const logon = {
    address: value('id.orig_h') ?? '',
    account: value('username') ?? '',
    domain: value('domainname') ?? '',
    host: value('hostname') ?? '',
    isGranted: value('success') !== 'F',
  };
  keepLogon(hosts, logon, 'ntlm', ms);
  const server = value('server_dns_computer_name') ?? value('server_nb_computer_name') ?? '';
  hosts.add(value('id.resp_h') ?? '', 'name', server, 'ntlm', ms);
}
