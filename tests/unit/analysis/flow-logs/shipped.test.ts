import { describe, expect, it } from 'vitest';
import { eveJson, flowEvent } from '../../../builders/logs/suricata.ts';
import { connRow, zeekJson } from '../../../builders/logs/zeek.ts';
import { analyzeLogs, flowsOf } from './read-logs.ts';

const ROWS = Array.from({ length: 5 }, (_, number) => number);
const EVE = eveJson(ROWS.map((number) => flowEvent({ flow_id: number + 1, src_port: 40_000 + number })));
const ZEEK = zeekJson(
  ROWS.map((number) =>
    connRow({ ts: `${1_591_367_999 + number * 60}.305988`, uid: `C${number}`, 'id.orig_p': 40_000 + number }),
  ),
);

type Wrap = (line: string) => string;
const SHIPPERS: [name: string, wrap: Wrap][] = [
  ['Filebeat', (line) => JSON.stringify({ '@timestamp': '2024-05-01T00:00:00Z', log: { offset: 7 }, message: line })],
  ['Filebeat that reads JSON', (line) => JSON.stringify({ agent: {}, json: JSON.parse(line) as unknown })],
  ['Elastic, with the original', (line) => JSON.stringify({ ecs: {}, event: { module: 'x', original: line } })],
  ['an export of Elasticsearch', (line) => JSON.stringify({ _index: 'x', _source: { message: line } })],
  ['Splunk', (line) => JSON.stringify({ preview: false, result: { _raw: line } })],
  ['Docker', (line) => JSON.stringify({ log: `${line}\n`, stream: 'stdout' })],
  ["Zeek's writer for Kafka", (line) => `{"conn": ${line}}`],
  ['syslog', (line) => `<134>1 2024-05-01T00:00:00Z sensor suricata 77 - - ${line}`],
  ['syslog of old', (line) => `Nov 29 10:00:00 sensor suricata[77]: ${line}`],
  ['syslog with a cookie', (line) => `<134>Nov 29 10:00:00 sensor suricata: @cee: ${line}`],
  ['a prefix', (line) => `@cee: ${line}`],
  ['syslog, shipped by Filebeat', (line) => JSON.stringify({ message: `<134>Nov 29 10:00:00 sensor zeek: ${line}` })],
];

function wrapped(text: string, wrap: Wrap): string {
  return `${text.trimEnd().split('\n').map(wrap).join('\n')}\n`;
}

describe('logs as shippers hand them on', () => {
  it.each(SHIPPERS)('are read as they were, behind %s', async (_, wrap) => {
    for (const log of [EVE, ZEEK]) {
      const plain = await analyzeLogs(log);
      const shipped = await analyzeLogs(wrapped(log, wrap));
      expect(flowsOf(shipped)).toEqual(flowsOf(plain));
      expect(shipped.captures[0].warnings).toEqual(plain.captures[0].warnings);
    }
  });

  it.each([
    ['Splunk', '"_raw","_time",host', (cell: string) => `${cell},"2024-05-01T00:00:00.000+0000",sensor`],
    ['Kibana', '"@timestamp",message,"event.dataset"', (cell: string) => `"May 1, 2024 @ 00:00:00.000",${cell},"x"`],
    ['a spreadsheet', 'host;message', (cell: string) => `sensor;${cell}`],
  ])('are read as they were in a table of %s', async (_, header, row) => {
    const cell = (line: string): string => row(`"${line.replaceAll('"', '""')}"`);
    for (const log of [EVE, ZEEK, wrapped(EVE, (line) => `Nov 29 10:00:00 sensor suricata[77]: ${line}`)]) {
      const { flows, captures } = await analyzeLogs(`${header}\n${wrapped(log, cell)}${row('-')}\n`);
      expect(flows.length).toBe(ROWS.length);
      expect(captures[0].warnings.map(({ message }) => message)).toEqual([
        `line ${ROWS.length + 2} was left out: it is not a JSON object`,
      ]);
    }
  });

  it.each([
    [
      'the answer of a search',
      (rows: string) => `{"took":3,"_shards":{"total":1},"hits":{"total":{"value":5},"hits":[${rows}]}}`,
    ],
    ['a list with a name', (rows: string) => `{\n "count": 5,\n "data": [\n${rows}\n]\n}\n`],
  ])('are read in %s', async (_, around) => {
    for (const log of [EVE, ZEEK]) {
      const plain = await analyzeLogs(log);
      for (const rows of [log, wrapped(log, (line) => `{"_index":"x","_source":${line}}`)]) {
        const listed = await analyzeLogs(around(rows.trimEnd().replaceAll('\n', ',')));
        expect(flowsOf(listed)).toEqual(flowsOf(plain));
        expect(listed.captures[0].warnings).toEqual(plain.captures[0].warnings);
      }
    }
  });

  it('are read where each is called by its log', async () => {
    const names = zeekJson([{ ts: '1591368000', uid: 'C0', server_name: 'a.example', cipher: 'x' }]).trim();
    const { flows } = await analyzeLogs(`${wrapped(ZEEK, (line) => `{"conn":${line}}`)}{"ssl":${names}}\n`);
    expect(flows.length).toBe(ROWS.length);
    expect(flows.names[flows.name[0]]).toBe('a.example');
  });

  it('have a row that cannot be read said like any other', async () => {
    const lines = wrapped(EVE, (line) => JSON.stringify({ message: line }));
    const { captures, flows } = await analyzeLogs(`${lines}{"message":"restarted"}\n`);
    expect(flows.length).toBe(ROWS.length);
    expect(captures[0].warnings).toMatchObject([{ message: expect.stringMatching(/^line 6 /) as string }]);
  });

  it('are refused by name where only names of a schema are left', async () => {
    const event = { ecs: { version: '8' }, source: { ip: '10.0.0.1' }, network: { protocol: 'tls' } };
    await expect(analyzeLogs(`${JSON.stringify(event)}\n`)).rejects.toThrow(/Elastic's common schema/);
  });
});
