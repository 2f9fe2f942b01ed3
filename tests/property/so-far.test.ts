import fc from 'fast-check';
import { bufferSource, type ByteSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { analyze, type OnProgress } from '../../src/analysis/pipeline.ts';
import type { Report } from '../../src/analysis/report/report.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { decompressed } from '../../src/decompress/decompressed.ts';
import { flowsCsv } from '../../src/export/csv.ts';
import { jsonText } from '../../src/export/json.ts';
import { vendorOf } from '../../src/vendors/vendor-of.ts';
import { enterpriseMix } from '../builders/mix.ts';
import { FIXTURES } from '../fixtures/fixtures.ts';
import { zeekConn } from '../fixtures/kinds/logs.ts';

type Files = Record<string, Uint8Array>;

const bytesOf = (content: Uint8Array | string): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;
const fixture = (...names: string[]): Files =>
  Object.fromEntries(
    FIXTURES.filter(({ name }) => names.includes(name)).flatMap(({ files }) =>
      Object.entries(files).map(([name, make]) => [name, bytesOf(make())]),
    ),
  );
const mix = (seed: number): Uint8Array => Buffer.concat([...enterpriseMix({ bytes: 4e5, seed, duration: 900 })]);

/** Captures and logs of every kind, damaged ones, several together, those of the same time and of both kinds. */
const CORPORA: readonly Files[] = [
  ...FIXTURES.map(({ name }) => fixture(name)),
  fixture('zeek', 'names', 'beacons'),
  fixture('suricata', 'zeek-json', 'hosts', 'damaged'),
  { 'a.pcap': mix(1), 'b.pcap': mix(2), 'cut.pcap': mix(3).subarray(0, 2e5 + 7) },
];

/** Files of which no more than so many bytes come at a time. */
function sourcesOf(files: Files, most: number): ByteSource[] {
  return Object.entries(files).map(([name, bytes]) => {
    const source = decompressed(bufferSource(bytes, name));
    return Object.assign(Object.create(source) as ByteSource, {
      open() {
        const reader = source.open();
        return {
          read: async (space: Uint8Array<ArrayBuffer>) => reader.read(space.subarray(0, most)),
          close: async () => reader.close(),
        };
      },
    });
  });
}

const LIST = { ...DEFAULT_SETTINGS, minFlows: 0 };

/** All that is exported of an analysis. */
async function resultOf(files: Files, most: number, onProgress?: OnProgress): Promise<string> {
  const analysis = await analyze(sourcesOf(files, most), DEFAULT_SETTINGS, onProgress, vendorOf);
  return [...jsonText(analysis.report(LIST), 'triage'), ...flowsCsv(analysis.nfstreamFlows)].join('');
}

const rowsOf = (report: Report): unknown =>
  JSON.parse([...jsonText({ ...report, captures: [], packets: 0 }, 'triage')].join(''));

describe('what was read so far', () => {
  it('changes nothing of the result, whenever and however often it is asked for', async () => {
    const places = fc.constantFrom(...CORPORA);
    await fc.assert(
      fc.asyncProperty(
        places,
        fc.integer({ min: 500, max: 60_000 }),
        fc.infiniteStream(fc.boolean()),
        async (files, most, moments) => {
          let asked = 0;
          const result = await resultOf(files, most, (_, soFar) => {
            if (asked > 6 || moments.next().value === false) return;
            if ((soFar()?.report(LIST).connections.length ?? 0) > 0) asked++;
          });
          expect(result === (await resultOf(files, most))).toBe(true);
        },
      ),
      { numRuns: Number(process.env['MUTATIONS'] ?? 30) },
    );
  });

  it.each(['transports', 'internet', 'links', 'names', 'beacons', 'sessions', 'dns-tunnels', 'hosts'])(
    'is all there is, once all is read: %s',
    async (name) => {
      // A log without rows is read behind the capture: by then all of its packets are counted.
      const head = zeekConn()
        .split('\n')
        .filter((line) => line.startsWith('#'));
      const files = { ...fixture(name), 'conn.log': bytesOf(`${head.join('\n')}\n`) };
      let last: Report | null = null;
      const analysis = await analyze(sourcesOf(files, 5000), DEFAULT_SETTINGS, ({ file }, soFar) => {
        if (file === 'conn.log') last = soFar()?.report(LIST) ?? null;
      });
      expect(last).not.toBeNull();
      const [soFar, all] = [last as unknown as Report, analysis.report(LIST)].map(rowsOf);
      expect(soFar).toEqual(all);
      expect(analysis.rows(LIST).connections).toEqual(analysis.report(LIST).connections);
    },
  );

  it('says nothing where there is nothing yet, and of logs what their rows say', async () => {
    const flows: (number | null)[] = [];
    await analyze(sourcesOf(fixture('zeek'), 300), DEFAULT_SETTINGS, (_, soFar) => {
      flows.push(soFar()?.report(LIST).flows ?? null);
    });
    expect(flows[0]).toBeNull();
    expect(new Set(flows).size).toBeGreaterThan(5);
  });
});
