import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { firstMsOf } from '../../../../src/analysis/flows/columns.ts';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { CONN_FIELDS, connRow, SSL_FIELDS, zeekJson, type ZeekRow, zeekTsv } from '../../../builders/logs/zeek.ts';

const ROWS = Array.from({ length: 5 }, (_, index) =>
  connRow({ ts: `${1_700_000_000 + 60 * index}.250000`, uid: `C${index}`, 'id.orig_p': 40_000 + index }),
);
const NAMES = ROWS.map((row) => ({
  ...Object.fromEntries(SSL_FIELDS.slice(0, 6).map((field) => [field, row[field]])),
  version: 'TLSv12',
  cipher: 'TLS_RSA_WITH_AES_128_CBC_SHA',
  server_name: 'a.example',
  resumed: 'F',
}));

/** A table without Zeek's header; what has no value is '-'. */
function table(fields: readonly string[], rows: readonly ZeekRow[], separator: string): string {
  const lines = rows.map((row) => fields.map((field) => String(row[field] ?? '-')));
  return [fields, ...lines].map((cells) => `${cells.join(separator)}\n`).join('');
}

/** What ToN-IoT calls a field. */
function toSources(field: string): string {
  const ends = field.replace('id.orig_h', 'src_ip').replace('id.resp_h', 'dst_ip').replace('id.', '');
  return ends
    .replace(/^orig_/, 'src_')
    .replace(/^resp_/, 'dst_')
    .replace(/_p$/, '_port');
}

async function read(...texts: string[]) {
  const sources = texts.map((text) => bufferSource(new TextEncoder().encode(text), 'log'));
  const { flows, captures } = await analyze(sources, DEFAULT_SETTINGS);
  return {
    flows: Array.from({ length: flows.length }, (_, flow) =>
      [
        firstMsOf(flows, flow),
        flows.addresses.text(flows.source[flow]),
        flows.sourcePort[flow],
        flows.addresses.text(flows.destination[flow]),
        flows.destinationPort[flow],
        flows.bytesSent[flow],
        flows.bytesReceived[flow],
        flows.names[flows.name[flow]],
      ].join(' '),
    ),
    formats: captures.map(({ format }) => format),
    said: captures.flatMap(({ warnings }) => warnings.map(({ message }) => message)),
  };
}

const plain = await read(zeekTsv('conn', CONN_FIELDS, ROWS), zeekTsv('ssl', SSL_FIELDS, NAMES));

