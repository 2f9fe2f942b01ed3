import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parquetReadObjects } from 'hyparquet';
import Papa from 'papaparse';
import { ipv4 } from '../builders/ipv4.ts';
import { packetAt, pcap } from '../builders/pcap.ts';
import { udp } from '../builders/udp.ts';

const REPO = path.resolve(import.meta.dirname, '../..');
/** A number that the registry gives to nobody: "reserved for private use". */
const LINK_TYPE = 150;
/** Each start of the copy translates all of its files, on however busy a machine. */
const MOST_MS = 120_000;

/** One change of a file: what is found there, and what stands in its place. */
type Change = readonly [file: string, found: string, put: string];

/** What CONTRIBUTING.md says that each addition touches, done to a copy of the code. */
const ADDITIONS: Readonly<Record<string, readonly Change[]>> = {
  'a column of a connection': [
    [
      'src/analysis/connections/schema.ts',
      "  flows: count('u32', 'ConnectionCount'",
      "  loud: count('u32', 'loud_flows', 'Loud flows', 'Flows that sent 40 bytes and more'),\n" +
        "  flows: count('u32', 'ConnectionCount'",
    ],
    [
      'src/analysis/connections/table.ts',
      '    table.failedFlows[row] +=',
      '    if (flows.bytesSent[flow] >= 40) table.loud[row]++;\n    table.failedFlows[row] +=',
    ],
  ],
  'a column of a flow': [
    [
      'src/analysis/flows/schema.ts',
      '\n} as const satisfies Record<string, FlowField>;',
      "\n  busy: field('u16', 'busy', 'packets', 'Busy', 'Packets of both ends together'),\n" +
        '} as const satisfies Record<string, FlowField>;',
    ],
    [
      'src/analysis/flows/flow-store.ts',
      '      columns.bytesSent[id] =',
      '      columns.busy[id] = record[at + PACKETS_SENT] + record[at + PACKETS_RECEIVED];\n' +
        '      columns.bytesSent[id] =',
    ],
  ],
  'a rule with a new fact': [
    [
      'src/analysis/triage/measures.ts',
      'export const MEASURES = {',
      'export const MEASURES = {\n  packetsOut: (flows, members) => sumOfWhole(flows, flows.packetsSent, members),',
    ],
    [
      'src/analysis/triage/rules/behaviour-rules.ts',
      'export const BEHAVIOUR_RULES: readonly Rule[] = [',
      'export const BEHAVIOUR_RULES: readonly Rule[] = [\n  {\n' +
        "    id: 'dozen',\n    points: 1,\n    applies: ({ measures }) => measures.packetsOut === 12,\n" +
        "    phrase: () => 'a dozen packets',\n  },",
    ],
  ],
  'a protocol': [
    [
      'src/analysis/protocols/application-ids.ts',
      '\n] as const;\n\nexport type Application',
      "\n  'Plover',\n] as const;\n\nexport type Application",
    ],
    [
      'src/analysis/inspect/applications/peers.ts',
      'export function recognisePeerUdp(packet: Payload): number {',
      "export function recognisePeerUdp(packet: Payload): number {\n  if (startsWith(packet, 'PLOVER')) return applicationId('Plover');",
    ],
  ],
  'a link type': [
    ['src/pcap-ts-parser/link/link.ts', '  [8, decodeSlip],', `  [8, decodeSlip],\n  [${LINK_TYPE}, decodePlover],`],
    [
      'src/pcap-ts-parser/link/link.ts',
      'import { decodeCiscoHdlc',
      "import { decodePlover } from './prefixed.ts';\nimport { decodeCiscoHdlc",
    ],
    [
      'src/pcap-ts-parser/link/prefixed.ts',
      '/** ',
      'export function decodePlover(packet: Packet, at: number, end: number): void {\n' +
        '  decodeInternet(packet, at + 3, end);\n}\n\n/** ',
    ],
  ],
};

/** They say where the parser's source lies. */
const TSCONFIGS = ['tsconfig.json', 'tsconfig.base.json'];

let copy = '';
const at = (name: string): string => path.join(copy, name);

/** Twelve datagrams, a minute apart, each behind three bytes. */
function capture(): Uint8Array {
  const payload = udp({ sourcePort: 7000, destinationPort: 7001, payload: new TextEncoder().encode('PLOVER says so') });
  const data = ipv4({ source: '10.0.0.1', destination: '203.0.113.9', protocol: 17, payload });
  const packets = Array.from({ length: 12 }, (_, index) => {
    return packetAt(1_700_000_000 + 150 * index, Uint8Array.of(1, 2, 3, ...data));
  });
  return pcap({ packets, linkType: LINK_TYPE });
}

