import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { firstMsOf, lastMsOf } from '../../../../src/analysis/flows/columns.ts';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { eveJson, flowEvent } from '../../../builders/logs/suricata.ts';
import { CONN_FIELDS, connRow, zeekTsv } from '../../../builders/logs/zeek.ts';

const START = 1_700_000_000;
const HEADER_LINES = 8;

/** A conn.log of twelve connections a minute apart, one of them with another start or duration. */
function connLog(place: number, changes: Record<string, string>): string {
  const rows = Array.from({ length: 12 }, (_, index) =>
    connRow({
      ts: `${START + 60 * index}.000000`,
      uid: `C${index}`,
      'id.orig_p': 40_000 + index,
      duration: '0.100000',
      ...(index === place ? changes : {}),
    }),
  );
  return zeekTsv('conn', CONN_FIELDS, rows);
}

/** The same as flow events of eve.json. */
function eveLog(place: number, year: string): string {
  return eveJson(
    Array.from({ length: 12 }, (_, index) => {
      const start = new Date((START + 60 * index) * 1000).toISOString();
      const stamp = index === place ? start.replace(/^\d+/, year) : start;
      return flowEvent({ flow_id: index, src_port: 40_000 + index }, { start: stamp, end: stamp });
    }),
  );
}

async function read(text: string) {
  const { flows, captures } = await analyze([bufferSource(new TextEncoder().encode(text), 'log')], DEFAULT_SETTINGS);
  const starts = Array.from({ length: flows.length }, (_, flow) => firstMsOf(flows, flow) / 1000 - START);
  const spans = starts.map((_, flow) => lastMsOf(flows, flow) - firstMsOf(flows, flow));
  return { starts, spans, capture: captures[0], said: captures[0].warnings.map(({ message }) => message) };
}

describe('a stamp that a log cannot mean', () => {
  const WRONG = ['0.000000', '441763200.000000', '4294967295.000000', '1500000000.000000'];
  const PLACES = [0, 5, 11];
  it.each(WRONG.flatMap((ts) => PLACES.map((place) => [ts, place] as const)))(
    '%s, in row %i, is set aside: the row counts between its neighbours',
    async (ts, place) => {
      const { starts, spans, capture, said } = await read(connLog(place, { ts }));
      const expected = Array.from({ length: 12 }, (_, index) => 60 * index);
      expected[place] = [60, 300, 600][PLACES.indexOf(place)];
      expect(starts).toEqual(expected);
      expect(spans).toEqual(expected.map(() => 100));
      expect(said).toEqual([
        expect.stringContaining(`1 row is stamped years away from the others (line ${HEADER_LINES + 1 + place}, `),
      ]);
      expect(capture.firstMs).toBe((START + Math.min(...starts)) * 1000);
      expect(capture.lastMs).toBe((START + Math.max(...starts)) * 1000 + 100);
    },
  );

  it.each(['1970', '2106'])('is that of %s in eve.json, too', async (year) => {
    const { starts, said } = await read(eveLog(5, year));
    expect(Math.max(...starts) - Math.min(...starts)).toBe(660);
    expect(said).toEqual([expect.stringContaining(`(line 6, stamped ${year}-`)]);
  });

  it('is also an end years behind a start', async () => {
    const { spans, said } = await read(connLog(3, { duration: '4294967295.0' }));
    expect(Math.max(...spans)).toBe(100);
    expect(said).toEqual([expect.stringContaining('1 row ends years from its start (line 12)')]);
  });

  it.each([
    ['a log of two years', connLog(0, { ts: '1500000000.0' }).replaceAll(/^17000000/gm, '15000000')],
    ['a log of 1970', connLog(-1, {}).replaceAll(/^1700000/gm, '0')],
  ])('is none in %s', async (_, log) => {
    const { said } = await read(log);
    expect(said).toEqual([]);
  });
});
