import { tcpConversation, udpExchange } from './conversation.ts';
import { latin1 } from './payloads/bytes.ts';
import { certificate } from './payloads/certificate.ts';
import { dhcpRequest } from './payloads/dhcp.ts';
import { httpRequest } from './payloads/http.ts';
import { ticketRequest } from './payloads/kerberos.ts';
import { netbiosDatagram, netbiosRegistration } from './payloads/netbios.ts';
import { ntlmAuthenticate, smbSessionSetup } from './payloads/ntlm.ts';
import { tls12ServerFlight, tlsApplicationData, tlsClientHello } from './payloads/tls.ts';
import { byTime, pcap, type PacketRecord } from './pcap.ts';

/** A capture of a host that checks in, and what an analyst has to find in it. */
export interface Infection {
  family: string;
  packets: PacketRecord[];
  host: string;
  address: string;
  user: string;
  mac: string;
  /** Where it checks in, as the page writes it, and when it did so first (UTC). */
  destination: string;
  firstContact: string;
  /** What it asks there. */
  request: string;
}

/** 2023-11-14 22:13:20 UTC. */
const START = 1_700_000_000;
const ROUTER = { mac: '02:00:00:00:00:fe' };
const CHECK_INS = 40;

/** A host whose user is known by Kerberos fetches a program from a web server, and then asks another one every minute. */
function webBeacon(): Infection {
  const client = { address: '10.0.0.5', mac: '00:0c:29:aa:bb:cc' };
  const web = (to: string, at: number, answer: string): PacketRecord[] =>
    tcpConversation({
      client: { ...client, port: 40_000 + at },
      server: { address: to, port: 80, ...ROUTER },
      start: START + at,
      messages: [
        { from: 'client', bytes: httpRequest({ method: 'GET', path: '/a', host: to, userAgent: 'curl/8' }) },
        { from: 'server', bytes: latin1(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n${answer}`) },
      ],
    });
  const becka = ticketRequest({ client: 'becka', realm: 'EXAMPLE.COM', machine: 'DESKTOP-5' });
  return {
    family: 'web requests to a bare address',
    packets: [
      ...datagram(client, '10.0.0.255', 137, 1, netbiosRegistration('DESKTOP-5')),
      ...datagram(client, '10.0.0.1', 88, 5, becka),
      ...web('198.51.100.4', 60, `MZ${'\0'.repeat(100)}`),
      ...Array.from({ length: CHECK_INS }, (_, turn) => web('203.0.113.9', 120 + 60 * turn, 'ok')).flat(),
    ],
    host: 'desktop-5',
    address: client.address,
    user: 'becka',
    mac: client.mac,
    destination: '203.0.113.9:80',
    firstContact: '22:15:20',
    request: 'GET 203.0.113.9/a',
  };
}

/** A host whose user is known by NTLM opens TLS with a certificate that vouches for itself, on an odd port. */
function tlsBeacon(): Infection {
  const client = { address: '10.0.7.23', mac: '00:1b:21:07:07:23' };
  const name = { commonName: 'cdn.stage.example', organization: null };
  const flight = tls12ServerFlight(certificate({ subject: name, issuer: name, dnsNames: ['cdn.stage.example'] }));
  const logon = smbSessionSetup(ntlmAuthenticate({ user: 'kim', domain: 'OFFICE', machine: 'FRONT-7' }));
  const checkIn = (turn: number): PacketRecord[] =>
    tcpConversation({
      client: { ...client, port: 51_000 + turn },
      server: { address: '203.0.113.77', port: 8443, ...ROUTER },
      start: START + 300 + 90 * turn + (turn % 3),
      messages: [
        { from: 'client', bytes: tlsClientHello('cdn.stage.example') },
        { from: 'server', bytes: flight },
        { from: 'client', bytes: tlsApplicationData(120) },
        { from: 'server', bytes: tlsApplicationData(60) },
      ],
    });
  return {
    family: 'TLS on an odd port',
    packets: [
      ...datagram({ ...client, port: 68 }, '10.0.7.1', 67, 2, dhcpRequest([0, 0x1b, 0x21, 7, 7, 0x23], 'FRONT-7')),
      ...tcpConversation({
        client: { ...client, port: 50_000 },
        server: { address: '10.0.7.2', port: 445, mac: '02:00:00:00:07:02' },
        start: START + 10,
        messages: [{ from: 'client', bytes: logon }],
      }),
      ...Array.from({ length: CHECK_INS }, (_, turn) => checkIn(turn)).flat(),
    ],
    host: 'front-7',
    address: client.address,
    user: 'kim',
    mac: client.mac,
    destination: 'cdn.stage.example:8443',
    firstContact: '22:18:20',
    request: 'TLS to cdn.stage.example',
  };
}

/** A host whose trojan says who it is in the clear, in a protocol of its own. */
function ownProtocol(): Infection {
  const client = { address: '10.0.9.14', mac: '00:50:56:09:09:14' };
  const sam = ticketRequest({ client: 'sam', realm: 'EXAMPLE.COM', machine: 'LAB-9' });
  const checkIn = (turn: number): PacketRecord[] =>
    tcpConversation({
      client: { ...client, port: 52_000 + turn },
      server: { address: '198.51.100.77', port: 4444, ...ROUTER },
      start: START + 600 + 30 * turn,
      messages: [
        { from: 'client', bytes: latin1(`READY|LAB-9|sam|${turn}\n`) },
        { from: 'server', bytes: latin1('WAIT\n') },
      ],
    });
  return {
    family: 'a protocol of its own',
    packets: [
      ...datagram({ ...client, port: 138 }, '10.0.9.255', 138, 3, netbiosDatagram('LAB-9')),
      ...datagram(client, '10.0.9.1', 88, 8, sam),
      ...Array.from({ length: CHECK_INS }, (_, turn) => checkIn(turn)).flat(),
    ],
    host: 'lab-9',
    address: client.address,
    user: 'sam',
    mac: client.mac,
    destination: '198.51.100.77:4444',
    firstContact: '22:23:20',
    request: 'READY|LAB-9|sam|',
  };
}

export const INFECTIONS: readonly Infection[] = [webBeacon(), tlsBeacon(), ownProtocol()];

/** The packets of one or more infections as a file. */
export function captureOf(...infections: readonly Infection[]): Buffer {
  return Buffer.from(pcap({ packets: infections.flatMap(({ packets }) => packets).sort(byTime) }));
}

function datagram(
  client: { address: string; mac: string; port?: number },
  to: string,
  port: number,
  at: number,
  bytes: Uint8Array,
): PacketRecord[] {
  return udpExchange({
    client: { port: 5000, ...client },
    server: { address: to, port },
    start: START + at,
    messages: [{ from: 'client', bytes }],
  });
}