beforeAll(async () => {
  mkdirSync(path.join(REPO, 'tests/.cache'), { recursive: true });
  copy = mkdtempSync(path.join(REPO, 'tests/.cache/adding-'));
  cpSync(path.join(REPO, 'src'), at('src'), { recursive: true });
  for (const file of ['package.json', ...TSCONFIGS]) cpSync(path.join(REPO, file), at(file));
  for (const [file, found, put] of Object.values(ADDITIONS).flat()) {
    const text = readFileSync(at(file), 'utf8');
    if (!text.includes(found)) throw new Error(`${file} has no: ${found}`);
    writeFileSync(
      at(file),
      text.replace(found, () => put),
    );
  }
  writeFileSync(at('made.pcap'), capture());
  const outputs = ['connections.csv', 'connections.parquet', 'report.html', 'flows.csv'];
  const options = outputs.flatMap((name) =>
    [name === 'connections.parquet' ? [] : [`--${name.split('.')[0]}`, at(name)]].flat(),
  );
  const tsx = path.join(REPO, 'node_modules/tsx/dist/cli.mjs');
  const run = async (...given: string[]): Promise<string> =>
    (await promisify(execFile)(process.execPath, [tsx, at('src/cli/main.ts'), ...given], { cwd: copy })).stdout;
  writeFileSync(at('connections.json'), await run(at('made.pcap'), '--json', ...options));
  await run(at('made.pcap'), '--connections', at('connections.parquet'), '--flows', at('flows.parquet'));
  await run(at('flows.parquet'), '--flows', at('flows-again.csv'));
}, MOST_MS);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('adding one more', () => {
  it.each([
    ['a column of a connection', 4],
    ['a column of a flow', 2],
    ['a rule with a new fact', 2],
    ['a protocol', 2],
    ['a link type', 2],
  ])('%s touches at most %i files', (what, most) => {
    expect(new Set(ADDITIONS[what].map(([file]) => file)).size).toBeLessThanOrEqual(most);
  });

  it('gives a column to every export, and to all that the page shows of a connection', async () => {
    const { connections } = JSON.parse(readFileSync(at('connections.json'), 'utf8')) as {
      connections: Record<string, unknown>[];
    };
    expect(connections).toMatchObject([{ loud_flows: 12, ConnectionCount: 12 }]);
    const csv = Papa.parse<Record<string, string>>(readFileSync(at('connections.csv'), 'utf8'), { header: true });
    expect(csv.data[0].loud_flows).toBe('12');
    const bytes = new Uint8Array(readFileSync(at('connections.parquet')));
    expect(await parquetReadObjects({ file: bytes.buffer })).toMatchObject([{ loud_flows: 12 }]);
    expect(readFileSync(at('report.html'), 'utf8')).toContain('<dt>Loud flows</dt><dd>12</dd>');
    // The page lists what `flatFields` has: see `detail/sections/values-section.tsx`.
    expect(readFileSync(at('src/views/detail/sections/values-section.tsx'), 'utf8')).toContain('flatFields(');
  });

  it('gives a column of flows to every export, and reads it back', async () => {
    for (const name of ['flows.csv', 'flows-again.csv']) {
      const { data } = Papa.parse<Record<string, string>>(readFileSync(at(name), 'utf8'), { header: true });
      expect(data[11].busy).toBe('1');
    }
    const bytes = new Uint8Array(readFileSync(at('flows.parquet')));
    expect((await parquetReadObjects({ file: bytes.buffer }))[0]).toMatchObject({ busy: 1n });
  });

  it('gives a column of flows to the tables of a fleet', async () => {
    const { flowColumnTypes } = (await import(at('src/fleet/schema/tables.ts'))) as {
      flowColumnTypes: () => { name: string; type: string }[];
    };
    expect(flowColumnTypes()).toContainEqual({ name: 'busy', type: 'UInt16' });
  });

  it('adds the points and the words of the rule', () => {
    const { connections } = JSON.parse(readFileSync(at('connections.json'), 'utf8')) as {
      connections: { triage: { lines: { id: string; points: number; phrase: string }[] } }[];
    };
    expect(connections[0].triage.lines).toContainEqual({ id: 'dozen', points: 1, phrase: 'a dozen packets' });
  });

  it('recognises the protocol behind the link type', () => {
    const { data } = Papa.parse<Record<string, string>>(readFileSync(at('flows.csv'), 'utf8'), { header: true });
    expect(data[0]).toMatchObject({ application_name: 'Plover', application_guessed: '0', dst_ip: '203.0.113.9' });
  });
});
