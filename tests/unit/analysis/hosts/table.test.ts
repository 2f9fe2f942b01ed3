import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { HostRows } from '../../../../src/analysis/hosts/host-rows.ts';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { reportHeadline } from '../../../../src/analysis/report/row-facts.ts';
import { DEFAULT_SETTINGS, type ListSettings } from '../../../../src/analysis/settings.ts';
import { arpRequest } from '../../../builders/arp.ts';
import { tcpConversation, udpExchange } from '../../../builders/conversation.ts';
import { ethernet, ETHERTYPE_ARP } from '../../../builders/ethernet.ts';
import { latin1 } from '../../../builders/payloads/bytes.ts';
import { ticketRequest } from '../../../builders/payloads/kerberos.ts';
import { packetAt, type PacketRecord, pcap } from '../../../builders/pcap.ts';

const START = 1_700_000_000;
const HOST = '10.0.0.5';
const MAC = '00:0c:29:aa:bb:cc';
const ROUTER = '02:00:00:00:00:fe';

async function reportOf(
  packets: readonly PacketRecord[][],
  settings: Partial<ListSettings> = {},
  mostStories?: number,
) {
  const records = packets.flat().toSorted((a, b) => a.seconds - b.seconds || a.nanoseconds - b.nanoseconds);
  const list = { ...DEFAULT_SETTINGS, ...settings };
  return (await analyze([bufferSource(pcap({ packets: records }), 'x')], list)).report(list, undefined, mostStories);
}

function web(from: string, to: string, at: number, response: string, agent = 'curl/8'): PacketRecord[] {
  const request = `GET /a HTTP/1.1\r\nHost: ${to}\r\nUser-Agent: ${agent}\r\n\r\n`;
  return tcpConversation({
    client: { address: from, port: 40_000 + (at % 20_000), mac: from === HOST ? MAC : '02:00:00:00:00:09' },
    server: { address: to, port: 80, mac: ROUTER, timeToLive: 50 },
    start: START + at,
    messages: [
      { from: 'client', bytes: latin1(request) },
      { from: 'server', bytes: latin1(`HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n${response}`) },
    ],
  });
}

function arp(sender: string): PacketRecord[] {
  const payload = arpRequest({ sender, target: '10.0.0.1', senderMac: MAC });
  return [packetAt(START, ethernet({ etherType: ETHERTYPE_ARP, payload, source: MAC }))];
}

function group(address: string, at = 0): PacketRecord[] {
  const client = { address, port: 5355, mac: MAC };
  const server = { address: address.includes(':') ? 'ff02::1:3' : '224.0.0.252', port: 5355 };
  return udpExchange({ client, server, start: START + at, messages: [{ from: 'client', bytes: new Uint8Array(20) }] });
}

function logon(client: string, at: number): PacketRecord[] {
  const bytes = ticketRequest({ client, realm: 'EXAMPLE.COM', machine: 'DESKTOP-5' });
  return udpExchange({
    client: { address: HOST, port: 50_000, mac: MAC },
    server: { address: '10.0.0.1', port: 88 },
    start: START + at,
    messages: [{ from: 'client', bytes }],
  });
}

const infected = [
  arp(HOST),
  logon('becka', 5),
  web(HOST, '198.51.100.4', 60, `MZ${'\0'.repeat(100)}`),
  ...Array.from({ length: 40 }, (_, turn) => web(HOST, '203.0.113.9', 120 + 60 * turn, 'ok')),
  web('10.0.0.9', '192.0.2.1', 100, 'ok', 'Mozilla/5.0 (Windows NT 10.0) Firefox/120.0'),
];