describe("Zeek's logs in other forms", () => {
  it.each([',', ';', '\t', '|'])('are read as tables with %j between cells', async (separator) => {
    const { flows, formats, said } = await read(
      table(CONN_FIELDS, ROWS, separator),
      table(SSL_FIELDS, NAMES, separator),
    );
    expect(flows).toEqual(plain.flows);
    expect(formats).toEqual(['Zeek CSV', 'Zeek CSV']);
    expect(said).toEqual([]);
  });

  it('are found behind what a spreadsheet, or somebody, wrote before the header of a table', async () => {
    const conn = table(CONN_FIELDS, ROWS, ',');
    const names = table(SSL_FIELDS, NAMES, ',');
    for (const before of ['sep=,\r\n', '\r\n \n']) {
      const { flows, said } = await read(before + conn, before + names);
      expect(flows).toEqual(plain.flows);
      expect(said).toEqual([]);
    }
    expect((await read(`Flows of Tuesday\n${conn}`)).said).toEqual([
      'line 1 was left out: it stands before the header',
    ]);
  });

  it('are read where tables with other headers, and other separators, are joined', async () => {
    const [first, second] = [ROWS.slice(0, 2), ROWS.slice(2)];
    const other = CONN_FIELDS.filter((field) => field !== 'history').toReversed();
    const joined = table(CONN_FIELDS, first, ',') + table(other, second, ';');
    const { flows, said } = await read(joined, table(SSL_FIELDS, NAMES, ','));
    expect(flows).toEqual(plain.flows);
    expect(said).toEqual([]);
  });

  it('are read where a comma is the decimal point', async () => {
    const commas = ROWS.map((row) => ({ ...row, ts: String(row.ts).replace('.', ','), duration: '1,5' }));
    const { flows, said } = await read(table(CONN_FIELDS, commas, ';'), table(SSL_FIELDS, NAMES, ';'));
    expect(flows).toEqual(plain.flows);
    expect(said).toEqual([]);
  });

  it('say which rows of a table are none', async () => {
    const { flows, said } = await read(`${table(CONN_FIELDS, ROWS, ',')}1,2,3\n${table(CONN_FIELDS, ROWS, ',')}4,5`);
    expect(flows).toHaveLength(5);
    expect(said).toEqual([
      'line 7 was left out: it does not have the 21 cells of the header',
      'line 14 was left out: the file ends inside it',
      expect.stringMatching(/^5 of its rows are connections that it has rows of already/),
    ]);
  });

  it('say where a table ends inside a quoted cell', async () => {
    const { flows, said } = await read(`${table(CONN_FIELDS, ROWS, ',')}1,"2\n`);
    expect(flows).toHaveLength(5);
    expect(said).toEqual(['line 7 was left out: it does not have the 21 cells of the header']);
  });

  it('are read where tabs have become blanks, and that is said', async () => {
    const texts = [zeekTsv('conn', CONN_FIELDS, ROWS), zeekTsv('ssl', SSL_FIELDS, NAMES)];
    const { flows, said } = await read(...texts.map((text) => text.replaceAll('\t', '    ')));
    expect(flows).toEqual(plain.flows);
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(/^its tabs have become blanks/);
  });

  const conn = zeekTsv('conn', CONN_FIELDS, ROWS);
  const ended = (mark: string): string => conn.replaceAll('\n', `${mark}\n`);
  it.each([
    ['tabs at the ends of lines', ended('\t')],
    ['blanks at the ends of lines', ended(' ')],
    ['blanks for tabs, and at the ends of lines', ended(' ').replaceAll('\t', ' ')],
    ['empty lines and a comment before the header', `\n\n# from sensor 7\n${conn}`],
    ['commas for its tabs', conn.replaceAll('\t', ',')],
    ['semicolons for its tabs', conn.replaceAll('\t', ';')],
    // IoT-23 has three blanks between its last columns, in the header and in rows.
    [
      'labels behind three blanks',
      conn.replaceAll(/(tunnel_parents|set\[string\]|-)\n/g, '$1   label   detailed-label\n'),
    ],
    ['blanks around the commas of a table', table(CONN_FIELDS, ROWS, ', ')],
    // #fields has a cell more than rows have.
    ['lines as long as the longest, as spreadsheets make them', conn.replaceAll('\t', ',').replaceAll('-\n', '-,\n')],
    ['separators behind the rows of a table', table(CONN_FIELDS, ROWS, ';').replaceAll('-\n', '-;;\n')],
    ['line ends in cells of a table', table(CONN_FIELDS, ROWS, ',').replaceAll('-\n', '"a,\n\n""b"""\n')],
    [
      'an index before the rows of a table',
      table(CONN_FIELDS, ROWS, ',')
        .replaceAll(/^(?!ts)|^(?=ts)/gm, '7,')
        .replace('7,ts', ',ts'),
    ],
  ])('are read with %s', async (_, text) => {
    const { flows } = await read(text, zeekTsv('ssl', SSL_FIELDS, NAMES));
    expect(flows).toEqual(plain.flows);
  });

  it('leave out a row with a value more than the header has names', async () => {
    const [row] = conn.split('\n').slice(-3);
    const { flows, said } = await read(`${conn}${row}\tMalicious\n`);
    expect(flows).toHaveLength(ROWS.length);
    expect(said).toContain(`line ${conn.split('\n').length} was left out: it has 22 fields where the header names 21`);
  });

  it.each([
    ['a blank for the dot', (field: string) => field.replace('.', '_')],
    ['only what is behind the dot', (field: string) => field.replace('id.', '')],
    ['the names of ToN-IoT', toSources],
  ])('are read as tables and JSON whose fields have %s', async (_, renamed) => {
    const rename = (row: ZeekRow) => Object.fromEntries(Object.entries(row).map(([key, cell]) => [renamed(key), cell]));
    const ssl = zeekTsv('ssl', SSL_FIELDS, NAMES);
    expect((await read(table(CONN_FIELDS.map(renamed), ROWS.map(rename), ','), ssl)).flows).toEqual(plain.flows);
    expect((await read(zeekJson(ROWS.map(rename)), ssl)).flows).toEqual(plain.flows);
  });

  it('are told from other tables with a source and a destination', async () => {
    const fields = CONN_FIELDS.filter((field) => field !== 'conn_state');
    const rows = ROWS.map((row) =>
      Object.fromEntries(Object.entries(row).map(([key, cell]) => [toSources(key), cell])),
    );
    await expect(read(table(fields.map(toSources), rows, ','))).rejects.toThrow(/it is a table of connections whose/);
  });

  it.each([
    ['the number of its protocol', { proto: '6' }],
    ['its protocol in capitals', { proto: 'TCP' }],
    ['a duration in days and hours', { duration: '0 days 00:00:01.500000' }],
    ['a duration in hours', { duration: '0:00:01.500000' }],
  ])('are read with %s', async (_, changed) => {
    const said = await analyze(
      [
        bufferSource(
          new TextEncoder().encode(
            table(
              CONN_FIELDS,
              ROWS.map((row) => ({ ...row, ...changed })),
              ',',
            ),
          ),
          'log',
        ),
      ],
      DEFAULT_SETTINGS,
    );
    const { protocol, durationMs } = said.flows;
    expect([protocol[0], 'duration' in changed ? durationMs[0] : 1500]).toEqual([6, 1500]);
  });

  it('are read as JSON with marks of no value, with @timestamp, and without the state', async () => {
    const marked = ROWS.map((row) => ({ ...row, tunnel_parents: '-', local_resp: '(empty)' }));
    expect((await read(zeekJson(marked), zeekJson(NAMES))).flows).toEqual(plain.flows);
    const dated = ROWS.map(({ ts, ...row }) => ({ '@timestamp': new Date(Number(ts) * 1000).toISOString(), ...row }));
    expect((await read(zeekJson(dated), zeekJson(NAMES))).flows).toEqual(plain.flows);
    const stateless = ROWS.map((row) => Object.assign({}, row, { conn_state: undefined }));
    expect((await read(zeekJson(stateless), zeekJson(NAMES))).flows).toEqual(plain.flows);
  });
});

describe('what is internal by local_orig and local_resp', () => {
  const withLocal = (source: string, destination: string) =>
    zeekTsv(
      'conn',
      CONN_FIELDS,
      ROWS.map((row) => Object.assign({}, row, { local_orig: source, local_resp: destination })),
    );

  it('is said where it is not what the list says', async () => {
    expect((await read(withLocal('T', 'F'))).said).toEqual([]);
    expect((await read(withLocal('true', 'False'))).said).toEqual([]);
    expect((await read(withLocal('F', 'T'))).said).toEqual([
      expect.stringContaining('local_orig and local_resp: 31.3.245.133 is internal, 192.168.4.76 is external'),
    ]);
  });
});
