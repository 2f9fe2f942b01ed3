import { macBytes, macOf } from '../address.ts';
import { arpRequest } from '../arp.ts';
import type { Message } from '../conversation.ts';
import { ethernetFraming, udpExchange } from '../conversation.ts';
import { ETHERTYPE_ARP, ethernet } from '../ethernet.ts';
import { concat, filler, latin1, u16, u32 } from '../payloads/bytes.ts';
import { dhcpRequest } from '../payloads/dhcp.ts';
import { dnsQuery } from '../payloads/dns.ts';
import { packetAt } from '../pcap.ts';
import type { Random } from '../random.ts';
import { seededRandom } from '../random.ts';
import {
  DOMAIN_CONTROLLER,
  FILE_SERVER,
  GATEWAY,
  PRINTER,
  SAMPLE_SECONDS,
  SAMPLE_START,
  WORKSTATIONS,
} from './hosts.ts';
import { kerberosReply, kerberosRequest } from './kerberos.ts';
import type { Office } from './office.ts';
import { tlsMessages } from './office.ts';

const END = SAMPLE_START + SAMPLE_SECONDS;
const DNS_TYPE_PTR = 12;

/** Logging in, opening shares, printing: bursts of connections inside the office, minutes to an hour apart. */
export function workOnShares(office: Office): void {
  WORKSTATIONS.forEach(({ address, name, arrives }, index) => {
    const random = seededRandom(400 + index);
    for (let now = SAMPLE_START + arrives; now < END; now += 120 + random.exponential(2400)) {
      let at = logIn(office, address, name, now);
      for (let shares = random.integer(1, 2); shares > 0; shares -= 1) {
        office.tcp(address, FILE_SERVER, 445, at, smbMessages(random));
        at += random.exponential(3);
      }
      if (random.chance(0.15)) office.tcp(address, PRINTER, 9100, at + 10, printMessages(random));
    }
  });
}

/** A ticket for the user, then the directory over TLS. */
function logIn(office: Office, address: string, name: string, time: number): number {
  const user = name.toLowerCase();
  office.tcp(address, DOMAIN_CONTROLLER, 88, time, [
    { from: 'client', bytes: kerberosRequest(user) },
    { from: 'server', bytes: kerberosReply(user), delay: 0.002 },
  ]);
  office.tcp(
    address,
    DOMAIN_CONTROLLER,
    636,
    time + 0.03,
    tlsMessages('dc.office.test', [{ sent: 220, received: 700 }]),
  );
  return time + 0.2;
}

/** Encrypted SMB 3: each message behind its four bytes of length and its transform header ([MS-SMB2] 2.2.41). */
function smbMessages(random: Random): Message[] {
  const transform = (length: number): Uint8Array =>
    concat(
      [0, 0],
      u16(52 + length),
      [0xfd],
      latin1('SMB'),
      filler(32),
      [length & 0xff, length >> 8, 0, 0],
      u16(0),
      [1, 0],
      filler(8),
      filler(length),
    );
  return Array.from({ length: random.integer(1, 3) }, (): Message[] => [
    { from: 'client', bytes: transform(random.integer(110, 260)) },
    { from: 'server', bytes: transform(random.integer(130, 800)), delay: 0.001 },
  ]).flat();
}

/** A page in the printer's job language: a header and filler for the raster. */
function printMessages(random: Random): Message[] {
  const job = concat(latin1('\x1b%-12345X@PJL JOB\r\n@PJL ENTER LANGUAGE=PCL\r\n'), filler(random.integer(1500, 6000)));
  return [{ from: 'client', bytes: job }];
}

/** Leases of two hours are renewed after one (T1, RFC 2131, section 4.4.5), hosts at their own times. */
export function renewLeases(office: Office): void {
  const hosts = [...WORKSTATIONS, { address: PRINTER, name: 'PRINTER' }];
  hosts.forEach(({ address, name }, index) => {
    const random = seededRandom(500 + index);
    const mac = Array.from(macBytes(macOf(address)));
    for (let now = SAMPLE_START + random.uniform(30, 3500); now < END; now += 3600 + random.uniform(0, 20)) {
      const request = dhcpRequest(mac, name);
      office.udp(office.endpoint(address, 68), GATEWAY, 67, now, [
        { from: 'client', bytes: request },
        { from: 'server', bytes: acknowledgment(request, address) },
      ]);
    }
  });
}

/** The server's DHCPACK: the request turned round, with the address and the lease. */
function acknowledgment(request: Uint8Array, address: string): Uint8Array {
  const head = request.slice(0, 236);
  head[0] = 2;
  head.set(address.split('.').map(Number), 16);
  const serverId = GATEWAY.split('.').map(Number);
  const options = concat([99, 130, 83, 99, 53, 1, 5, 54, 4], serverId, [51, 4], u32(7200), [255]);
  return concat(head, options, new Uint8Array(64 - options.length));
}

/** Printers and those who look for them, on the multicast group of mDNS (RFC 6762). */
export function lookForPrinters(office: Office): void {
  [PRINTER, ...WORKSTATIONS.map(({ address }) => address)].forEach((address, index) => {
    const random = seededRandom(600 + index);
    for (let now = SAMPLE_START + random.exponential(600); now < END; now += 1 + random.exponential(1300)) {
      office.add(
        udpExchange({
          client: { address, port: 5353, timeToLive: 255 },
          server: { address: '224.0.0.251', port: 5353, mac: '01:00:5e:00:00:fb' },
          start: now,
          messages: ['_ipp._tcp.local', '_pdl-datastream._tcp.local'].map((service) => ({
            from: 'client',
            bytes: dnsQuery(0, service, DNS_TYPE_PTR),
            delay: 0.001,
          })),
          framing: ethernetFraming,
        }),
      );
    }
  });
}

/** The gateway asks for addresses it has forgotten. */
export function askForAddresses(office: Office): void {
  const random = seededRandom(700);
  for (let now = SAMPLE_START + 3; now < END; now += random.exponential(90)) {
    const target = random.pick(WORKSTATIONS).address;
    office.packets.push(
      packetAt(
        now,
        ethernet({
          source: macOf(GATEWAY),
          destination: 'ff:ff:ff:ff:ff:ff',
          etherType: ETHERTYPE_ARP,
          payload: arpRequest({ sender: GATEWAY, target }),
          minimumLength: 60,
        }),
      ),
    );
  }
}
