import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bufferSource } from 'pcap-ts-parser';
import { afterAll, describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { flowsParquet } from '../../../src/export/parquet.ts';
import { recordsOf } from '../../../src/fleet/engine/native-read.ts';
import type { Target } from '../../../src/fleet/engine/open.ts';
import { engineSourceIn } from '../../../src/fleet/load/engine/relation.ts';
import { engineSets } from '../../../src/fleet/load/engine/sets.ts';
import { mappingOf } from '../../../src/fleet/load/engine/shapes.ts';
import { load, prepare } from '../../../src/fleet/load/load.ts';
import { sampleCapture } from '../../builders/sample.ts';
import { testEngine } from './engine.ts';

const opened = await testEngine();
const folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-engine-load-'));
afterAll(async () => {
  await opened?.end();
  rmSync(folder, { recursive: true, force: true });
});

const START_S = 1_764_400_000;
const ROWS = 200;
const ZEEK_FIELDS =
  'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes conn_state history ' +
  'orig_pkts orig_ip_bytes resp_pkts resp_ip_bytes';

/** Connections over three hours as cells of conn.log. */
function connRows(rows = ROWS): string[][] {
  return Array.from({ length: rows }, (_, row) => [
    `${START_S + 54 * row}.${String(row * 37).padStart(6, '0')}`,
    `C${row}`,
    row % 5 === 0 ? '2001:db8::7' : `10.0.0.${row % 7}`,
    String(40_000 + row),
    row % 5 === 0 ? '2001:db8::99' : `203.0.113.${row % 3}`,
    row % 2 === 0 ? '8443' : '443',
    row % 11 === 0 ? 'udp' : 'tcp',
    row % 4 === 0 ? 'ssl' : '',
    `${row % 9}.25`,
    String(300 + row),
    String(row % 13 === 0 ? 0 : 700),
    row % 13 === 0 ? 'S0' : 'SF',
    row % 13 === 0 ? 'S' : 'ShADadFf',
    '5',
    String(560 + row),
    row % 13 === 0 ? '0' : '6',
    row % 13 === 0 ? '0' : '980',
  ]);
}

function zeekLog(name: string, fields: string, rows: readonly (readonly string[])[]) {
  const head = `#separator \\x09\n#unset_field\t\n#path\t${name}\n#fields\t${fields.replaceAll(' ', '\t')}\n`;
  const text = head + rows.map((cells) => `${cells.join('\t')}\n`).join('');
  return bufferSource(Buffer.from(text), `${name}.log`);
}

async function target(database: string): Promise<Target> {
  const made: Target = { engine: opened!.engine, database, cluster: null };
  await prepare(made, null);
  return made;
}

function loaded(into: Target, text: string, map: readonly string[] = [], say: (line: string) => void = () => {}) {
  const sets = engineSets(into, engineSourceIn(text)!, mappingOf(map));
  return sets.then((found) => load(into, [], DEFAULT_SETTINGS, say, found));
}

/** All flows of a database but for where they stood in what they came from. */
async function flowsOf({ engine, database }: Target) {
  const answer = await engine.read(
    `SELECT toString(tuple(* EXCEPT (file, block, row))) AS flow FROM \`${database}\`.flows ORDER BY flow`,
  );
  return recordsOf(answer).map(({ flow }) => flow);
}

/** Makes a table of texts in the columns that rows have in this order, with types by name. */
async function makeTable(
  { engine }: Target,
  table: string,
  columns: readonly (readonly [name: string, type: string])[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  const place = path.join(folder, `${table}.tsv`);
  writeFileSync(place, rows.map((cells) => `${cells.join('\t')}\n`).join(''));
  const quoted = columns.map(([name, type]) => `\`${name}\` ${type}`).join(', ');
  await engine.run(`CREATE TABLE ${table} (${quoted}) ENGINE = MergeTree ORDER BY tuple()`);
  const structure = columns.map(([name, type]) => `\`${name}\` ${type === 'FixedString(16)' ? 'String' : type}`);
  await engine.run(
    `INSERT INTO ${table} SELECT ${columns
      .map(([name, type]) => (type === 'FixedString(16)' ? `MD5(\`${name}\`)` : `\`${name}\``))
      .join(', ')} FROM file({place:String}, 'TSV', {structure:String})`,
    { place, structure: structure.join(', ') },
  );
}

describe.skipIf(opened === null)('a table that an engine has', () => {
  const zeekTypes = ZEEK_FIELDS.split(' ').map((field) => {
    if (field === 'ts') return [field, "DateTime64(6, 'UTC')"] as const;
    if (/_(?:p|pkts|bytes)$/.test(field)) return [field.replace('id.', 'id_'), 'UInt64'] as const;
    return [
      field.replace('id.', 'id_'),
      field === 'duration' ? 'Nullable(Float64)' : 'LowCardinality(String)',
    ] as const;
  });

  it('of conn.log gives the flows that the log itself gives, once', async () => {
    const [ofLog, ofTable] = [await target('of_log'), await target('of_table')];
    await load(ofLog, [zeekLog('conn', ZEEK_FIELDS, connRows())], DEFAULT_SETTINGS, () => {});
    await makeTable(ofTable, 'of_table.conn', zeekTypes, connRows());
    expect(await loaded(ofTable, 'table:of_table.conn')).toMatchObject({ flows: ROWS, known: 0, left: [] });
    expect(await flowsOf(ofTable)).toEqual(await flowsOf(ofLog));
    expect((await loaded(ofTable, 'table:of_table.conn')).flows).toBe(0);
    expect(await flowsOf(ofTable)).toHaveLength(ROWS);
  });

  it('is loaded anew in the hours that changed, and in no other', async () => {
    const into = await target('grown');
    await makeTable(into, 'grown.conn', zeekTypes, connRows());
    await loaded(into, 'table:grown.conn');
    await into.engine.run(
      "INSERT INTO grown.conn SELECT * REPLACE ('C9999' AS uid, 9 AS id_orig_p) FROM grown.conn LIMIT 1",
    );
    const again = await loaded(into, 'table:grown.conn');
    expect(again.loaded).toBe(1);
    expect(again.known).toBeGreaterThan(1);
    expect(await flowsOf(into)).toHaveLength(ROWS + 1);
  });

  it('of any columns is read by a mapping, and says which are missing', async () => {
    const into = await target('mapped');
    const columns = [
      ['began', 'UInt64'],
      ['took', 'Float64'],
      ['a', 'IPv6'],
      ['b', 'String'],
      ['dport', 'UInt16'],
      ['l4', 'String'],
      ['out', 'UInt64'],
    ] as const;
    await makeTable(into, 'mapped.netflow', columns, [
      [String(START_S), '1.5', '::ffff:10.0.0.1', '203.0.113.1', '443', 'TCP', '77'],
    ]);
    await expect(loaded(into, 'table:mapped.netflow', ['src_ip=a'])).rejects.toThrow('no column says dst_ip');
    await expect(loaded(into, 'table:mapped.netflow', ['src_ip=nope'])).rejects.toThrow('there is no column nope');
    expect(() => mappingOf(['what=a'])).toThrow('with a field of');
    const map = [
      'src_ip=a',
      'dst_ip=b',
      'dst_port=dport',
      'start=began',
      'duration_s=took',
      'protocol=l4',
      'src2dst_bytes=out',
    ];
    await loaded(into, 'table:mapped.netflow', map);
    const [flow] = recordsOf(
      await into.engine.read(
        'SELECT src_ip, dst_ip, dst_port, protocol, first_seen_ms, duration_ms, src2dst_bytes FROM mapped.flows',
      ),
    );
    expect(flow).toEqual({
      src_ip: '10.0.0.1',
      dst_ip: '203.0.113.1',
      dst_port: 443,
      protocol: 6,
      first_seen_ms: START_S * 1000,
      duration_ms: 1500,
      src2dst_bytes: 77,
    });
  });

  it('that is not there is refused with its name', async () => {
    await expect(loaded(await target('none'), 'table:none.conn')).rejects.toThrow('none.conn');
    expect(() => engineSourceIn('table:conn')).toThrow('table:DATABASE.TABLE');
    expect(engineSourceIn('folder/conn.log')).toBeNull();
  });
});

describe.skipIf(opened === null)('a database of RITA v5', () => {
  const ends = [
    ['ts', 'DateTime'],
    ['zeek_uid', 'FixedString(16)'],
    ['src', 'IPv6'],
    ['dst', 'IPv6'],
    ['src_port', 'UInt32'],
    ['dst_port', 'UInt32'],
    ['proto', 'LowCardinality(String)'],
    ['service', 'LowCardinality(String)'],
    ['conn_state', 'LowCardinality(String)'],
    ['duration', 'Float64'],
    ['src_bytes', 'UInt64'],
    ['dst_bytes', 'UInt64'],
    ['src_ip_bytes', 'UInt64'],
    ['dst_ip_bytes', 'UInt64'],
    ['src_packets', 'UInt64'],
    ['dst_packets', 'UInt64'],
  ] as const;
  const texts = (names: string) => names.split(' ').map((name) => [name, 'String'] as const);
  const row = (uid: string, at: number, to: string, port: number): string[] =>
    `${START_S + at} ${uid} ::ffff:10.0.0.1 ::ffff:${to} 40000 ${port} tcp ssl SF 1 300 700 560 980 5 6`.split(' ');

  it('gives its connections once, with the names of their logs, and those through a proxy', async () => {
    const into = await target('rita_in');
    await into.engine.run('CREATE DATABASE rita');
    await makeTable(
      into,
      'rita.conn',
      [...ends, ['missing_host_header', 'Bool'], ['zeek_history', 'String']],
      [
        [...row('a', 0, '203.0.113.1', 443), 'false', 'ShADadFf'],
        [...row('b', 60, '203.0.113.2', 80), 'false', 'ShADadFf'],
        [...row('b', 60, '203.0.113.2', 80), 'true', ''],
      ],
    );
    await makeTable(
      into,
      'rita.ssl',
      [...ends, ...texts('server_name server_subject server_issuer validation_status ja3 ja3s')],
      [
        [
          ...row('a', 1, '203.0.113.1', 443),
          'c2.example',
          'CN=c2',
          'CN=c2',
          'self signed certificate',
          'f'.repeat(32),
          '',
        ],
      ],
    );
    await makeTable(
      into,
      'rita.http',
      [...ends, ...texts('host method uri http_version useragent'), ['status_code', 'UInt64']],
      [[...row('p', 120, '10.0.0.9', 3128), 'asked.example', 'CONNECT', 'asked.example:443', '1.1', 'agent', '200']],
    );
    const said: string[] = [];
    expect(await loaded(into, 'rita:rita', [], (line) => said.push(line))).toMatchObject({ flows: 3, left: [] });
    const flows = recordsOf(
      await into.engine.read(
        'SELECT dst_ip, through_ip, requested_server_name AS name, CAST(user_agent AS String) AS agent, ' +
          'src2dst_ip_bytes AS sent FROM rita_in.flows ORDER BY first_seen_ms',
      ),
    );
    expect(flows).toEqual([
      { dst_ip: '203.0.113.1', through_ip: '', name: 'c2.example', agent: '', sent: 560 },
      { dst_ip: '203.0.113.2', through_ip: '', name: '', agent: '', sent: 560 },
      { dst_ip: 'asked.example', through_ip: '10.0.0.9', name: 'asked.example', agent: 'agent', sent: 560 },
    ]);
    expect(said[0]).toContain('RITA rita, 2025-11-29T07h');
  });

  it('of another version is refused, naming what it lacks', async () => {
    await expect(loaded(await target('rita_not'), 'rita:rita_not')).rejects.toThrow('it has no column conn.ts');
  });
});

describe.skipIf(opened === null)('Parquet that an engine reads', () => {
  const parquet = async (): Promise<{ bytes: Buffer; ofReader: Target }> => {
    const { flows } = await analyze([bufferSource(sampleCapture(), 'sample.pcap')], DEFAULT_SETTINGS);
    return { bytes: Buffer.concat([...flowsParquet(flows)]), ofReader: await target('of_reader') };
  };

  it('gives the flows that the reader of Parquet gives, from files and from a web server', async () => {
    const { bytes, ofReader } = await parquet();
    await load(ofReader, [bufferSource(bytes, 'flows.parquet')], DEFAULT_SETTINGS, () => {});
    const place = path.join(folder, 'flows.parquet');
    writeFileSync(place, bytes);
    const ofFiles = await target('of_files');
    await loaded(ofFiles, `parquet:${path.join(folder, '*.parquet')}`);
    expect(await flowsOf(ofFiles)).toEqual(await flowsOf(ofReader));
    const server = createServer((request, response) =>
      answerRange(request.headers.range, response, readFileSync(place)),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const ofWeb = await target('of_web');
    await loaded(ofWeb, `http://127.0.0.1:${(server.address() as AddressInfo).port}/flows.parquet`);
    server.closeAllConnections();
    server.close();
    expect(await flowsOf(ofWeb)).toEqual(await flowsOf(ofReader));
  });
});

/** What a web server does with a request for a part of a file. */
function answerRange(range: string | undefined, response: ServerResponse, file: Buffer): void {
  const [, first, last = ''] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  if (first === undefined) {
    response.writeHead(200, { 'content-length': file.length, 'accept-ranges': 'bytes' }).end(file);
    return;
  }
  const end = last === '' ? file.length - 1 : Math.min(file.length - 1, Number(last));
  const part = file.subarray(Number(first), end + 1);
  response
    .writeHead(206, {
      'content-length': part.length,
      'accept-ranges': 'bytes',
      'content-range': `bytes ${first}-${end}/${file.length}`,
    })
    .end(part);
}
