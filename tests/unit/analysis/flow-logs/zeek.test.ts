import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  CONN_FIELDS,
  connRow,
  DNS_FIELDS,
  HTTP_FIELDS,
  SSL_FIELDS,
  zeekJson,
  type ZeekStyle,
  zeekTsv,
} from '../../../builders/logs/zeek.ts';
import { analyzeLogs, flowsOf } from './read-logs.ts';

const CONNECTION = {
  source: '192.168.4.76',
  destination: '31.3.245.133',
  sourcePort: 36_844,
  destinationPort: 443,
  protocol: 6,
  vlanId: 0,
  firstMs: 1_591_367_999_305,
  lastMs: 1_591_367_999_560,
  packetsSent: 9,
  packetsReceived: 8,
  bytesSent: 1096,
  bytesReceived: 5224,
  name: '',
  nameSource: '',
};

describe('conn.log', () => {
  it('is read as tab-separated text, with IP bytes and whole milliseconds', async () => {
    const analysis = await analyzeLogs(zeekTsv('conn', CONN_FIELDS, [connRow()]));
    expect(flowsOf(analysis)).toEqual([CONNECTION]);
    expect(analysis.captures).toMatchObject([
      {
        format: 'Zeek conn.log',
        flows: 1,
        packets: 0,
        firstMs: CONNECTION.firstMs,
        lastMs: CONNECTION.lastMs,
        warnings: [],
      },
    ]);
    expect(analysis.captures[0].lacks?.join()).toMatch(/packets.*link-layer bytes/);
  });

  it('is read as JSON lines', async () => {
    expect(flowsOf(await analyzeLogs(zeekJson([connRow()])))).toEqual([CONNECTION]);
  });

  it('is read where a shipper renamed the addresses', async () => {
    const row = connRow();
    const flat = Object.fromEntries(Object.entries(row).map(([field, value]) => [field.replace('id.', 'id_'), value]));
    const nested = { ...row, id: { orig_h: '10.0.0.1', orig_p: 1, resp_h: '10.0.0.2', resp_p: 2 } };
    for (const field of CONN_FIELDS.filter((name) => name.startsWith('id.'))) Reflect.deleteProperty(nested, field);
    const analysis = await analyzeLogs(`${JSON.stringify(flat)}\n${JSON.stringify(nested)}\n`);
    expect(flowsOf(analysis).map(({ source, destinationPort }) => [source, destinationPort])).toEqual([
      ['192.168.4.76', 443],
      ['10.0.0.1', 2],
    ]);
  });

  it.each([
    ['another separator', { separator: '|' }],
    ['two characters as separator', { separator: '::' }],
    ['other marks for empty and unset', { emptyField: 'EMPTY', unsetField: 'NONE' }],
  ])('is read with %s', async (_, style: ZeekStyle) => {
    const analysis = await analyzeLogs(
      zeekTsv('conn', CONN_FIELDS, [connRow({ duration: undefined, service: style.emptyField })], style),
    );
    expect(flowsOf(analysis)).toEqual([{ ...CONNECTION, lastMs: CONNECTION.firstMs }]);
  });

  it('is read with its fields in another order, and with a second header further on', async () => {
    const text =
      zeekTsv('conn', CONN_FIELDS.toReversed(), [connRow()]) +
      zeekTsv('conn', CONN_FIELDS, [connRow({ uid: 'C2' })], { separator: ',' });
    expect(flowsOf(await analyzeLogs(text))).toEqual([CONNECTION, CONNECTION]);
  });

  it('is read packed, and with line ends of Windows', async () => {
    const text = zeekTsv('conn', CONN_FIELDS, [connRow()]);
    const other = zeekTsv('conn', CONN_FIELDS, [connRow({ 'id.orig_p': 1 })]);
    const analysis = await analyzeLogs(gzipSync(text), other.replaceAll('\n', '\r\n'));
    expect(flowsOf(analysis)).toEqual([CONNECTION, { ...CONNECTION, sourcePort: 1 }]);
    expect(analysis.captures.map(({ compression }) => compression)).toEqual(['gzip', null]);
  });

  it('keeps times that lie years apart, in any order', async () => {
    const seconds = [1_591_367_999.305, 1_891_367_999.001, 1_591_367_998.5, 3.25, 0, 1_591_367_999.305];
    const analysis = await analyzeLogs(
      zeekTsv(
        'conn',
        CONN_FIELDS,
        seconds.map((ts, number) => connRow({ ts, uid: `C${number}`, duration: 5_000_000 })),
      ),
    );
    expect(flowsOf(analysis).map(({ firstMs }) => firstMs)).toEqual(seconds.map((ts) => Math.round(ts * 1000)));
    expect(flowsOf(analysis).map(({ lastMs }) => lastMs)).toEqual(seconds.map((ts) => Math.round(ts * 1000) + 5e9));
  });

  it('keeps IPv6, VLAN ids and the protocol; ICMP has no ports', async () => {
    const rows = [
      connRow({
        'id.orig_h': 'FE80:0:0::1',
        'id.resp_h': 'ff02::fb',
        proto: 'icmp',
        'id.orig_p': 135,
        'id.resp_p': 136,
      }),
      connRow({ proto: 'udp', vlan: 7 }),
      connRow({ proto: 'unknown_transport', ip_proto: 47 }),
    ];
    const analysis = await analyzeLogs(zeekTsv('conn', [...CONN_FIELDS, 'vlan', 'ip_proto'], rows));
    expect(flowsOf(analysis)).toMatchObject([
      { source: 'fe80::1', destination: 'ff02::fb', protocol: 58, sourcePort: 0, destinationPort: 0 },
      { protocol: 17, vlanId: 7 },
      { protocol: 47 },
    ]);
  });

  it('without IP bytes has those of payload, and says so', async () => {
    const { flows, captures } = await analyzeLogs(
      zeekTsv('conn', CONN_FIELDS, [connRow({ uid: 'C2', orig_ip_bytes: undefined }), connRow()]),
    );
    expect([...flows.bytesSent]).toEqual([620, 1096]);
    expect(captures[0].lacks?.join()).toContain('IP bytes in 1 of 2 rows');
  });
});

