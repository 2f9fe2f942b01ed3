import { describe, expect, it } from 'vitest';
import { PlainBytes } from '../../../../src/analysis/flow-logs/encoding.ts';
import { LogTimes, MILLISECONDS } from '../../../../src/analysis/flow-logs/log-times.ts';
import { NothingRead } from '../../../../src/analysis/pipeline.ts';
import { eveJson, flowEvent } from '../../../builders/logs/suricata.ts';
import { CONN_FIELDS, connRow, zeekJson, type ZeekRow, zeekTsv } from '../../../builders/logs/zeek.ts';
import { analyzeLogs, flowsOf } from './read-logs.ts';

const ROWS: ZeekRow[] = Array.from({ length: 6 }, (_, number) =>
  connRow({ ts: `${1_591_367_999 + number * 60}.305988`, uid: `C${number}`, 'id.orig_p': 40_000 + number }),
);
const TSV = zeekTsv('conn', CONN_FIELDS, ROWS);
const JSON_LINES = zeekJson(ROWS);
const EVE = eveJson(ROWS.map((_, number) => flowEvent({ flow_id: number })));
const OBJECTS: unknown[] = JSON_LINES.trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as unknown);
const CSV = [
  'src_ip,src_port,dst_ip,dst_port,protocol,bidirectional_first_seen_ms,src2dst_bytes,user_agent',
  ...ROWS.map(
    (_, number) => `10.0.0.1,${40_000 + number},203.0.113.9,443,6,${1_591_367_999_305 + number * 60_000},600,x`,
  ),
  '',
].join('\n');
const MARK = '\u00ef\u00bb\u00bf';

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const utf16 = (text: string, mark = true): Uint8Array => {
  return new Uint8Array(Buffer.from(mark ? `\ufeff${text}` : text, 'utf16le'));
};
const swapped = (bytes: Uint8Array): Uint8Array => new Uint8Array(Buffer.from(bytes).swap16());
const crlf = (text: string): string => text.replaceAll('\n', '\r\n');

describe('texts as people have them', () => {
  it.each<[string, string]>([
    ['Zeek TSV', TSV],
    ['Zeek JSON', JSON_LINES],
    ['eve.json', EVE],
    ['CSV', CSV],
  ])('are the same %s in every encoding and with any line ends', async (_, text) => {
    const plain = flowsOf(await analyzeLogs(text));
    expect(plain).toHaveLength(ROWS.length);
    for (const form of [
      latin1(MARK + text),
      latin1(MARK + crlf(text)),
      utf16(text),
      utf16(text, false),
      swapped(utf16(text)),
      swapped(utf16(text, false)),
      utf16(crlf(text)),
    ]) {
      const analysis = await analyzeLogs(form);
      expect(flowsOf(analysis)).toEqual(plain);
      expect(analysis.captures[0].warnings).toEqual([]);
    }
  });

  it.each([JSON_LINES, EVE])(
    'are read from the first whole line on where they were cut out of a log: %#',
    async (log) => {
      const { flows, captures } = await analyzeLogs(log.slice(20));
      expect(flows.length).toBe(ROWS.length - 1);
      expect(captures[0].warnings).toMatchObject([{ message: 'line 1 was left out: it is not a JSON object' }]);
    },
  );

  it('are the same wherever the pieces end that they come in', () => {
    const text = 'ts,\u00e9,\u20ac\n';
    for (const form of [latin1(MARK + text), utf16(text), utf16(text, false), swapped(utf16(text)), latin1('ab')]) {
      const read = (step: number): number[] => {
        const plain = new PlainBytes();
        const pieces = Array.from({ length: Math.ceil(form.length / step) }, (_, piece) => {
          return [...plain.take(form.subarray(piece * step, (piece + 1) * step))];
        });
        return [...pieces.flat(), ...plain.end()];
      };
      for (const step of [1, 2, 3, 5]) expect(read(step)).toEqual(read(form.length));
    }
  });

  it.each<[string, string]>([
    ['an array on one line', JSON.stringify(OBJECTS)],
    ['an array with an object a line', `[\n${OBJECTS.map((object) => JSON.stringify(object)).join(',\n')}\n]\n`],
    ['an indented array', JSON.stringify(OBJECTS, null, 2)],
    ['indented objects', OBJECTS.map((object) => JSON.stringify(object, null, 4)).join('\n')],
    ['objects without line ends', OBJECTS.map((object) => JSON.stringify(object)).join('')],
  ])('are read as %s', async (_, text) => {
    const analysis = await analyzeLogs(text);
    expect(flowsOf(analysis)).toEqual(flowsOf(await analyzeLogs(JSON_LINES)));
    expect(analysis.captures[0].warnings).toEqual([]);
  });

  it('are read up to where an array was cut', async () => {
    const text = JSON.stringify(OBJECTS, null, 1);
    const analysis = await analyzeLogs(text.slice(0, text.lastIndexOf('"uid"')));
    expect(flowsOf(analysis)).toHaveLength(ROWS.length - 1);
    expect(analysis.captures[0].warnings[0].message).toBe(
      `object ${ROWS.length} was left out: the file ends inside it`,
    );
  });

  it('have a tab itself behind #separator', async () => {
    for (const line of ['#separator \t', '#separator\t\\x09', '#separator\t\t'])
      expect(flowsOf(await analyzeLogs(TSV.replace('#separator \\x09', line)))).toHaveLength(ROWS.length);
  });

  it.each([';', '\t', '|'])('separate cells by %j', async (separator) => {
    expect(flowsOf(await analyzeLogs(CSV.replaceAll(',', separator)))).toEqual(flowsOf(await analyzeLogs(CSV)));
  });

  it('end in separators that the header does not have', async () => {
    for (const cell of ['x', '"x"']) {
      const analysis = await analyzeLogs(CSV.replaceAll(',x\n', `,${cell},, \n`));
      expect(flowsOf(analysis)).toEqual(flowsOf(await analyzeLogs(CSV)));
      expect(analysis.captures[0].warnings).toEqual([]);
    }
    const more = await analyzeLogs(CSV.replace(',x\n', ',x,,y\n'));
    expect(more.flows.length).toBe(ROWS.length - 1);
    expect(more.captures[0].warnings).toHaveLength(1);
  });

  it('have line ends and quotes inside quoted cells', async () => {
    const text = CSV.replaceAll(',x\n', ',"Mozilla/5.0\n\n(X11; ""a"")"\n');
    const { flows } = await analyzeLogs(text);
    expect(flows.length).toBe(ROWS.length);
    expect(flows.texts[flows.userAgent[5]]).toBe('Mozilla/5.0??(X11; "a")');
  });

  it('lose one row for a quote that never ends', async () => {
    for (const [end, line] of [
      [/,x\n/, 2],
      [/,x\n$/, ROWS.length + 1],
    ] as const) {
      const analysis = await analyzeLogs(CSV.replace(end, ',"x\n'));
      expect(analysis.flows.length).toBe(ROWS.length - 1);
      expect(analysis.captures[0].warnings[0]?.message).toMatch(new RegExp(`^line ${line} was left out`));
    }
  });

  it.each(['nan', 'NaN', 'None', '-', 'NULL', ''])('write %j for a value that is missing', async (missing) => {
    const header = CSV.split('\n', 1)[0];
    const text = CSV.replace(header, `${header},requested_server_name,vlan_id`).replaceAll(
      ',x\n',
      `,${missing},${missing},${missing}\n`,
    );
    const { flows, captures } = await analyzeLogs(text);
    expect([flows.length, flows.name[0], flows.userAgent[0], flows.vlanId[0]]).toEqual([ROWS.length, 0, 0, 0]);
    expect(captures[0].warnings).toEqual([]);
  });
});

