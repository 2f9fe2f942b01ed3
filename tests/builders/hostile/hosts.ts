import { macBytes, macOf } from '../address.ts';
import { ethernet, ETHERTYPE_IPV4, ETHERTYPE_IPV6 } from '../ethernet.ts';
import { icmpEcho, PROTOCOL_ICMP } from '../icmp.ts';
import { ipv4 } from '../ipv4.ts';
import { ipv6 } from '../ipv6.ts';
import { concat, latin1, u32 } from '../payloads/bytes.ts';
import { certificate } from '../payloads/certificate.ts';
import { dhcpRequest } from '../payloads/dhcp.ts';
import { clientHelloBody, hostName, pairs } from '../payloads/hello.ts';
import { ticketRequest } from '../payloads/kerberos.ts';
import { netbiosRegistration } from '../payloads/netbios.ts';
import { ntlmAuthenticate, smbSessionSetup } from '../payloads/ntlm.ts';
import { QUIC_1 } from '../payloads/quic.ts';
import { kexInit } from '../payloads/ssh.ts';
import { clientHelloRecord, tls12ServerFlight } from '../payloads/tls.ts';
import { ACK, PROTOCOL_TCP, PSH, SYN, tcp } from '../tcp.ts';
import { udp } from '../udp.ts';
import { anyLabel, framed, hostile, type HostileCapture, numbered, packet, random } from './frames.ts';

const PROTOCOL_UDP = 17;
const CIPHERS = 8;
/** Bytes of a QUIC Initial behind its header, so many as have to be there for it to be decrypted. */
const PROTECTED_BYTES = 20;

const clientPort = (index: number): number => 1024 + (index % 60_000);
const mac = (index: number): string => macOf(numbered(10, index));

/** What a host of its own sends first to a server of its own. */
function sent(index: number, destinationPort: number, payload: Uint8Array): Uint8Array {
  const segment = tcp({ sourcePort: clientPort(index), destinationPort, sequence: 1, flags: ACK | PSH, payload });
  return framed(packet(numbered(10, index), numbered(48, index), PROTOCOL_TCP, segment));
}

/** What such a server answers with. */
function answered(index: number, sourcePort: number, payload: Uint8Array): Uint8Array {
  const segment = tcp({ sourcePort, destinationPort: clientPort(index), sequence: 1, flags: ACK | PSH, payload });
  return framed(packet(numbered(48, index), numbered(10, index), PROTOCOL_TCP, segment));
}

function datagram(index: number, sourcePort: number, destinationPort: number, payload: Uint8Array): Uint8Array {
  const content = udp({ sourcePort, destinationPort, payload });
  return framed(packet(numbered(10, index), numbered(48, index), PROTOCOL_UDP, content));
}

function opening(index: number): Uint8Array {
  return tcp({ sourcePort: clientPort(index), destinationPort: 443, flags: SYN });
}

/** A hello of TLS in a record of its own. */
function hello(name: string, ciphers: readonly number[]): Uint8Array {
  const extensions = [[0, hostName(name)] as const, [10, pairs([29])] as const];
  return clientHelloRecord(clientHelloBody({ ciphers, extensions }));
}

function anyCiphers(): number[] {
  return Array.from({ length: CIPHERS }, () => random.integer(1, 65_000));
}

function manyCiphers(): number[] {
  return Array.from({ length: 600 }, () => random.integer(1, 65_000));
}

function manyLabels(): string {
  return `${Array.from({ length: 120 }, () => random.integer(0, 9)).join('.')}.com`;
}

function anyBytes(length: number): number[] {
  return Array.from({ length }, () => random.integer(0, 255));
}

/** A QUIC Initial that nobody can decrypt. */
function brokenInitial(): Uint8Array {
  return concat([0xc0], u32(QUIC_1), [8], anyBytes(8), [0, 0, PROTECTED_BYTES], anyBytes(PROTECTED_BYTES));
}

