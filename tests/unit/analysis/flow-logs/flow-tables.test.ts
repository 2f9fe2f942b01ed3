import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { flowsCsv } from '../../../../src/export/csv.ts';
import { flowsParquet } from '../../../../src/export/parquet.ts';
import { CONTINUED, firstMsOf, type FlowColumns } from '../../../../src/analysis/flows/columns.ts';
import { flowColumns, type FlowRow } from '../connections/flow-columns.ts';
import { analyzeLogs, flowsOf } from './read-logs.ts';

const HEADER =
  'id,expiration_id,src_ip,src_port,dst_ip,dst_port,protocol,bidirectional_first_seen_ms,bidirectional_last_seen_ms,' +
  'src2dst_packets,src2dst_bytes,dst2src_packets,dst2src_bytes,application_name,requested_server_name,user_agent';
const row = (name: string, agent: string): string => {
  return `0,0,10.0.0.1,${3000 + name.length},93.184.216.34,80,6,1700000000000,1700000000003,3,276,1,60,HTTP,${name},${agent}`;
};

function concatenated(pieces: Iterable<Uint8Array>): Uint8Array {
  return new Uint8Array(Buffer.concat([...pieces]));
}

describe("NFStream's CSV", () => {
  it('is found behind what a spreadsheet, or somebody, wrote before its header', async () => {
    const table = `${HEADER}\n${row('ok.example', '')}\n`;
    const split = await analyzeLogs(`sep=,\r\n${table}`);
    const titled = await analyzeLogs(`Flows of Tuesday\n\n${table}`);
    for (const { flows } of [split, titled]) expect(flows.length).toBe(1);
    expect(split.captures[0].warnings).toEqual([]);
    expect(titled.captures[0].warnings).toMatchObject([
      { message: 'line 1 was left out: it stands before the header' },
    ]);
  });

  it('is read with its columns in any order, and says what it lacks', async () => {
    const names = HEADER.split(',').toReversed().join(',');
    const cells = row('ok.example', '').split(',').toReversed().join(',');
    // Behind a table in another order, too, to which it was joined.
    const other = `${HEADER}\n${row('ok.example', '').replaceAll('10.0.0.1', '10.0.0.9')}\n`;
    const joined = flowsOf(await analyzeLogs(`${other}${names}\n${cells}\n`));
    expect(joined.map(({ source }) => source)).toEqual(['10.0.0.9', '10.0.0.1']);
    const analysis = await analyzeLogs(`${names}\n${cells}\n`);
    expect(flowsOf(analysis)).toMatchObject([
      {
        source: '10.0.0.1',
        destinationPort: 80,
        firstMs: 1_700_000_000_000,
        lastMs: 1_700_000_000_003,
        packetsSent: 3,
        bytesSent: 276,
        name: 'ok.example',
        nameSource: 'log',
      },
    ]);
    expect(analysis.captures[0]).toMatchObject({ format: 'NFStream CSV', flows: 1, warnings: [] });
    expect(analysis.captures[0].lacks).toContain('bytes of payload: they are estimated from those of frames');
    expect([...analysis.flows.ipBytesSent]).toEqual([276]);
  });

  it.each([
    ['as RFC 4180 has it', '"A ""quoted"", agent"'],
    ['with a backslash, as NFStream writes it', '"A \\"quoted\\", agent"'],
    ['with a cell boundary inside', '"x\\",\\"y"'],
    ['not at all, in a cell that needs none', 'a"b'],
  ])('is read with quotes escaped %s', async (_, agent) => {
    const { flows, captures } = await analyzeLogs(
      `${HEADER}\n${row('ok.example', agent)}\n${row('after.example', '')}\n`,
    );
    expect(captures[0].warnings).toEqual([]);
    expect(flows.names).toEqual(['', 'ok.example', 'after.example']);
  });

  it('counts a row whose quoting no rule explains, and reads on', async () => {
    const { flows, captures } = await analyzeLogs(
      `${HEADER}\n${row('a', '"open')}\n${row('b', 'c,d')}\n${row('ok', '')}\n1,2`,
    );
    expect(flows.length).toBe(1);
    expect(captures[0].warnings.map(({ message }) => message)).toEqual([
      'line 2 was left out: it does not have the 16 cells of the header',
      'line 3 was left out: it does not have the 16 cells of the header',
      'line 5 was left out: the file ends inside it',
    ]);
  });

  it('is read with a byte-order mark, line ends of Windows, and only the columns it takes', async () => {
    const text = '\ufeffsrc_ip,dst_ip,dst_port,bidirectional_first_seen_ms\r\n::1,::2,53,1700000000000\r\n';
    const analysis = await analyzeLogs(text);
    expect(flowsOf(analysis)).toMatchObject([
      { source: '::1', destination: '::2', lastMs: 1_700_000_000_000, bytesSent: 0 },
    ]);
    expect(analysis.captures[0].lacks?.join()).toContain('sizes count as 0');
  });

  it('without the columns that make a flow is no flow table', async () => {
    await expect(analyzeLogs('src_ip,dst_ip\n1.1.1.1,2.2.2.2\n')).rejects.toMatchObject({ kind: 'not-a-capture' });
  });
});

