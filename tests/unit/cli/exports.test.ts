import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connRow, CONN_FIELDS, zeekTsv } from '../../builders/logs/zeek.ts';
import { tcpConversation } from '../../builders/conversation.ts';
import { pcap } from '../../builders/pcap.ts';
import { httpRequest, httpResponse } from '../../builders/payloads/http.ts';
import { call } from './call.ts';
import { steadyCapture } from './captures.ts';

const ENDS = '10.0.0.1,203.0.113.9,5000';
let folder = '';
const at = (name: string): string => path.join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-'));
  writeFileSync(at('steady.pcap'), steadyCapture(12));
  writeFileSync(
    at('conn.log'),
    zeekTsv(
      'conn',
      CONN_FIELDS,
      Array.from({ length: 6 }, (_, index) => connRow({ ts: 1_600_000_000 + 30 * index })),
    ),
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('what a call writes', () => {
  it.each(['flows.csv', 'flows.parquet'])('opens again as %s, with the same table', async (name) => {
    const direct = await call(at('steady.pcap'), '--flows', at(name));
    expect(direct).toMatchObject({ status: 0, errors: '' });
    const again = await call(at(name));
    // Whose a MAC address is, frames tell and flows do not.
    expect({ ...again, output: again.output.split('\nLook first at')[0] }).toEqual({
      ...direct,
      output: direct.output.split('\nLook first at')[0],
    });
  });

  it('is the connections as Parquet, with the values and names of the CSV', async () => {
    await call(at('steady.pcap'), '--connections', at('connections.csv'));
    await call(at('steady.pcap'), '--connections', at('connections.parquet'));
    const { data } = Papa.parse<Record<string, string>>(readFileSync(at('connections.csv'), 'utf8').trimEnd(), {
      header: true,
    });
    const bytes = new Uint8Array(readFileSync(at('connections.parquet')));
    const rows = await parquetReadObjects({ file: bytes.buffer });
    expect(
      rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, textOf(value)]))),
    ).toEqual(data);
    expect(data[0]).toMatchObject({ src2dst_packets: '12', dst2src_bytes: '0', ConnectionCount: '12' });
  });

  it('is the requests of a connection, and a flow put together', async () => {
    const messages = [
      { from: 'client' as const, bytes: httpRequest({ method: 'GET', path: '/x', host: 'a.example', userAgent: 'u' }) },
      { from: 'server' as const, bytes: httpResponse({ status: 200, bodyLength: 3 }) },
    ];
    const [client, server] = [
      { address: '10.0.0.1', port: 40_000 },
      { address: '203.0.113.9', port: 80 },
    ];
    const flows = [0, 60, 120].flatMap((later) => {
      return tcpConversation({ client: { ...client, port: 40_000 + later }, server, start: 1e9 + later, messages });
    });
    writeFileSync(at('http.pcap'), gzipSync(pcap({ packets: flows })));
    const options = [at('http.pcap'), '--min-flows', '1'];
    const { output } = await call(...options, '--requests', '-');
    expect(output).toMatch(/^# 10\.0\.0\.1 -> 203\.0\.113\.9 port 80\n2001-09-09T/);
    expect(output.match(/GET a\.example\/x, 200 text\/html, 3 bytes, u/g)).toHaveLength(3);
    await call(...options, '--requests', at('requests.json'));
    expect(JSON.parse(readFileSync(at('requests.json'), 'utf8'))).toMatchObject([
      { source: '10.0.0.1', port: 80, exchanges: [{ path: '/x' }, {}, {}], flows: [{ ended: 'closed' }, {}, {}] },
    ]);
    const followed = await call(...options, '--follow', '10.0.0.1,203.0.113.9,80,40060');
    expect(followed.output).toMatch(/^# 10\.0\.0\.1 port 40060 -> .* port 80\n>> client, [^\n]*\nGET \/x HTTP\/1\.1\n/);
    expect((await call(...options, '--follow', '10.0.0.1,203.0.113.9,81')).output).toMatch(/^No payload between/);
    expect((await call(...options, '--follow', 'a,b,80')).errors).toMatch(/--follow takes SRC,DST,PORT/);
  });

  it('is a report with the digest of the file and the chosen connection', async () => {
    expect(await call(at('steady.pcap'), '--report', at('report.html'), '--connection', ENDS)).toMatchObject({
      status: 0,
    });
    const text = readFileSync(at('report.html'), 'utf8');
    expect(text).toMatch(/<dd>[0-9a-f]{64}<\/dd>/);
    expect(text).toContain('12 of 12 check-ins present');
  });

  it('is lines for the first connections where none is chosen', async () => {
    const { output } = await call(at('steady.pcap'), '--lines', '-');
    expect(output).toContain('# 10.0.0.1 -> 203.0.113.9 port 5000\n');
    expect(output).toContain('udp.dstport == 5000');
  });

  it('is lines with every port of a connection between two addresses, as far as there is room', async () => {
    const rows = Array.from({ length: 40 }, (_, index) =>
      connRow({ ts: 1_591_367_999 + index, 'id.resp_p': 8000 + index }),
    );
    writeFileSync(at('ports.log'), zeekTsv('conn', CONN_FIELDS, rows));
    const { output } = await call(at('ports.log'), '--group-by', 'src,dst', '--lines', '-');
    expect(output).toContain('(tcp.dstport == 8000 || tcp.dstport == 8001 || ');
    expect(output.match(/\|\| tcp\.dstport/g)).toHaveLength(31);
    expect(output).toContain('# These cover the 32 addresses and ports that most flows go to; 8 more are left out.\n');
  });

  it('is a capture of the chosen connection, which opens again', async () => {
    const carved = await call(at('steady.pcap'), '--carve', at('carved.pcapng'), '--connection', ENDS);
    expect(carved).toMatchObject({ status: 0, errors: `${at('carved.pcapng')}: 12 packets\n` });
    const again = await call(at('carved.pcapng'));
    expect(again.output).toBe(carved.output);
  });

  it('is of logs and captures together', async () => {
    const { output } = await call(at('steady.pcap'), at('conn.log'), '--json');
    const parsed = JSON.parse(output) as { captures: unknown[]; connections: unknown[] };
    expect(parsed.captures).toMatchObject([
      { format: 'pcap' },
      { format: 'Zeek conn.log', flows: 6, lacks: ['packets', expect.anything(), expect.stringContaining('names')] },
    ]);
    expect(parsed.connections).toHaveLength(2);
  });
});

