import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { HostSightings } from '../../../../../src/analysis/inspect/hosts/host-sightings.ts';
import type { Analysis } from '../../../../../src/analysis/report/analysis.ts';
import { analyze } from '../../../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../../../src/analysis/settings.ts';
import { arpRequest } from '../../../../builders/arp.ts';
import { type Endpoint, tcpConversation, udpExchange } from '../../../../builders/conversation.ts';
import { ethernet, ETHERTYPE_ARP } from '../../../../builders/ethernet.ts';
import { concat, latin1 } from '../../../../builders/payloads/bytes.ts';
import { dhcpMessage, dhcpOption } from '../../../../builders/payloads/dhcp.ts';
import { dnsResponse } from '../../../../builders/payloads/dns.ts';
import { ticketReply, ticketRequest } from '../../../../builders/payloads/kerberos.ts';
import { netbiosDatagram, netbiosRegistration } from '../../../../builders/payloads/netbios.ts';
import { ntlmAuthenticate, ntlmChallenge, smbSessionSetup } from '../../../../builders/payloads/ntlm.ts';
import { packetAt, type PacketRecord, pcap } from '../../../../builders/pcap.ts';

const START = 1_700_000_000;
const HOST = '10.0.0.5';
const SERVER = '10.0.0.1';
const BROADCAST = '255.255.255.255';
const MAC = '00:0c:29:aa:bb:cc';
const MAC_BYTES = [0, 0x0c, 0x29, 0xaa, 0xbb, 0xcc];

async function analysisOf(...packets: readonly PacketRecord[][]): Promise<Analysis> {
  const vendorOf = (mac: number): string => (mac >= 0x000c_2900_0000 && mac < 0x000c_2a00_0000 ? 'VMware' : '');
  return analyze([bufferSource(pcap({ packets: packets.flat() }), 'x')], DEFAULT_SETTINGS, () => {}, vendorOf);
}

async function told(...packets: readonly PacketRecord[][]): Promise<string[]> {
  const { parts } = await analysisOf(...packets);
  return parts.read.hostsSeen.map(({ address, kind, text, source }) => `${address} ${kind} ${text} (${source})`).sort();
}

function sent(from: string, to: string, port: number, bytes: Uint8Array, more: Partial<Endpoint> = {}): PacketRecord[] {
  return udpExchange({
    client: { address: from, port: more.port ?? port, mac: MAC, ...more },
    server: { address: to, port, ...(to === BROADCAST && { mac: 'ff:ff:ff:ff:ff:ff' }) },
    start: START,
    messages: [{ from: 'client', bytes }],
  });
}

function asked(port: number, ...messages: readonly (readonly ['client' | 'server', Uint8Array])[]): PacketRecord[] {
  return tcpConversation({
    client: { address: HOST, port: 50_000 },
    server: { address: SERVER, port },
    start: START,
    messages: messages.map(([from, bytes]) => ({ from, bytes })),
  });
}

