import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../../src/analysis/inspect/hosts/host-sightings.ts';
import { HostSightings } from '../../../../src/analysis/inspect/hosts/host-sightings.ts';
import { CONN_FIELDS, connRow, type ZeekRow, zeekJson, zeekTsv } from '../../../builders/logs/zeek.ts';
import { analyzeLogs } from './read-logs.ts';

const TS = '1700000000.250000';
const MS = 1_700_000_000_250;
const ENDS = { 'id.orig_h': '10.0.0.5', 'id.orig_p': 50_000, 'id.resp_h': '10.0.0.1', 'id.resp_p': 88 };

const LOGS: Record<string, ZeekRow[]> = {
  dhcp: [
    {
      ts: TS,
      uids: 'C1',
      mac: '00:0C:29:AA:BB:CC',
      host_name: 'desktop-7',
      client_fqdn: 'DESKTOP-7.corp.example',
      domain: 'corp.example',
      assigned_addr: '10.0.0.5',
      msg_types: 'DISCOVER,OFFER,REQUEST,ACK',
      client_software: 'MSFT 5.0',
    },
    { ts: TS, uids: 'C2', mac: '00:0c:29:aa:bb:dd', host_name: 'lost', msg_types: 'DISCOVER' },
  ],
  kerberos: [
    { ts: TS, uid: 'C3', ...ENDS, request_type: 'AS', client: 'jane/CORP.EXAMPLE', success: 'T' },
    { ts: TS, uid: 'C4', ...ENDS, request_type: 'AS', client: 'DESKTOP-7$/CORP.EXAMPLE', success: 'T' },
    { ts: TS, uid: 'C5', ...ENDS, request_type: 'AS', client: 'mallory/CORP.EXAMPLE', success: 'F' },
  ],
  ntlm: [
    {
      ts: TS,
      uid: 'C6',
      ...ENDS,
      username: 'jane',
      hostname: 'DESKTOP-7',
      domainname: 'CORP',
      server_nb_computer_name: 'DC1',
      server_dns_computer_name: 'dc1.corp.example',
      success: 'T',
    },
  ],
};

/** "10.0.0.5 user jane (kerberos)", in order of the texts. */
function told(sightings: readonly Sighting[]): string[] {
  return sightings.map(({ address, kind, text, source }) => `${address} ${kind} ${text} (${source})`).sort();
}

const SAID = [
  '10.0.0.1 name dc1.corp.example (ntlm)',
  '10.0.0.5 domain CORP (ntlm)',
  '10.0.0.5 domain CORP.EXAMPLE (kerberos)',
  '10.0.0.5 domain corp.example (dhcp)',
  '10.0.0.5 mac 00:0c:29:aa:bb:cc (dhcp)',
  '10.0.0.5 name DESKTOP-7 (kerberos)',
  '10.0.0.5 name DESKTOP-7 (ntlm)',
  '10.0.0.5 name DESKTOP-7.corp.example (dhcp)',
  '10.0.0.5 system MSFT 5.0 (dhcp)',
  '10.0.0.5 user jane (kerberos)',
  '10.0.0.5 user jane (ntlm)',
];

