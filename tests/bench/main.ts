import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { largeCapture, ORDINARY_PACKET, SMALL_PACKET } from '../builders/large.ts';
import { inBrowser, passesInBrowser, scoringInBrowser } from './browser.ts';
import { builtMeasurements, type Measure } from './built.ts';
import type { Measurement, PassSeconds } from './passes.ts';
import type { ScoringMeasurement } from './scoring.ts';

const BYTES = 200e6;

/**
 * What grouping and scoring take after reading, and decode throughput beside the time to merely read the same file the
 * same way, in Node and in the browser's worker. Quote the ratio: the machine's own speed drops out of it.
 */
async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'beaconscope-bench-'));
  const passes: [capture: string, where: string, PassSeconds][] = [];
  try {
    const measure = await builtMeasurements(path.join(folder, 'built'));
    console.log(
      'flows a connection  where    grouping           flows   listed   seconds to group and give all scores, ' +
        'on one core',
    );
    printScoring('node', measure('scoreMany'));
    printScoring('browser', await scoringInBrowser(path.join(folder, 'worker')));
    console.log('');
    console.log('capture         where    packets      MB/s   packets/s   MB/s read   share of read speed');
    for (const [name, averagePacket] of [
      ['700-byte mix', ORDINARY_PACKET],
      ['small packets', SMALL_PACKET],
    ] as const) {
      const file = path.join(folder, `${averagePacket}.pcap`);
      await write(file, averagePacket);
      print(name, 'node', measure('inNode', file));
      print(name, 'browser', await inBrowser(file));
      passes.push([name, 'node', measure('passesInNode', file)]);
      passes.push([name, 'browser', await passesInBrowser(file, path.join(folder, 'worker'))]);
    }
    console.log('');
    printPasses(passes);
    printSessions(measure);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function printScoring(where: string, measurements: readonly ScoringMeasurement[]): void {
  for (const { spread, grouping, flows, listed, seconds } of measurements) {
    const counts = [flows.toLocaleString('en').padStart(10), listed.toLocaleString('en').padStart(8)];
    console.log(
      [spread.padEnd(19), where.padEnd(8), grouping.padEnd(13), ...counts, seconds.toFixed(2).padStart(9)].join(' '),
    );
  }
}

async function write(file: string, averagePacket: number): Promise<void> {
  const handle = await open(file, 'w');
  for (const piece of largeCapture({ bytes: BYTES, averagePacket })) await handle.write(piece);
  await handle.close();
}

function print(capture: string, where: string, { readSeconds, analyzeSeconds, packets }: Measurement): void {
  const columns = [
    capture.padEnd(15),
    where.padEnd(8),
    packets.toLocaleString('en').padStart(9),
    (BYTES / 1e6 / analyzeSeconds).toFixed(0).padStart(9),
    Math.round(packets / analyzeSeconds)
      .toLocaleString('en')
      .padStart(11),
    (BYTES / 1e6 / readSeconds).toFixed(0).padStart(11),
    `${((100 * readSeconds) / analyzeSeconds).toFixed(0)} %`.padStart(21),
  ];
  console.log(columns.join(' '));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/**
 * What each pass costs: names, fingerprints and applications on top of reading a capture and decoding it into flows,
 * sessions and DNS on top of all that. In Node it is processor time, in the browser what a worker waits for.
 */
function printPasses(passes: readonly [capture: string, where: string, PassSeconds][]): void {
  console.log('capture         where      flows   names on top   sessions on top   DNS on top   both on top');
  for (const [capture, where, { flows, names, sessions, dns, both }] of passes) {
    const columns = [
      capture.padEnd(15),
      where.padEnd(8),
      `${(1000 * flows).toFixed(0)} ms`.padStart(7),
      percent(names / flows - 1).padStart(14),
      ...[sessions, dns, both].map((seconds, index) => percent(seconds / names - 1).padStart([17, 12, 13][index])),
    ];
    console.log(columns.join(' '));
  }
}

function printSessions(measure: Measure): void {
  const { recordBytes, messageBytes, seconds } = measure('millionSessions');
  console.log(
    `1,000,000 sessions: ${(recordBytes / 1e6).toFixed(1)} MB of records, ${(messageBytes / 1e6).toFixed(1)} ` +
      'MB of messages, ' +
      `${((1e9 * seconds) / 4e6).toFixed(0)} ns a packet`,
  );
}

await main();