describe('a call that cannot be done', () => {
  it.each([
    [['--connection', '10.0.0.1,host,5'], /--connection takes SRC,DST,PORT/],
    [['--connection', '10.0.0.1,10.0.0.2,70000'], /--connection takes/],
    [['--connection', '10.0.0.1'], /--connection takes/],
    [['--carve', 'x.pcapng'], /needs a --connection/],
    [['--carve', '-', '--connection', ENDS], /writes a file/],
    [['--lines', '-', '--report', '-'], /standard output/],
    [['--lines', 'a', '--report', 'a'], /cannot hold both/],
    [['--lines', '-', '--connection', '10.0.0.9,10.0.0.2,1'], /not among the listed connections/],
  ])('%j is said in one line', async (options, message) => {
    const { status, errors } = await call(at('steady.pcap'), ...options);
    expect(status).toBe(2);
    expect(errors).toMatch(message);
    expect(errors.trimEnd()).not.toContain('\n');
  });

  it('does not write over the capture that it carves from', async () => {
    const { status } = await call(at('steady.pcap'), '--carve', at('steady.pcap'), '--connection', ENDS);
    expect(status).toBe(2);
    expect(readFileSync(at('steady.pcap')).length).toBe(steadyCapture(12).length);
  });

  it('says where a file cannot be written', async () => {
    const { status, errors } = await call(at('steady.pcap'), '--carve', at('no/where.pcapng'), '--connection', ENDS);
    expect({ status, errors }).toMatchObject({
      status: 2,
      errors: expect.stringContaining('cannot be written (ENOENT)') as string,
    });
  });
});

/** A value as a cell of a CSV. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
