import type { HostSightings } from '../inspect/hosts/host-sightings.ts';
import { RecentMap } from '../memory/recent-map.ts';
import { keepLease, keepLogon } from './host-events.ts';
import { copyOf } from '../memory/distinct-texts.ts';
import { NAME_LIMIT } from '../protocols/text.ts';
import { type JsonObject, objectOf, shortIn, textIn } from './json-line.ts';

/** Requests for an address that wait for its answer, which alone says the address: the last half of them at least. */
const MOST_WAITING = 1 << 13;
const KERBEROS_PORT = 88;
const GRANTED = /^STATUS_(?:SUCCESS|MORE_PROCESSING_REQUIRED)$/;

/** Both ends of an event, as far as they are told apart here. */
export interface EventEnds {
  source: string;
  destination: string;
  sourcePort: number;
}

/** What a client of DHCP said of itself before it had an address. */
interface Asked {
  host: string;
  system: string;
}

/** What events of dhcp, krb5 and smb say of the hosts in them. */
export class SuricataHosts {
  private readonly hosts: HostSightings;
  /** By MAC address. */
  private readonly asked = new RecentMap<string, Asked>(MOST_WAITING);

  constructor(hosts: HostSightings) {
    this.hosts = hosts;
  }

  /** Takes an event; false for one that says nothing of hosts. */
  take(event: JsonObject, ends: EventEnds, ms: number): boolean {
    const type = textIn(event['event_type']) ?? '';
    const content = objectOf(event[type]);
    if (content === null) return false;
    if (type === 'dhcp') this.lease(content, ms);
    else if (type === 'krb5') this.ticket(content, ends, ms);
    else if (type === 'smb') this.session(content, ends, ms);
    else return false;
    return true;
  }

  private lease(dhcp: JsonObject, ms: number): void {
    const mac = shortIn(dhcp['client_mac']);
    const known = this.asked.get(mac);
    const host = textIn(dhcp['hostname']) ?? known?.host ?? '';
    const system = textIn(dhcp['vendor_class_identifier']) ?? known?.system ?? '';
    if (dhcp['type'] === 'request') {
      this.asked.set(mac, { host: begun(host), system: begun(system) });
      return;
    }
    // Only an acknowledgment gives the address; an offer may not be taken.
    if (dhcp['dhcp_type'] !== 'ack') return;
    const assigned = textIn(dhcp['assigned_ip']) ?? '';
    const address = assigned === '' || assigned === '0.0.0.0' ? (textIn(dhcp['client_ip']) ?? '') : assigned;
    keepLease(this.hosts, { address, mac, host, domain: '', system }, ms);
  }

  private ticket(ticket: JsonObject, ends: EventEnds, ms: number): void {
    const account = textIn(ticket['cname']) ?? '';
    if (account === '<empty>') return;
    const logon = {
      // The event goes the way of the message that it is of.
      address: ends.sourcePort === KERBEROS_PORT ? ends.destination : ends.source,
      account,
      domain: textIn(ticket['realm']) ?? '',
      host: '',
      isGranted: ticket['error_code'] === undefined && ticket['msg_type'] !== 'KRB_ERROR',
    };
    keepLogon(this.hosts, logon, 'kerberos', ms);
  }

  private session(smb: JsonObject, { source }: EventEnds, ms: number): void {
    const ntlm = objectOf(smb['ntlmssp']);
    if (ntlm === null) return;
    const logon = {
      address: source,
      account: textIn(ntlm['user']) ?? '',
      domain: textIn(ntlm['domain']) ?? '',
      host: textIn(ntlm['host']) ?? '',
      isGranted: GRANTED.test(textIn(smb['status']) ?? 'STATUS_SUCCESS'),
    };
    keepLogon(this.hosts, logon, 'ntlm', ms);
  }
}

/** What is kept of a text while it waits: no more than of what is said of a host. */
function begun(text: string): string {
  return copyOf(text.slice(0, NAME_LIMIT));
}