describe('what packets tell of hosts', () => {
  it('is who asked for a ticket, and for whom one was given', async () => {
    const becka = { client: 'becka', realm: 'EXAMPLE.COM', machine: 'DESKTOP-5' };
    expect(await told(sent(HOST, SERVER, 88, ticketRequest(becka), { port: 50_000 }))).toEqual([
      '10.0.0.5 domain example.com (kerberos)',
      '10.0.0.5 name desktop-5 (kerberos)',
      '10.0.0.5 user becka (kerberos)',
    ]);
    const machine = { client: 'DESKTOP-5$', realm: 'EXAMPLE.COM' };
    const reply = concat([0, 0, 4, 0], ticketReply(machine));
    expect(await told(asked(88, ['client', latin1('xxxx')], ['server', reply]))).toEqual([
      '10.0.0.5 domain example.com (kerberos)',
      '10.0.0.5 name desktop-5 (kerberos)',
    ]);
    // A name without proof is one that was tried.
    const tried = ticketRequest({ ...becka, proven: false });
    expect((await told(sent(HOST, SERVER, 88, tried, { port: 50_000 }))).join()).not.toContain('becka');
  });

  it('is both sides of a session of SMB, and a login by HTTP', async () => {
    const login = ntlmAuthenticate({ user: 'becka', domain: 'EXAMPLE', machine: 'DESKTOP-5', build: 19_041 });
    const challenge = ntlmChallenge({ machine: 'dc1.example.com', build: 17_763 });
    const said = await told(
      asked(445, ['server', smbSessionSetup(challenge)], ['client', smbSessionSetup(login)]),
      asked(8080, [
        'client',
        latin1(`\r\nGET / HTTP/1.1\r\nHost: wiki\r\nAuthorization: Basic ${btoa('jane:x')}\r\n\r\n`),
      ]),
    );
    expect(said).toEqual([
      '10.0.0.1 name dc1.example.com (ntlm)',
      '10.0.0.1 system Windows 10.0 build 17763 (ntlm)',
      '10.0.0.5 domain example (ntlm)',
      '10.0.0.5 name desktop-5 (ntlm)',
      '10.0.0.5 system Windows 10.0 build 19041 (ntlm)',
      '10.0.0.5 user becka (ntlm)',
      '10.0.0.5 user jane at wiki (http)',
    ]);
  });

  it('is a name that a host claims for itself, never one that it asks for', async () => {
    const group = '224.0.0.251';
    const said = await told(
      sent(HOST, '10.0.0.255', 137, netbiosRegistration('DESKTOP-5')),
      sent(HOST, '10.0.0.255', 137, netbiosRegistration('WORKGROUP', { group: true })),
      sent(HOST, '10.0.0.255', 138, netbiosDatagram('DESKTOP-5')),
      sent(HOST, group, 5353, dnsResponse(0, 'desktop-5.local', [HOST])),
      sent(HOST, group, 5353, dnsResponse(0, 'printer.local', ['10.0.0.9'])),
    );
    expect(said).toEqual(['10.0.0.5 name desktop-5 (mdns)', '10.0.0.5 name desktop-5 (netbios)']);
  });

  it('is what a DHCP client says of itself, for the address that it is given', async () => {
    const options = [dhcpOption(12, latin1('DESKTOP-5')), dhcpOption(60, latin1('MSFT 5.0'))];
    const request = dhcpMessage(MAC_BYTES, [dhcpOption(53, [3]), dhcpOption(50, [10, 0, 0, 77]), ...options]);
    const answer = dhcpMessage(MAC_BYTES, [dhcpOption(53, [5])]);
    answer[0] = 2;
    answer.set([10, 0, 0, 5], 16);
    const asking = sent('0.0.0.0', BROADCAST, 67, request, { port: 68 });
    const given = sent(SERVER, BROADCAST, 68, answer, { port: 67, mac: '02:00:00:00:00:99' });
    const said = ['10.0.0.5 name desktop-5 (dhcp)', '10.0.0.5 system MSFT 5.0 (dhcp)'];
    expect(await told(asking, given)).toEqual(said);
    // Without an answer in the capture, the address that was asked for is the best there is.
    const saidFor77 = said.map((text) => text.replace('0.5', '0.77'));
    expect(await told(asking)).toEqual(saidFor77);
    const refusal = answer.slice();
    refusal[answer.length - 2] = 6;
    expect(await told(asking, sent(SERVER, BROADCAST, 68, refusal, { port: 67, mac: '02:00:00:00:00:99' }))).toEqual(
      [],
    );
    // That it sends from there makes it surer, whichever was seen first.
    const sending = sent('10.0.0.77', SERVER, 9999, latin1('x'));
    for (const order of [
      [asking, sending],
      [sending, asking],
    ]) {
      expect(await told(...order)).toEqual(saidFor77);
      const { macsSeen } = (await analysisOf(...order)).parts.read;
      expect(macsSeen.map(({ addresses }) => addresses)).toEqual([[{ address: '10.0.0.77', link: 'own' }]]);
    }
  });
});

describe('whose a MAC address is', () => {
  const arp = (sender: string, mac: string): PacketRecord[] => {
    const payload = arpRequest({ sender, target: SERVER, senderMac: mac });
    return [packetAt(START, ethernet({ etherType: ETHERTYPE_ARP, payload, source: mac }))];
  };

  it('is told by ARP and by what no router passes on, else by a first hop', async () => {
    const { parts } = await analysisOf(
      arp(HOST, MAC),
      sent('10.0.0.6', SERVER, 99, Uint8Array.of(1), { mac: '02:00:00:00:00:06', timeToLive: 128 }),
      sent('10.0.7.7', SERVER, 99, Uint8Array.of(1), { mac: '02:00:00:00:00:07', timeToLive: 127 }),
    );
    expect(parts.read.macsSeen).toEqual([
      { mac: MAC, addresses: [{ address: HOST, link: 'own' }], isRouter: false, vendor: 'VMware' },
      { mac: '02:00:00:00:00:06', addresses: [{ address: '10.0.0.6', link: 'sent' }], isRouter: false, vendor: '' },
      { mac: '02:00:00:00:00:07', addresses: [], isRouter: true, vendor: '' },
    ]);
  });
});

describe('what is kept of very many hosts', () => {
  it('is thirty-two names and as many users of each, and the rest is counted', () => {
    const said = new HostSightings();
    for (let name = 0; name < 40; name++) said.add(HOST, 'name', `host-${name}`, 'dhcp', START);
    said.add(HOST, 'name', 'host-0', 'dhcp', START + 1);
    said.add(HOST, 'user', 'alice', 'kerberos', START);
    expect([said.all().length, said.leftOut]).toEqual([33, 8]);
    expect(said.all()[0]).toMatchObject({ firstMs: START, lastMs: START + 1 });
  });

  it('is a hundred thousand and some of all together', () => {
    const said = new HostSightings();
    const address = (host: number): string => [10, host >> 16, host >> 8, host].map((byte) => byte & 0xff).join('.');
    for (let host = 0; host < (1 << 17) + 3; host++) said.add(address(host), 'name', 'a', 'dhcp', START);
    expect([said.all().length, said.leftOut]).toEqual([1 << 17, 3]);
  });
});
