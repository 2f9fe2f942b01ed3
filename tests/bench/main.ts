import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { largeCapture, ORDINARY_PACKET, SMALL_PACKET } from '../builders/large.ts';
import { inBrowser } from './browser.ts';
import { builtMeasurements, type Measure } from './built.ts';
import { costOfNames, type NamesMeasurement } from './names.ts';

const BYTES = 200e6;

/** Where and what was measured: seconds to merely read the file the same way, and to read and decode it into flows. */
export interface Measurement {
  readSeconds: number;
  analyzeSeconds: number;
  packets: number;
}

/**
 * What grouping and scoring take after reading, and decode throughput beside the time to merely read the same file the same way, in Node and in the browser's worker.
 * Quote the ratio: the machine's own speed drops out of it.
 */
async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'beaconscope-bench-'));
  const names: [capture: string, NamesMeasurement][] = [];
  try {
    const measure = await builtMeasurements(path.join(folder, 'built'));
    printScoring(measure);
    console.log('');
    console.log('capture         where    packets      MB/s   packets/s   MB/s read   share of read speed');
    for (const [name, averagePacket] of [['700-byte mix', ORDINARY_PACKET], ['small packets', SMALL_PACKET]] as const) {
      const file = path.join(folder, `${averagePacket}.pcap`);
      await write(file, averagePacket);
      print(name, 'node', measure('inNode', file));
      print(name, 'browser', await inBrowser(file));
      names.push([name, costOfNames(file, measure)]);
    }
    for (const [name, { withoutSeconds, withSeconds }] of names) {
      console.log(`names, fingerprints and applications: ${percent(withSeconds / withoutSeconds - 1)} on top of decoding the ${name}`);
    }
    printSessions(path.join(folder, `${ORDINARY_PACKET}.pcap`), measure);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function printScoring(measure: Measure): void {
  console.log('grouping           flows   connections   seconds to group and give all scores, on one core');
  for (const { grouping, flows, connections, seconds } of measure('scoreMany')) {
    const counts = [flows.toLocaleString('en').padStart(10), connections.toLocaleString('en').padStart(13)];
    console.log([grouping.padEnd(13), ...counts, seconds.toFixed(2).padStart(9)].join(' '));
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
    Math.round(packets / analyzeSeconds).toLocaleString('en').padStart(11),
    (BYTES / 1e6 / readSeconds).toFixed(0).padStart(11),
    `${((100 * readSeconds) / analyzeSeconds).toFixed(0)} %`.padStart(21),
  ];
  console.log(columns.join(' '));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** What sessions and DNS cost on top of decoding the 700-byte mix into flows, and what a million sessions take. */
function printSessions(file: string, measure: Measure): void {
  const { flows, sessions, dns, both } = measure('sessionPass', file);
  console.log(
    `on top of reading the 700-byte mix and decoding it into flows: sessions ${percent(sessions / flows - 1)}, `
    + `DNS ${percent(dns / flows - 1)}, both ${percent(both / flows - 1)}`,
  );
  const { recordBytes, messageBytes, seconds } = measure('millionSessions');
  console.log(
    `1,000,000 sessions: ${(recordBytes / 1e6).toFixed(1)} MB of records, ${(messageBytes / 1e6).toFixed(1)} MB of messages, `
    + `${((1e9 * seconds) / 4e6).toFixed(0)} ns a packet`,
  );
}

await main();
