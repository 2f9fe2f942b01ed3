import { afterEach, describe, expect, it, vi } from 'vitest';
import { jsonObject, numberIn } from '../../../../src/analysis/flow-logs/json-line.ts';
import { contentOf } from '../../../../src/analysis/flow-logs/zeek-log.ts';
import { eveJson, flowEvent } from '../../../builders/logs/suricata.ts';
import { connRow, zeekJson } from '../../../builders/logs/zeek.ts';
import { analyzeLogs } from './read-logs.ts';

afterEach(() => void vi.restoreAllMocks());

/** Fields that a row may lack. */
const TAKEN: ReadonlySet<string> = new Set(['service', 'uid', 'proto', 'vlan', 'flow_id', 'app_proto']);

/** A list in a list and so on, of so many. */
const within = (depth: number): string => `${'[0,'.repeat(depth)}0${']'.repeat(depth)}`;

describe('lines that are no JSON', () => {
  it('are hardly ever left to the parser, which takes long to refuse them', () => {
    for (const [broken, whole] of [
      ['{a}', null],
      ['{"a":1,}', '{"a":1}'],
      ['{', '{}'],
    ]) {
      const parse = vi.spyOn(JSON, 'parse');
      for (let line = 0; line < 20_000; line++) {
        expect(jsonObject(broken ?? '')).toBeNull();
        if (whole !== null) expect(jsonObject(whole)).not.toBeNull();
      }
      expect(parse.mock.results.filter(({ type }) => type === 'throw').length).toBeLessThan(600);
      parse.mockRestore();
    }
  });

  it('that cannot begin an object are not looked at', () => {
    const parse = vi.spyOn(JSON, 'parse');
    expect(['', '1', '[{}]', 'null', 'x {"a":1}'].map(jsonObject)).toEqual([null, null, null, null, null]);
    expect(parse).not.toHaveBeenCalled();
    expect(jsonObject(' \t{"a":1} ')).toEqual({ a: 1 });
  });
});

describe('values that are lists within lists', () => {
  it.each(['id.orig_h', 'id.orig_p', 'ts', 'service', 'orig_bytes', 'uid'])('are none of Zeek: %s', async (field) => {
    const row = zeekJson([connRow({ [field]: 'HERE' })]).replace(/"HERE"|null/, within(50_000));
    const { flows } = await analyzeLogs(zeekJson([connRow({ ts: '1591360000.5', uid: 'C0' })]) + row);
    expect(flows.length).toBe(TAKEN.has(field) ? 2 : 1);
  });

  it.each(['src_ip', 'src_port', 'proto', 'vlan', 'flow_id', 'app_proto'])(
    'are none of Suricata: %s',
    async (field) => {
      const row = eveJson([flowEvent({ flow_id: 2, [field]: 'HERE' })]).replace('"HERE"', within(50_000));
      const { captures, flows } = await analyzeLogs(eveJson([flowEvent()]) + row);
      expect(captures[0].warnings.map(({ kind }) => kind)).toEqual(flows.length === 1 ? ['bad-row'] : []);
    },
  );

  it('are no number', () => {
    expect([undefined, null, 5, '6', true, [7], {}].map(numberIn)).toEqual([0, 0, 5, 6, 1, Number.NaN, Number.NaN]);
  });
});

it('what a log of Zeek holds is told by a look at each of its fields, and at none where its path says it', () => {
  let looks = 0;
  const fields = function* (): Generator<string> {
    for (const field of ['ts', 'query', 'cipher', 'proto']) {
      looks++;
      yield field;
    }
  };
  const content = contentOf('', fields);
  expect(typeof content === 'object' && content?.paths).toEqual(['ssl', 'open_ssl']);
  expect(looks).toBe(4);
  expect([contentOf('conn', fields), contentOf('weird', fields)]).toEqual(['conn', null]);
  expect(looks).toBe(4);
  expect(contentOf('', () => ['proto', 'history'])).toBe('conn');
  expect(contentOf('', () => ['proto', 'answers'])).toBeNull();
});
