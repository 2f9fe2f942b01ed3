import fc from 'fast-check';
import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { HostRows } from '../../src/analysis/hosts/host-rows.ts';
import { analyze } from '../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { addressBytes, macBytes, macOf } from '../builders/address.ts';
import { type Endpoint, tcpConversation, udpExchange } from '../builders/conversation.ts';
import { latin1 } from '../builders/payloads/bytes.ts';
import { dhcpMessage, dhcpOption } from '../builders/payloads/dhcp.ts';
import { ticketRequest } from '../builders/payloads/kerberos.ts';
import { netbiosRegistration } from '../builders/payloads/netbios.ts';
import { ntlmAuthenticate, smbSessionSetup } from '../builders/payloads/ntlm.ts';
import { byTime, type PacketRecord, pcap } from '../builders/pcap.ts';

const START = 1_772_524_800;
const ROUTER = '02:00:00:00:00:fe';
const BROADCAST_MAC = 'ff:ff:ff:ff:ff:ff';
const CONTROLLER = '10.7.0.2';
const SERVER = '203.0.113.44';
/** Check-ins of a host that calls home: enough for a finding. */
const CHECK_INS = 20;

interface Person {
  told: string[];
  /** What it sends comes over a router, by whose MAC address nobody is known. */
  isRouted: boolean;
  callsHome: boolean;
  startS: number;
}

const networks = fc.array(
  fc.record({
    told: fc.subarray(['kerberos', 'ntlm', 'dhcp', 'netbios']),
    isRouted: fc.boolean(),
    callsHome: fc.boolean(),
    startS: fc.integer({ min: 0, max: 900 }),
  }),
  { minLength: 1, maxLength: 6 },
);

const addressOf = (number: number): string => `10.7.1.${number + 10}`;
const nameOf = (number: number): string => `desktop-${number}`;

function packetsOf({ told, isRouted, callsHome, startS }: Person, number: number): PacketRecord[] {
  const [address, machine, user] = [addressOf(number), nameOf(number).toUpperCase(), `user${number}`];
  const start = START + startS;
  const client: Endpoint = {
    address,
    port: 50_000,
    mac: isRouted ? ROUTER : macOf(address),
    timeToLive: isRouted ? 63 : 64,
  };
  const shouted = (from: string, port: number, to: number, bytes: Uint8Array): PacketRecord[] =>
    udpExchange({
      client: { address: from, port, mac: macOf(address) },
      server: { address: '255.255.255.255', port: to, mac: BROADCAST_MAC },
      start,
      messages: [{ from: 'client', bytes }],
    });
  const tell: Record<string, () => PacketRecord[]> = {
    kerberos: () =>
      udpExchange({
        client,
        server: { address: CONTROLLER, port: 88 },
        start,
        messages: [{ from: 'client', bytes: ticketRequest({ client: user, realm: 'CORP.EXAMPLE', machine }) }],
      }),
    ntlm: () => {
      const bytes = smbSessionSetup(ntlmAuthenticate({ user, domain: 'CORP', machine }));
      const server = { address: CONTROLLER, port: 445 };
      return tcpConversation({ client, server, start, messages: [{ from: 'client', bytes }] });
    },
    dhcp: () => {
      const options = [dhcpOption(53, [3]), dhcpOption(50, addressBytes(address)), dhcpOption(12, latin1(machine))];
      return shouted('0.0.0.0', 68, 67, dhcpMessage([...macBytes(macOf(address))], options));
    },
    netbios: () => shouted(address, 137, 137, netbiosRegistration(machine)),
  };
  const checkIn = (turn: number): PacketRecord[] =>
    tcpConversation({
      client: { ...client, port: 40_000 + turn },
      server: { address: SERVER, port: 8443, mac: ROUTER, timeToLive: 50 },
      start: start + 60 * turn,
      messages: [{ from: 'client', bytes: new Uint8Array(40).fill(number + 1) }],
    });
  // What a router passes on, no broadcast reaches.
  const kinds = told.filter((kind) => !isRouted || kind === 'kerberos' || kind === 'ntlm');
  const calls = callsHome ? Array.from({ length: CHECK_INS }, (_, turn) => checkIn(turn)) : [checkIn(0)];
  return [...kinds.flatMap((kind) => tell[kind]()), ...calls.flat()];
}

describe('the list of hosts, of any network', () => {
  it('gives each host what it told, and nobody what another did', async () => {
    await fc.assert(
      fc.asyncProperty(networks, async (people) => {
        const packets = people.flatMap(packetsOf).sort(byTime);
        const analysis = await analyze([bufferSource(pcap({ packets }), 'built')], DEFAULT_SETTINGS);
        const report = analysis.report(DEFAULT_SETTINGS);
        const hosts = new HostRows(report.hosts);
        const rows = Array.from({ length: report.hosts.length }, (_, row) => row);
        const addresses = rows.map((row) => hosts.text('address', row));
        expect(new Set(addresses).size).toBe(addresses.length);
        const points = rows.map((row) => report.hosts.points[row]).map((sum) => (Number.isNaN(sum) ? -1 : sum));
        expect(points).toEqual(points.toSorted((a, b) => b - a));
        people.forEach(({ told, isRouted, callsHome }, number) => {
          const row = addresses.indexOf(addressOf(number));
          expect(row).toBeGreaterThanOrEqual(0);
          const heard = told.filter((kind) => !isRouted || kind === 'kerberos' || kind === 'ntlm');
          expect(hosts.text('names', row)).toBe(heard.length > 0 ? nameOf(number) : '');
          const logsOn = heard.includes('kerberos') || heard.includes('ntlm');
          expect(hosts.text('users', row)).toBe(logsOn ? `user${number}` : '');
          expect(hosts.text('mac', row)).toBe(isRouted ? '' : macOf(addressOf(number)));
          expect(hosts.text('otherAddresses', row)).toBe('');
          expect(report.hosts.findings[row] > 0).toBe(callsHome);
          const story = hosts.story(row);
          expect(story.map(({ atMs }) => atMs)).toEqual(story.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
        });
      }),
      { numRuns: 25 },
    );
  });
});