/** Captures of very many hosts, each of which says something that no other one does, by what that is. */
export const HOSTILE_HOSTS: Readonly<Record<string, HostileCapture>> = {
  'MAC addresses': hostile((index) => {
    const payload = packet(numbered(10, index), numbered(48, index), PROTOCOL_TCP, opening(index));
    return ethernet({ etherType: ETHERTYPE_IPV4, payload, source: mac(index) });
  }),
  'addresses of IPv6': hostile((index) => {
    const [source, destination] = [`fd00::${anyLabelOfHex()}`, `2001:db8::${anyLabelOfHex()}`];
    const payload = ipv6({ source, destination, protocol: PROTOCOL_TCP, payload: opening(index) });
    return ethernet({ etherType: ETHERTYPE_IPV6, payload });
  }),
  'hosts of requests': hostile((index) => {
    return sent(index, 80, latin1(`GET / HTTP/1.1\r\nHost: ${anyLabel()}.com\r\nUser-Agent: x\r\n\r\n`));
  }),
  'user agents of requests': hostile((index) => {
    return sent(index, 80, latin1(`GET / HTTP/1.1\r\nHost: a.com\r\nUser-Agent: ${anyLabel()}\r\n\r\n`));
  }),
  'server names of hellos': hostile((index) => sent(index, 443, hello(`${anyLabel()}.com`, [0x1301]))),
  'fingerprints of hellos': hostile((index) => sent(index, 443, hello('a.com', anyCiphers()))),
  'hellos of six hundred ciphers': hostile((index) => sent(index, 443, hello('a.com', manyCiphers()))),
  'server names of a hundred labels': hostile((index) => sent(index, 443, hello(manyLabels(), [0x1301]))),
  certificates: hostile((index) => {
    const name = { commonName: `${anyLabel()}.com`, organization: anyLabel() };
    return answered(index, 443, tls12ServerFlight(certificate({ subject: name, issuer: name })));
  }),
  'fingerprints of SSH': hostile((index) => sent(index, 22, concat(latin1('SSH-2.0-x\r\n'), kexInit([anyLabel()])))),
  'QUIC Initials that cannot be decrypted': hostile((index) => {
    return datagram(index, clientPort(index), 443, brokenInitial());
  }),
  'names of DHCP clients': hostile((index) => {
    const payload = udp({
      sourcePort: 68,
      destinationPort: 67,
      payload: dhcpRequest([...macBytes(mac(index))], anyLabel()),
    });
    const content = packet('0.0.0.0', '255.255.255.255', PROTOCOL_UDP, payload);
    return ethernet({ etherType: ETHERTYPE_IPV4, payload: content, source: mac(index) });
  }),
  'NetBIOS names': hostile((index) => datagram(index, 137, 137, netbiosRegistration(anyLabel()))),
  'Kerberos users': hostile((index) => {
    return datagram(index, clientPort(index), 88, ticketRequest({ client: anyLabel(), realm: 'A.COM' }));
  }),
  'NTLM users': hostile((index) => sent(index, 445, smbSessionSetup(ntlmAuthenticate({ user: anyLabel() })))),
  echoes: hostile((index) => {
    return framed(packet(numbered(10, index), numbered(48, index), PROTOCOL_ICMP, icmpEcho(8, index & 0xffff, 1)));
  }),
  'fragments whose others never come': hostile((index) => {
    const [source, destination] = [numbered(10, index), numbered(48, index)];
    const payload = udp({ sourcePort: 5000, destinationPort: 5000, payload: new Uint8Array(8) });
    return framed(
      ipv4({
        source,
        destination,
        protocol: PROTOCOL_UDP,
        payload,
        identification: index & 0xffff,
        moreFragments: true,
      }),
    );
  }),
};

function anyLabelOfHex(): string {
  return [1, 2].map(() => random.integer(1, 65_535).toString(16)).join(':');
}