describe('the list of hosts', () => {
  it('calls a machine once that has the name of its user', async () => {
    const { hosts } = await reportOf([...infected.slice(2), logon('Desktop-5', 5)]);
    expect(new HostRows(hosts).title(0)).toBe('desktop-5 (10.0.0.5)');
  });

  it('begins with the infected one: who it is, and what it did in the order of time', async () => {
    const report = await reportOf(infected);
    const rows = new HostRows(report.hosts);
    expect(rows.title(0)).toBe('desktop-5 (10.0.0.5, becka)');
    expect(rows.value('mac', 0)).toBe(MAC);
    expect(rows.value('findings', 0)).toBe(2);
    expect(rows.story(0).map(({ text, atMs }) => `${atMs / 1000 - START} ${text.split(':')[0]}`)).toEqual([
      '5 user becka (Kerberos)',
      '60 fetched a program from 198.51.100.4',
      '120 checks in with 203.0.113.9',
    ]);
    const groups = new Set(report.connections.group);
    expect(rows.story(0).map(({ group: of }) => groups.has(of))).toEqual([false, true, true]);
    expect(rows.value('address', 1)).toBe('10.0.0.9');
    expect(rows.value('system', 1)).toBe('Windows 10.0');
  });

  it('counts points of the best row, and one for what is said besides, elsewhere', async () => {
    const { hosts, connections } = await reportOf(infected);
    const totals = [...connections.triage.total].sort((a, b) => b - a);
    expect(hosts.points[0]).toBe(totals[0] + 1);
    // The same again to other addresses says nothing new.
    const alike = ['198.51.100.5', '198.51.100.6'].map((to, at) => web(HOST, to, 70 + at, `MZ${'\0'.repeat(100)}`));
    const more = await reportOf([...infected, ...alike]);
    expect(more.hosts.findings[0]).toBe(4);
    expect(more.hosts.points[0] - Math.max(...more.connections.triage.total)).toBeLessThanOrEqual(2);
  });

  it('is what the headline names; set aside, nothing is to be read first', async () => {
    const report = await reportOf(infected);
    const headline = reportHeadline(report);
    expect(headline).toMatchObject({ kind: 'host', host: 0, title: 'desktop-5 (10.0.0.5, becka)' });
    const aside = await reportOf(infected, { allow: '198.51.100.0/24\n203.0.113.0/24\n192.0.2.0/24' });
    expect(reportHeadline(aside)).toEqual({ kind: 'none', text: 'Nothing to read first.' });
    expect(aside.hosts.findings[0]).toBe(0);
  });

  it('tells as many stories as somebody reads, those of the first hosts with findings', async () => {
    const second = [web('10.0.0.9', '198.51.100.4', 70, `MZ${'\0'.repeat(100)}`)];
    const [all, few] = await Promise.all([
      reportOf([...infected, ...second]),
      reportOf([...infected, ...second], {}, 1),
    ]);
    const [told, short] = [all, few].map(({ hosts }) => new HostRows(hosts));
    expect(told.story(0).length * told.story(1).length).toBeGreaterThan(0);
    expect([short.story(0), short.text('why', 0)]).toEqual([told.story(0), told.text('why', 0)]);
    expect([short.story(1), short.text('why', 1)]).toEqual([[], '']);
    expect(reportHeadline(few)).toEqual(reportHeadline(all));
    expect(few.hosts.points).toEqual(all.hosts.points);
  });

  it('takes addresses of both versions for one host where the link shows that they are', async () => {
    const { hosts } = await reportOf([arp(HOST), group(HOST), group('fe80::1', 1)]);
    const rows = new HostRows(hosts);
    expect(hosts.length).toBe(1);
    expect(rows.value('otherAddresses', 0)).toBe('fe80::1');
  });

  it('joins nobody by the MAC address of a router, or of one with several addresses', async () => {
    const server = { address: '192.0.2.1', port: 7 };
    const routed = (address: string, timeToLive: number): PacketRecord[] => {
      const client = { address, port: 7000, mac: MAC, timeToLive };
      return udpExchange({ client, server, start: START, messages: [{ from: 'client', bytes: Uint8Array.of(1) }] });
    };
    const behind = await reportOf([routed('10.0.7.1', 127), routed('fd00::7', 63), routed('10.0.7.2', 63)]);
    expect(behind.hosts.length).toBe(3);
    expect(new HostRows(behind.hosts).value('mac', 0)).toBe('');
    const several = await reportOf([arp(HOST), arp('10.0.0.6'), group(HOST), group('10.0.0.6'), group('fe80::1')]);
    expect(several.hosts.length).toBe(3);
  });

  it('is bounded in what one host says of itself', async () => {
    const users = Array.from({ length: 60 }, (_, at) => logon(`user${at}`, at));
    const report = await reportOf(users);
    const rows = new HostRows(report.hosts);
    expect(rows.identities(0).filter(({ kind }) => kind === 'user')).toHaveLength(32);
    expect(rows.text('users', 0)).toBe('user0, user1, user2, user3 and 28 more');
    expect(report.captures[0].warnings.map(({ kind }) => kind)).toContain('hosts-full');
  });
});