describe('rows that cannot be read', () => {
  it('are counted, the first of them named with line and reason, and the rest is analysed', async () => {
    const good = zeekTsv('conn', CONN_FIELDS, [connRow()]);
    const bad = [
      'a\tb',
      ...Array.from(
        { length: 7 },
        () => zeekTsv('conn', CONN_FIELDS, [connRow({ 'id.orig_h': 'host' })]).split('\n')[8],
      ),
    ];
    const { flows, captures } = await analyzeLogs(`${good}${bad.join('\n')}\n`);
    expect(flows.length).toBe(1);
    expect(captures[0].warnings.map(({ message }) => message)).toEqual([
      'line 11 was left out: it has 2 fields where the header names 21',
      ...[12, 13, 14, 15].map((line) => `line ${line} was left out: the source is not an IP address`),
      '8 lines were left out; the first 5 are named before',
    ]);
  });

  it.each([
    ['id.orig_p', '70000', 'source port invalid'],
    ['ts', 'yesterday', 'the start is neither a number since 1970 nor a time such as 2026-01-31T10:00:00Z'],
    ['duration', 'long', 'the duration is no number of seconds'],
    ['orig_ip_bytes', '-5', 'number of bytes invalid'],
    ['orig_pkts', '1e20', 'number of packets invalid'],
    ['id.resp_h', '1.2.3', 'the destination is not an IP address'],
  ])('%s = %s', async (field, value, reason) => {
    const rows = [connRow(), connRow({ uid: 'C2', [field]: value })];
    const { captures, flows } = await analyzeLogs(zeekTsv('conn', CONN_FIELDS, rows));
    expect(flows.length).toBe(1);
    expect(captures[0].warnings[0]?.message).toBe(`line 10 was left out: ${reason}`);
  });

  it('are refused where there are no others, and said beside files that are read', async () => {
    const bad = zeekTsv('conn', CONN_FIELDS, [connRow({ 'id.orig_h': 'host' }), connRow({ 'id.orig_h': 'host' })]);
    const reason = 'none of its 2 lines can be read; line 9: the source is not an IP address';
    await expect(analyzeLogs(bad)).rejects.toThrow(reason);
    await expect(analyzeLogs('{"_path":"conn"}\n')).rejects.toThrow('its only line cannot be read; line 1: it has no');
    const { captures, flows } = await analyzeLogs(bad, zeekTsv('conn', CONN_FIELDS, [connRow()]));
    expect(flows.length).toBe(1);
    expect(captures.map(({ format }) => format)).toEqual([null, 'Zeek conn.log']);
    expect(captures[0].warnings[0]?.message).toContain(reason);
  });

  it('are not those that are not there, which is said', async () => {
    for (const text of [zeekTsv('conn', CONN_FIELDS, []), `${CONN_FIELDS.join(',')}\n`]) {
      const { captures } = await analyzeLogs(text);
      expect(captures[0].warnings.map(({ message }) => message)).toEqual(['it has a header, but no rows']);
    }
  });

  it('are no reason to refuse a log of which others say nothing of connections', async () => {
    const { captures } = await analyzeLogs(`${zeekTsv('weird', ['ts', 'name'], [{ ts: '1', name: 'x' }])}a\tb\tc\n`);
    expect(captures[0].warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^line 11 was left out/),
    ]);
  });

  it('are a last line that the file cuts, as text, JSON or packed', async () => {
    const text = zeekTsv('conn', CONN_FIELDS, [connRow(), connRow()]).split('#close')[0].slice(0, -40);
    const json = zeekJson([connRow({ 'id.orig_p': 1 }), connRow()]).slice(0, -40);
    const analysis = await analyzeLogs(text, json);
    expect(analysis.flows.length).toBe(2);
    expect(analysis.captures.map(({ warnings }) => warnings[0]?.message)).toEqual([
      'line 10 was left out: the file ends inside it',
      'line 2 was left out: the file ends inside it',
    ]);
    const rows = Array.from({ length: 3000 }, (_, index) => connRow({ uid: `C${index * 7919}`, 'id.orig_p': index }));
    const packed = gzipSync(zeekTsv('conn', CONN_FIELDS, rows));
    const cut = await analyzeLogs(packed.subarray(0, packed.length - 200));
    expect(cut.flows.length).toBeGreaterThan(2000);
    expect(cut.captures[0].warnings[0]?.kind).toBe('cut-compression');
  });
});

