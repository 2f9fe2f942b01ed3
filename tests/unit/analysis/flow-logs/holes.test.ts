import { bufferSource, type ByteSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { PlainBytes } from '../../../../src/analysis/flow-logs/encoding.ts';
import { logFormOf } from '../../../../src/analysis/flow-logs/kind.ts';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { analyzeLogs, flowsOf } from './read-logs.ts';
import { eveFlow, zeekRow } from './rows.ts';

const zeros = (count: number): string => '\0'.repeat(count);
const KINDS: [string, string][] = [
  [
    'Zeek TSV',
    '#separator \\x09\n#path\tconn\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tconn_state\n' +
      [1, 2, 3].map((at) => `170000000${at}.25\tC${at}\t10.0.0.5\t4000${at}\t203.0.113.7\t443\ttcp\tSF\n`).join(''),
  ],
  ['Zeek JSON', lines((at) => zeekRow(at))],
  ['eve.json', lines((at) => eveFlow(at))],
];

function lines(row: (at: number) => object): string {
  return [1, 2, 3].map((at) => `${JSON.stringify(row(at))}\n`).join('');
}

/** A file of which so many bytes come at a time. */
function inPieces(text: string, step: number): ByteSource {
  const whole = bufferSource(Buffer.from(text, 'latin1'), 'log');
  return {
    ...whole,
    open() {
      const reader = whole.open();
      return { read: (space) => reader.read(space.subarray(0, step)), close: () => reader.close() };
    },
  };
}

describe.each(KINDS)('a hole in a log: %s', (_, log) => {
  const second = log.lastIndexOf('\n', log.lastIndexOf('\n', log.length - 2) - 1) + 1;

  it.each([
    ['before its first line', zeros(3 << 20) + log, '3,145,728 bytes of zeros were'],
    ['of one byte', log.slice(0, second) + zeros(1) + log.slice(second), '1 byte of zero was'],
    ['between lines', log.slice(0, second) + zeros(100_000) + log.slice(second), '100,000 bytes of zeros were'],
    ['at its end', log + zeros(70_000), '70,000 bytes of zeros were'],
    [
      'everywhere',
      zeros(5000) + log.slice(0, second) + zeros(3) + log.slice(second) + zeros(7),
      '5,010 bytes of zeros were',
    ],
  ])('%s is passed over, with one warning', async (__, text, said) => {
    const [whole, holed] = [await analyzeLogs(log), await analyzeLogs(text)];
    expect(flowsOf(whole)).toHaveLength(3);
    expect(flowsOf(holed)).toEqual(flowsOf(whole));
    const extra = holed.captures[0].warnings.slice(whole.captures[0].warnings.length);
    expect(extra.map(({ message }) => message)).toEqual([expect.stringMatching(`^${said} passed over`)]);
  });

  it('ends the line that it begins in', async () => {
    const cut = log.slice(0, second + 30) + zeros(4096) + log.slice(second);
    const analysis = await analyzeLogs(cut);
    expect(flowsOf(analysis)).toHaveLength(3);
    const said = analysis.captures[0].warnings.map(({ message }) => message);
    expect(said.filter((message) => message.includes('was left out'))).toHaveLength(1);
  });

  it('is told in whatever pieces the file comes', async () => {
    const text = zeros(70_000) + log;
    const form = await logFormOf(bufferSource(Buffer.from(log, 'latin1'), 'log'));
    for (const step of [1, 3, 255, 4096, 65_536]) expect(await logFormOf(inPieces(text, step))).toEqual(form);
    const analysis = await analyze([inPieces(text, 1000)], DEFAULT_SETTINGS);
    expect(flowsOf(analysis)).toHaveLength(3);
  });
});

it('behind more zeros than 128 MB of what is packed nothing is looked for', async () => {
  let read = 0;
  const take = async (space: Uint8Array<ArrayBuffer>) => {
    read += space.length;
    return space.fill(0);
  };
  const endless: ByteSource = {
    name: 'zeros.gz',
    size: null,
    packedBytesRead: 0,
    open: () => ({ read: take, close: async () => {} }),
  };
  expect(await logFormOf(endless)).toBe(null);
  expect(read / (1 << 27)).toBeCloseTo(1, 1);
});

describe('zeros in a text', () => {
  const read = (text: Uint8Array, step: number): [string, number] => {
    const plain = new PlainBytes();
    let all = '';
    for (let at = 0; at < text.length; at += step) all += latin1Of(plain.take(text.subarray(at, at + step)));
    all += latin1Of(plain.end());
    return [all, plain.zeros];
  };
  const latin1Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

  it.each<[string, string, number]>([
    ['a\0b\n', 'a\0b\n', 0],
    [`a${zeros(15)}b`, `a${zeros(15)}b`, 0],
    [`a${zeros(16)}b`, 'a\nb', 16],
    [`a\n${zeros(2)}b${zeros(40)}`, 'a\nb', 42],
    [`${zeros(2)}a\n`, 'a\n', 2],
    [`${zeros(1)}abcd\n`, 'abcd\n', 1],
    [`${zeros(5)}\u00ef\u00bb\u00bfabcd`, 'abcd', 5],
    ['\0a\0b\0c\0d', 'abcd', 0],
    [zeros(9), '', 9],
  ])('%j are those of a hole, or what it says, wherever pieces end', (text, wanted, passedOver) => {
    const bytes = Buffer.from(text, 'latin1');
    for (const step of [1, 2, 3, 7, 16, bytes.length]) expect(read(bytes, step)).toEqual([wanted, passedOver]);
  });
});
