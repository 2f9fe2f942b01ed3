import { AddressList } from '../../../src/analysis/net/address-list.ts';
import { gzipSync } from 'node:zlib';
import { bufferSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { packed } from '../../../src/saved/pack.ts';
import { SAVED_VERSION } from '../../../src/saved/file.ts';
import { isSaved, openSaved } from '../../../src/saved/saved.ts';
import { openedBytes, savedBytes, shownOf } from '../../builders/saved.ts';
import { analyzeFixture } from '../../fixtures/expected.ts';
import { FIXTURES } from '../../fixtures/fixtures.ts';

const MAGIC = new TextEncoder().encode('BEACONSCOPE ANALYSIS\n');
const beacons = await analyzeFixture(FIXTURES.find(({ name }) => name === 'beacons') ?? FIXTURES[0]);

/** A saved file whose content is whatever. */
function fileOf(value: unknown): Uint8Array {
  return gzipSync(Buffer.concat([MAGIC, ...packed(value)]));
}

describe('a saved analysis', () => {
  it.each(FIXTURES.map((fixture) => [fixture.name, fixture] as const))(
    'is the analysis again: %s',
    async (_, fixture) => {
      const analysis = await analyzeFixture(fixture);
      const { analysis: opened } = await openedBytes(savedBytes(analysis));
      expect(opened.nfstreamFlows).toEqual(analysis.nfstreamFlows);
      expect(shownOf(opened)).toEqual(shownOf(analysis));
      for (const grouping of ['src,dst', 'src,name'] as const)
        expect(shownOf(opened, { grouping, minFlows: 0 })).toEqual(shownOf(analysis, { grouping, minFlows: 0 }));
    },
  );

  it('keeps what is said beside it, and says it again when it is saved again', async () => {
    const facts = { digests: [{ file: 'office.pcap', sha256: 'ab'.repeat(32) }], remarks: '{"a":1}', program: '9.1' };
    const bytes = savedBytes(beacons, facts);
    const opened = await openedBytes(bytes);
    expect(opened).toMatchObject({ ...facts, savedMs: 1_700_000_000_000 });
    const again = await openedBytes(savedBytes(opened.analysis, facts));
    expect(shownOf(again.analysis)).toEqual(shownOf(beacons));
  });

  it('keeps lists and remarks that are as long as they may be', async () => {
    // A character of two halves stands where one piece ends and the next begins.
    const allow = `${'x'.repeat(2 ** 20 - 1)}😀${'203.0.113.9  # ours 😀\n'.repeat(150_000)}`;
    const remarks = JSON.stringify({ note: '"\n'.repeat(2.2e6) });
    const settings = { ...beacons.parts.settings, allow, watch: allow.slice(1) };
    const listed = { parts: { ...beacons.parts, settings } } as unknown as typeof beacons;
    const opened = await openedBytes(savedBytes(listed, { remarks }));
    expect(opened.analysis.parts.settings.allow === allow).toBe(true);
    expect(opened.analysis.parts.settings.watch === allow.slice(1)).toBe(true);
    expect(opened.remarks === remarks).toBe(true);
  });

  it('holds no payload', async () => {
    const flows = JSON.stringify(beacons.parts.flows.texts);
    expect(Object.keys(beacons.parts).sort()).toEqual([
      'baseline',
      'dns',
      'flows',
      'network',
      'nfstreamFlows',
      'read',
      'sessions',
      'settings',
    ]);
    expect(flows).not.toContain('HTTP/1.1 200');
  });

  it('holds packets only where they are given, and says what they are', async () => {
    const pcapng = Uint8Array.of(1, 2, 3);
    const packets = { connections: 2, cut: 1, bytesEach: 300 };
    expect(await openedBytes(savedBytes(beacons, { packets }, pcapng))).toMatchObject({ packets, pcapng });
    expect(await openedBytes(savedBytes(beacons))).toMatchObject({ packets: null, pcapng: null });
  });

  it('is told by its first bytes, not by its name', async () => {
    expect(await isSaved(bufferSource(savedBytes(beacons), 'x.pcap'))).toBe(true);
    expect(await isSaved(bufferSource(MAGIC, 'x'))).toBe(true);
    for (const bytes of [new Uint8Array(0), new Uint8Array(5), new Uint8Array(100), gzipSync('BEACONSCOPE')])
      expect(await isSaved(bufferSource(bytes, 'x.beaconscope'))).toBe(false);
  });

  it('is refused among captures, with a word', async () => {
    const sources = [bufferSource(MAGIC, 'a.beaconscope'), bufferSource(new TextEncoder().encode('PAR1'), 'b')];
    await expect(analyze(sources, DEFAULT_SETTINGS)).rejects.toThrow('a saved analysis, which is opened by itself');
  });
});

describe('a file that is no saved analysis as this program saves them', () => {
  const bytes = savedBytes(beacons);
  const content = { version: SAVED_VERSION, program: '', savedMs: 0, digests: [], remarks: '' };

  it.each([
    ['cut short', bytes.subarray(0, bytes.length - 100), /end/],
    ['its end cut off', bytes.subarray(0, bytes.length - 1), /end|cut|checksum/],
    [
      'of a later version',
      fileOf({ version: 2 }),
      'in version 2 of the format, and this program reads up to version 1',
    ],
    ['of no version', fileOf({}), 'version is not a number'],
    ['nothing', fileOf(null), 'file is not an object'],
    ['without an analysis', fileOf(content), 'analysis is not an object'],
    ['without sessions', fileOf({ ...content, analysis: {} }), 'analysis.sessions is not an object'],
    ['a head that is no JSON', gzipSync(Buffer.concat([MAGIC, Uint8Array.of(1, 0, 0, 0, 65)])), 'its head is damaged'],
    [
      'a head of 4 GB',
      gzipSync(Buffer.concat([MAGIC, new Uint8Array(4).fill(255)])),
      'its head would be of 4294967295',
    ],
    ['more behind its end', gzipSync(Buffer.concat([MAGIC, ...packed(content), Uint8Array.of(0)])), 'more follows'],
    ['nested a million deep', nested(), 'nested too deeply'],
    ['lists in lists without end', headOnly('['.repeat(100_000)), 'nested too deeply'],
    ['lists in lists, one more than there may be', headOnly('['.repeat(33) + ']'.repeat(33)), 'nested too deeply'],
    ['millions of empty objects', headOnly(`{"columns":[],"value":[${'{},'.repeat(3e6)}{}]}`), 'its head has'],
    ['empty texts by the million', headOnly('{"columns":[["texts",20000000]],"value":0}'), 'claim 20000000 texts'],
    ['a bomb of zeros', headOnly('{"columns":[["u8",100000000]],"value":0}'), 'it holds more than'],
    ['a column of 2^40', headOnly('{"columns":[["u8",1099511627776]],"value":0}'), 'it holds more than'],
    ['a column that ends', headOnly('{"columns":[["u8",100000]],"value":0}'), 'it ends too early'],
    ['ten thousand columns and one', headOnly(`{"columns":[${'0,'.repeat(10_000)}0],"value":0}`), 'no list of columns'],
    ['as many files and one', fileOf({ ...content, digests: Array(100_001).fill(0) }), 'a list of at most 100000'],
    ['a column of a kind', headOnly('{"columns":[["constructor",1]],"value":0}'), 'unknown kind'],
    ['a column of half', headOnly('{"columns":[["u8",0.5]],"value":0}'), 'no length'],
  ])('says what is wrong: %s', async (_, file, message) => {
    await expect(openSaved(bufferSource(file, 'x.beaconscope'))).rejects.toThrow(message);
    await expect(openSaved(bufferSource(file, 'x.beaconscope'))).rejects.toMatchObject({ file: 'x.beaconscope' });
  });

  it('names the byte at which a checksum is wrong', async () => {
    const damaged = bytes.slice();
    damaged[damaged.length - 6] ^= 1;
    await expect(openedBytes(damaged)).rejects.toThrow(/checksum|damaged/);
  });

  it('is refused where its columns do not fit each other', async () => {
    const { parts } = beacons;
    const changed = (change: object) => ({ parts: { ...parts, flows: { ...parts.flows, ...change } } });
    for (const [change, message] of [
      [{ addresses: AddressList.of([]) }, 'analysis.flows.source is not in its range'],
      [{ length: 3 }, 'analysis.flows.conversation is not a column of 3 values'],
      [{ names: ['x'] }, 'does not begin with the empty text'],
      [
        { sinceMs: new Float64Array(parts.flows.length).fill(Number.NaN) },
        'analysis.flows.sinceMs is not in its range',
      ],
      [{ protocol: new Float64Array(parts.flows.length) }, 'analysis.flows.protocol is not a column of its type'],
    ] as const) {
      const file = savedBytes(changed(change) as unknown as typeof beacons);
      await expect(openedBytes(file)).rejects.toThrow(message);
    }
  });

  it.each(['a\nb', '\u001b[31m', 'a\u202eb', '\u200b'])(
    'is refused where what packets said has other marks: %j',
    async (mark) => {
      const { parts } = beacons;
      const { flows, read } = parts;
      const marked = (texts: readonly string[]): string[] => texts.map((text, place) => (place === 1 ? mark : text));
      const sighting = { address: mark, kind: 'name', text: 'a', source: 'DHCP', firstMs: 0, lastMs: 0 };
      for (const change of [
        { flows: { ...flows, addresses: AddressList.of(marked(flows.addresses.texts())) } },
        { flows: { ...flows, names: marked(flows.names) } },
        { flows: { ...flows, texts: marked(flows.texts), userAgent: flows.userAgent.map(() => 1) } },
        { read: { ...read, hostsSeen: [sighting] } },
        { read: { ...read, saidZones: { internal: [mark], external: [] } } },
      ]) {
        const file = savedBytes({ parts: { ...parts, ...change } } as unknown as typeof beacons);
        await expect(openedBytes(file)).rejects.toThrow(/visible ASCII|several lines/);
      }
    },
  );
});

function headOnly(head: string): Uint8Array {
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, head.length, true);
  return Buffer.concat([MAGIC, size, new TextEncoder().encode(head)]);
}

function nested(): Uint8Array {
  return headOnly(`{"columns":[],"value":${'['.repeat(1e5)}${']'.repeat(1e5)}}`);
}
