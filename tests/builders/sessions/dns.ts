import { concat, u16, u32 } from '../payloads/bytes.ts';
import { dnsName, dnsQuery, dnsResponse } from '../payloads/dns.ts';
import type { PacketRecord } from '../pcap.ts';
import { type Random, seededRandom } from '../random.ts';
import type { Ends, Sent } from './timed.ts';
import { timedUdp } from './timed.ts';

const TYPE_NULL = 10;
const TYPE_MX = 15;
const TYPE_TXT = 16;
const TYPE_CNAME = 5;

/** A response with one record of any type whose data is `length` bytes. */
function answer(id: number, name: string, type: number, length: number): Uint8Array {
  const question = concat(dnsName(name), u16(type), u16(1));
  const record = concat(u16(0xc00c), u16(type), u16(1), u32(0), u16(length), new Uint8Array(length).fill(0x41));
  return concat(u16(id), u16(0x8400), u16(1), u16(1), u16(0), u16(0), question, record);
}

function letters(random: Random, alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[random.integer(0, alphabet.length - 1)]).join('');
}

/** iodine's way: a NULL query for every packet, upstream data in labels of base 32, downstream data in the answer. */
export function iodineTunnel(ends: Ends, domain: string): PacketRecord[] {
  const random = seededRandom(11);
  const sent: Sent[] = [];
  for (let index = 0; index < 120; index++) {
    const name = `p${letters(random, 'abcdefghijklmnopqrstuvwxyz012345', random.integer(40, 60))}.${domain}`;
    sent.push(
      { at: index * 0.4, from: 'client', bytes: dnsQuery(index, name, TYPE_NULL) },
      { at: index * 0.4 + 0.03, from: 'server', bytes: answer(index, name, TYPE_NULL, random.integer(80, 900)) },
    );
  }
  return timedUdp(ends, sent);
}

/** dnscat2's way: a query of hexadecimal labels now and then, TXT, MX or CNAME, answered in kind. */
export function dnscatTunnel(ends: Ends, domain: string): PacketRecord[] {
  const random = seededRandom(12);
  const sent: Sent[] = [];
  for (let index = 0; index < 60; index++) {
    const type = random.pick([TYPE_TXT, TYPE_MX, TYPE_CNAME]);
    const name = `${letters(random, '0123456789abcdef', random.integer(34, 62))}.${domain}`;
    sent.push(
      { at: index, from: 'client', bytes: dnsQuery(index, name, type) },
      { at: index + 0.04, from: 'server', bytes: answer(index, name, type, random.integer(40, 120)) },
    );
  }
  return timedUdp(ends, sent);
}

/** A tunnel straight to its server, whose names end in no domain: TXT queries for single long labels. */
export function domainlessTunnel(ends: Ends): PacketRecord[] {
  const random = seededRandom(13);
  return timedUdp(
    ends,
    Array.from({ length: 40 }, (_, index) => ({
      at: index,
      from: 'client' as const,
      bytes: dnsQuery(index, letters(random, '0123456789abcdef', 48), TYPE_TXT),
    })),
  );
}

/**
 * A busy host's look-ups: hundreds of sites, each with a few names, most asked for again and again; reverse look-ups
 * too.
 */
export function ordinaryResolver(ends: Ends): PacketRecord[] {
  const random = seededRandom(14);
  const hosts = ['www', 'cdn', 'api', 'static', 'img', 'd1k2j3h4g5'];
  const sent: Sent[] = [];
  for (let index = 0; index < 1500; index++) {
    const site = `site${Math.floor(random.exponential(40))}.example.${random.pick(['com', 'org', 'co.uk'])}`;
    const name = random.chance(0.1)
      ? `${random.integer(1, 254)}.${random.integer(1, 254)}.0.10.in-addr.arpa`
      : `${random.pick(hosts)}.${site}`;
    const type = name.endsWith('arpa') ? 12 : random.pick([1, 1, 28, 65]);
    sent.push(
      { at: index * 0.7, from: 'client', bytes: dnsQuery(index & 0xffff, name, type) },
      { at: index * 0.7 + 0.01, from: 'server', bytes: dnsResponse(index & 0xffff, name, ['192.0.2.1', '192.0.2.2']) },
    );
  }
  return timedUdp(ends, sent);
}
