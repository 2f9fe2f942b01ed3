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

async function read(...texts: string[]) {
  const sources = texts.map((text) => bufferSource(new TextEncoder().encode(text), 'log'));
  const { flows, captures } = await analyze(sources, DEFAULT_SETTINGS);
  return {
    flows: Array.from({ length: flows.length }, (_, flow) =>
      [
        firstMsOf(flows, flow),
        flows.addresses[flows.source[flow]],
        flows.sourcePort[flow],
        flows.addresses[flows.destination[flow]],
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

  it('are read where tabs have become blanks, and that is said', async () => {
    const texts = [zeekTsv('conn', CONN_FIELDS, ROWS), zeekTsv('ssl', SSL_FIELDS, NAMES)];
    const { flows, said } = await read(...texts.map((text) => text.replaceAll('\t', '    ')));
    expect(flows).toEqual(plain.flows);
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(/^its tabs have become blanks/);
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
    expect((await read(withLocal('F', 'T'))).said).toEqual([
      expect.stringContaining('local_orig and local_resp: 31.3.245.133 is internal, 192.168.4.76 is external'),
    ]);
  });
});