function fieldsOf(rows: readonly ZeekRow[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

describe('logs that tell of hosts', () => {
  it("are read as Zeek's text", async () => {
    const texts = Object.entries(LOGS).map(([path, rows]) => zeekTsv(path, fieldsOf(rows), rows));
    const { parts, captures } = await analyzeLogs(...texts);
    expect(told(parts.read.hostsSeen)).toEqual(SAID);
    expect(parts.read.hostsSeen[0]).toMatchObject({ firstMs: MS, lastMs: MS });
    expect(captures.map(({ format, warnings }) => [format, warnings])).toEqual([
      ['Zeek dhcp.log', []],
      ['Zeek kerberos.log', []],
      ['Zeek ntlm.log', []],
    ]);
  });

  it('are read as JSON lines, whatever is in which file', async () => {
    const { parts } = await analyzeLogs(...Object.values(LOGS).map((rows) => zeekJson(rows)));
    expect(told(parts.read.hostsSeen)).toEqual(SAID);
  });

  it("are known of Suricata's last requests at least, where very many wait for an address", async () => {
    const [many, kept, most] = [10_000, 4096, 8192];
    const event = (number: number, dhcp: object): string =>
      JSON.stringify({
        timestamp: '2023-11-14T22:13:20.250000+0000',
        event_type: 'dhcp',
        src_ip: '10.0.0.1',
        dest_ip: '10.0.0.5',
        flow_id: 1,
        dhcp: { client_mac: `00:0c:29:00:${hex(number >> 8)}:${hex(number & 255)}`, ...dhcp },
      });
    const numbers = Array.from({ length: many }, (_, number) => number);
    const requests = numbers.map((number) => event(number, { type: 'request', hostname: `pc-${number}` }));
    const answers = numbers.map((number) =>
      event(number, { type: 'reply', dhcp_type: 'ack', assigned_ip: `10.1.${number >> 8}.${number & 255}` }),
    );
    const { parts } = await analyzeLogs([...requests, ...answers].join('\n'));
    const named = new Set(parts.read.hostsSeen.map(({ text }) => text));
    const isNamed = numbers.map((number) => named.has(`pc-${number}`));
    expect(isNamed.slice(0, many - most)).not.toContain(true);
    expect(isNamed.slice(many - kept)).not.toContain(false);
  });

  it("are events of Suricata's too, where an address comes with the answer alone", async () => {
    const timestamp = '2023-11-14T22:13:20.250000+0000';
    const ends = { src_ip: '10.0.0.5', src_port: 50_000, dest_ip: '10.0.0.1', dest_port: 88 };
    const events = [
      {
        event_type: 'dhcp',
        dhcp: { type: 'request', client_mac: '00:0c:29:aa:bb:cc', assigned_ip: '0.0.0.0', hostname: 'desktop-7' },
      },
      {
        event_type: 'dhcp',
        dhcp: { type: 'reply', client_mac: '00:0c:29:aa:bb:cc', dhcp_type: 'offer', assigned_ip: '10.0.0.9' },
      },
      {
        event_type: 'dhcp',
        dhcp: { type: 'reply', client_mac: '00:0c:29:aa:bb:cc', dhcp_type: 'ack', assigned_ip: '10.0.0.5' },
      },
      { event_type: 'krb5', krb5: { msg_type: 'KRB_AS_REP', cname: 'jane', realm: 'CORP' } },
      { event_type: 'krb5', krb5: { msg_type: 'KRB_ERROR', cname: 'mallory', realm: 'CORP' } },
      {
        event_type: 'krb5',
        src_ip: '10.0.0.1',
        src_port: 88,
        dest_ip: '10.0.0.6',
        dest_port: 50_001,
        krb5: { msg_type: 'KRB_TGS_REP', cname: 'PC6$', realm: 'CORP' },
      },
      {
        event_type: 'smb',
        smb: { status: 'STATUS_SUCCESS', ntlmssp: { user: 'joe', domain: 'CORP', host: 'DESKTOP-7' } },
      },
      {
        event_type: 'smb',
        smb: { status: 'STATUS_LOGON_FAILURE', ntlmssp: { user: 'eve', domain: 'CORP', host: 'DESKTOP-7' } },
      },
    ];
    const text = events.map((event) => JSON.stringify({ timestamp, ...ends, flow_id: 1, ...event })).join('\n');
    const { parts } = await analyzeLogs(text);
    expect(told(parts.read.hostsSeen)).toEqual([
      '10.0.0.5 domain CORP (kerberos)',
      '10.0.0.5 domain CORP (ntlm)',
      '10.0.0.5 mac 00:0c:29:aa:bb:cc (dhcp)',
      '10.0.0.5 name DESKTOP-7 (ntlm)',
      '10.0.0.5 name desktop-7 (dhcp)',
      '10.0.0.5 user jane (kerberos)',
      '10.0.0.5 user joe (ntlm)',
      '10.0.0.6 domain CORP (kerberos)',
      '10.0.0.6 name PC6 (kerberos)',
    ]);
  });

  it('say once what they say again, with the first and the last time of it', () => {
    const hosts = new HostSightings();
    hosts.add('10.0.0.5', 'user', 'Jane', 'ntlm', 5000);
    hosts.add('::ffff', 'user', ' ', 'ntlm', 5000);
    hosts.add('no address', 'user', 'jane', 'ntlm', 5000);
    hosts.add('10.0.0.5', 'user', 'jane', 'ntlm', 1000);
    hosts.add('10.0.0.5', 'user', 'jane\u0007', 'ntlm', 1000);
    expect(hosts.all()).toEqual([
      { address: '10.0.0.5', kind: 'user', text: 'Jane', source: 'ntlm', firstMs: 1000, lastMs: 5000 },
      { address: '10.0.0.5', kind: 'user', text: 'jane?', source: 'ntlm', firstMs: 1000, lastMs: 1000 },
    ]);
  });
});

describe('local_orig and local_resp', () => {
  const ends = { 'id.orig_h': '198.51.100.7', 'id.resp_h': '203.0.113.9' };

  it('say which addresses are internal', async () => {
    const rows = [connRow({ ...ends, local_orig: 'T', local_resp: 'F' })];
    const { parts } = await analyzeLogs(zeekTsv('conn', CONN_FIELDS, rows));
    expect(parts.read.saidZones).toEqual({ internal: ['198.51.100.7'], external: ['203.0.113.9'] });
  });

  it('say nothing where none is local: Zeek was not told its networks', async () => {
    const rows = [connRow({ ...ends, local_orig: 'F', local_resp: 'F' }), connRow({ uid: 'C9' })];
    const { parts } = await analyzeLogs(zeekTsv('conn', CONN_FIELDS, rows));
    expect(parts.read.saidZones).toEqual({ internal: [], external: [] });
  });
});

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
