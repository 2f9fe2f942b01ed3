import { afterEach, describe, expect, it, vi } from 'vitest';
import { FlowBuilder } from '../../../../src/analysis/flow-logs/flow-builder.ts';
import { jsonObject, numberIn } from '../../../../src/analysis/flow-logs/json-line.ts';
import { SuricataReader } from '../../../../src/analysis/flow-logs/suricata.ts';
import { contentOf } from '../../../../src/analysis/flow-logs/zeek-log.ts';
import { eveJson, flowEvent } from '../../../builders/logs/suricata.ts';
import { connRow, zeekJson } from '../../../builders/logs/zeek.ts';
import { memoryHeld } from '../../memory-held.ts';
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

  it('that cannot begin or end an object are not looked at', () => {
    const parse = vi.spyOn(JSON, 'parse');
    const lines = ['', '1', '[{}]', 'null', 'x {"a":1}', '{', '{"a":1', '{"a":{}, ', '{"a":1}x'];
    for (const line of lines) expect(jsonObject(line)).toBeNull();
    expect(parse).not.toHaveBeenCalled();
    expect(jsonObject(' \t{"a":1} \t\r\n')).toEqual({ a: 1 });
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

it('what waits for another event keeps no long text', () => {
  const long = (line: number): string => `${line}`.padEnd(500_000, 'x');
  const events: [string, (line: number) => Record<string, unknown>][] = [
    ['netflow', (line) => ({ src_ip: long(line), flow_id: line })],
    ['netflow', (line) => ({ dest_ip: long(line), flow_id: line })],
    ['netflow', (line) => ({ flow_id: long(line) })],
    ['dhcp', (line) => ({ dhcp: { type: 'request', client_mac: long(line) } })],
    ['dhcp', (line) => ({ dhcp: { type: 'request', client_mac: `${line}`, hostname: long(line) } })],
    ['dhcp', (line) => ({ dhcp: { type: 'request', client_mac: `${line}`, vendor_class_identifier: long(line) } })],
  ];
  const held = events.map(([type, event]) => {
    const reader = new SuricataReader(new FlowBuilder(), 'line');
    const before = memoryHeld().heapUsed;
    for (let line = 0; line < 60; line++)
      reader.line(JSON.stringify({ timestamp: '1', event_type: type, netflow: {}, ...event(line) }), line, true);
    const after = memoryHeld().heapUsed;
    reader.result();
    return after - before;
  });
  for (const bytes of held) expect(bytes).toBeLessThan(10e6);
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