describe('names of other logs', () => {
  const conn = zeekTsv('conn', CONN_FIELDS, [
    connRow({ uid: 'C1' }),
    connRow({ uid: 'C2' }),
    connRow({ uid: 'C3' }),
    connRow({ uid: 'C4' }),
  ]);
  const ssl = zeekTsv('ssl', SSL_FIELDS, [
    { ts: 1, uid: 'C1', server_name: 'TLS.example' },
    { ts: 1, uid: 'C4' },
  ]);
  const http = zeekTsv('http', HTTP_FIELDS, [
    { ts: 1, uid: 'C2', host: 'http.example' },
    { ts: 2, uid: 'C2', host: 'later.example' },
  ]);
  const dns = [
    { ts: 1, uid: 'C3', query: 'first.example' },
    { ts: 2, uid: 'C3', query: 'last.example' },
    { ts: 2, uid: 'C1', query: 'no.example' },
  ];
  const names = [
    ['tls.example', 'tls'],
    ['http.example', 'http'],
    ['last.example', 'dns'],
    ['', ''],
  ];

  it('are joined by uid, whatever the order of the files', async () => {
    for (const texts of [
      [conn, ssl, http, zeekTsv('dns', DNS_FIELDS, dns)],
      [zeekTsv('dns', DNS_FIELDS, dns), http, ssl, conn],
    ]) {
      const analysis = await analyzeLogs(...texts);
      expect(flowsOf(analysis).map(({ name, nameSource }) => [name, nameSource])).toEqual(names);
    }
  });

  it('are joined when all are JSON lines in one file', async () => {
    const text =
      ['C1', 'C2', 'C3', 'C4'].map((uid) => zeekJson([connRow({ uid })])).join('') +
      zeekJson([
        { ts: 1, uid: 'C1', cipher: 'x', server_name: 'tls.example' },
        { ts: 1, uid: 'C2', trans_depth: 1, host: 'http.example' },
        ...dns.map(({ ts, uid, query }) => ({ ts, uid, query, trans_id: 5 })),
      ]);
    const analysis = await analyzeLogs(text);
    expect(flowsOf(analysis).map(({ name, nameSource }) => [name, nameSource])).toEqual(names);
  });

  it('are bounded and printable', async () => {
    const hostile = zeekTsv('ssl', SSL_FIELDS, [
      { uid: 'C1', server_name: `\u001b[31m\u202e${'x'.repeat(300)}.example` },
    ]);
    const [{ name }] = flowsOf(await analyzeLogs(conn, hostile));
    expect(name).toMatch(/^x{247}\.example$/);
  });

  it('of logs with neither connections nor names pass quietly', async () => {
    const { captures } = await analyzeLogs(
      conn,
      zeekTsv('weird', ['ts', 'uid', 'name'], [{ ts: 1, uid: 'C1', name: 'bad_checksum' }]),
    );
    expect(captures).toMatchObject([
      { warnings: [] },
      { format: 'Zeek weird.log', warnings: [], lacks: ['anything that is used here'] },
    ]);
  });
});