const ROWS: FlowRow[] = [
  {
    source: '10.0.0.1',
    destination: '10.0.0.2',
    firstMs: 1_700_000_000_000,
    lastMs: 1_700_001_800_001,
    expirationId: 1,
    name: 'a.example',
    nameSource: 'tls',
    bytesSent: 5e9,
    payloadSent: 4e9,
    ipBytesSent: 4.5e9,
  },
  {
    source: 'fe80::1',
    destination: 'ff02::fb',
    port: 5353,
    protocol: 17,
    firstMs: 1_700_000_000_001,
    bytesSent: 0xffff_ffff,
  },
  {
    source: '10.0.0.2',
    destination: '10.0.0.1',
    firstMs: 1_700_001_800_002,
    begin: 1,
    firstPiece: 0,
    name: '=cmd()',
    nameSource: 'http',
  },
  { name: "'quoted", nameSource: 'dhcp', failed: true, firstMs: 5, signs: 513 },
  { name: "'=twice", nameSource: 'dns', begin: 2, firstMs: 5 },
];

/**
 * All columns as lists, addresses and names as text, first pieces of flows that have one; no row has a conversation.
 */
function comparable(flows: FlowColumns) {
  const {
    length,
    addresses,
    names,
    hostName: _,
    conversation: __,
    source,
    destination,
    name,
    firstPiece,
    originMs,
    sinceMs,
    ...columns
  } = flows;
  return {
    length,
    firstMs: Array.from(sinceMs, (ms) => originMs + ms),
    source: Array.from(source, (index) => addresses.text(index)),
    destination: Array.from(destination, (index) => addresses.text(index)),
    name: Array.from(name, (index) => names[index]),
    firstPiece: Array.from(firstPiece, (piece, flow) => (flows.begin[flow] === CONTINUED ? piece : null)),
    ...Object.fromEntries(Object.entries(columns).map(([column, values]) => [column, [...values]])),
  };
}

describe('our own tables', () => {
  it.each([
    ['CSV', (): Uint8Array | string => [...flowsCsv(flowColumns(ROWS))].join('')],
    ['CSV, packed', () => gzipSync([...flowsCsv(flowColumns(ROWS))].join(''))],
    ['Parquet', () => concatenated(flowsParquet(flowColumns(ROWS)))],
  ])('come back equal as %s', async (_, content) => {
    const { flows, captures } = await analyzeLogs(content());
    expect(captures[0].warnings).toEqual([]);
    expect(captures[0].lacks).toEqual(['packets']);
    expect(comparable(flows)).toEqual(comparable(flowColumns(ROWS)));
  });

  it('say the version of IP', () => {
    const [header, ...lines] = [...flowsCsv(flowColumns(ROWS))]
      .join('')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    expect(lines.map((cells) => cells[header.indexOf('ip_version')])).toEqual(['4', '6', '4', '4', '4']);
  });

  it('lead to the right first pieces behind another log', async () => {
    const text = [...flowsCsv(flowColumns(ROWS))].join('');
    const later = ROWS.map((flow) => Object.assign({}, flow, { sourcePort: 1 }));
    const { flows } = await analyzeLogs(text, [...flowsCsv(flowColumns(later))].join(''));
    expect([flows.firstPiece[2], flows.firstPiece[7]]).toEqual([0, 5]);
    expect([flows.begin[2], flows.begin[7]]).toEqual([1, 1]);
  });

  it('in many row groups come back whole', async () => {
    const rows = Array.from({ length: 70_000 }, (_, index) => ({ firstMs: index, sourcePort: index % 60_000 }));
    const pieces = [...flowsParquet(flowColumns(rows))];
    expect(pieces.length).toBe(3);
    const { flows } = await analyzeLogs(Buffer.concat(pieces));
    expect(flows.length).toBe(70_000);
    expect([firstMsOf(flows, 69_999), flows.sourcePort[65_536]]).toEqual([69_999, 5536]);
  });
});

describe('Parquet of others', () => {
  const columns = {
    src_ip: ['10.0.0.1'],
    dst_ip: ['10.0.0.2'],
    dst_port: [443],
    bidirectional_first_seen_ms: [1_700_000_000_000],
    extra: ['x'],
  };
  const written = (left: Record<string, unknown[]>): Uint8Array =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: Object.entries(left).map(([name, data]) => ({
          name,
          data,
          type: typeof data[0] === 'string' ? 'STRING' : 'DOUBLE',
        })),
      }),
    );

  it("is read by its columns' names", async () => {
    const analysis = await analyzeLogs(written(columns));
    expect(flowsOf(analysis)).toMatchObject([{ source: '10.0.0.1', destinationPort: 443, firstMs: 1_700_000_000_000 }]);
    expect(analysis.captures[0]).toMatchObject({ format: 'Parquet', flows: 1 });
  });

  it('without flows is refused with the column that is missing', async () => {
    const { dst_port: _, ...without } = columns;
    await expect(analyzeLogs(written(without))).rejects.toMatchObject({
      message: expect.stringContaining('dst_port') as string,
    });
  });

  it.each([[9], [40], [0.5], [0.9]])('cut after %d is a failure, not a crash', async (part) => {
    const bytes = written(columns);
    await expect(analyzeLogs(bytes.subarray(0, part < 1 ? bytes.length * part : part))).rejects.toMatchObject({
      name: 'NothingRead',
    });
  });

  it('with any byte changed is read, or refused', async () => {
    const bytes = concatenated(flowsParquet(flowColumns(ROWS)));
    for (let at = 4; at < bytes.length; at += 17) {
      const damaged = bytes.slice();
      damaged[at] ^= 0xff;
      const outcome = await analyzeLogs(damaged).then(
        ({ captures }) => captures.length,
        (error: unknown) => (error as Error).name,
      );
      expect([1, 'NothingRead']).toContain(outcome);
    }
  });

  it('packed as a whole has to be unpacked first, and says so', async () => {
    await expect(analyzeLogs(gzipSync(written(columns)))).rejects.toMatchObject({
      message: expect.stringContaining('unpacked first') as string,
    });
  });
});