describe('what is refused', () => {
  const refusal = async (text: string): Promise<string> => {
    try {
      await analyzeLogs(text);
      return '';
    } catch (error) {
      if (!(error instanceof NothingRead)) throw error;
      return error.message;
    }
  };

  it('is named, with what can be read in a line', async () => {
    const rows = TSV.split('\n').filter((line) => !line.startsWith('#'));
    expect(await refusal(rows.join('\n'))).toMatch(/log of Zeek without its header.*pcapng.*eve\.json.*Parquet/);
    expect(await refusal('{"a": 1}\n')).toMatch(/JSON, but neither.*what can be read/);
    expect(await refusal('no log\n')).toMatch(/neither pcap nor pcapng.*what can be read/);
    expect((await refusal('no log\n')).length).toBeLessThan(240);
  });
});

describe('times of logs', () => {
  const [first] = ROWS;
  const MICROSECONDS = 1_591_367_999_305_988;

  it.each([
    ['1591367999.305988', MICROSECONDS, 0],
    ['1591367999305.988', MICROSECONDS, 0],
    ['1591367999305988', MICROSECONDS, 1],
    ['1591367999305988000', MICROSECONDS, 1],
    ['2020-06-05T14:39:59.305988Z', MICROSECONDS, 0],
    ['2020-06-05T16:39:59.305988+0200', MICROSECONDS, 0],
    ['2020-06-05 07:39:59.305988-07:00', MICROSECONDS, 0],
    ['2020-06-05T14:39:59.305988', MICROSECONDS, 1],
    ['1.59137E+09', 1_591_370_000_000_000, 1],
    ['0', 0, 0],
    ['-5', Number.NaN, 0],
    ['1e30', Number.NaN, 0],
    ['yesterday', Number.NaN, 0],
  ])('%s is %d, with %d remarks', (text, microseconds, remarks) => {
    const times = new LogTimes();
    expect(times.read(text)).toBe(microseconds);
    expect(times.warnings()).toHaveLength(remarks);
  });

  it('are in one unit: a row in another is left out', async () => {
    const other = connRow({ ts: '1591368000305988', uid: 'D' });
    const analysis = await analyzeLogs(zeekTsv('conn', CONN_FIELDS, [first, other, ROWS[1]]));
    expect(flowsOf(analysis)).toHaveLength(2);
    expect(analysis.captures[0].warnings[0].message).toMatch(/in another unit than those before, which are seconds/);
  });

  it('are what the name of a column says where they are no dates of our time', () => {
    const times = new LogTimes(MILLISECONDS);
    expect([times.read('5000'), times.read('1591367999305')]).toEqual([5_000_000, 1_591_367_999_305_000]);
    expect(times.warnings()).toEqual([]);
    expect(new LogTimes(MILLISECONDS).read('1591367999')).toBe(1_591_367_999_000_000);
  });

  it('are warned of where a spreadsheet rounded them', async () => {
    const analysis = await analyzeLogs(CSV.replaceAll(/,15913\d{8},/g, ',1.59137E+12,'));
    expect(analysis.flows.length).toBe(ROWS.length);
    expect(analysis.captures[0].warnings[0].message).toMatch(
      /6 times are written with an exponent.*rounded to 3 hours/,
    );
  });

  it('are not where all digits that they need are written', () => {
    const times = new LogTimes(MILLISECONDS);
    for (const text of ['1.7e12', '1.700000060493e12', '1.70000012e12']) times.read(text);
    expect(times.warnings()).toEqual([]);
  });
});
