import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  ARCHIVES_OF_CUT,
  ARCHIVES_OF_SMALLEST,
  ENCRYPTED_ARCHIVES,
  HONEST_ARCHIVE,
  HONEST_ARCHIVE_OF_MIDDLE,
  HOSTILE_ARCHIVES,
  HOSTILE_SAVED,
} from '../builders/hostile/archives.ts';
import { honestList, HOSTILE_LISTS } from '../builders/hostile/lists.ts';
import { HOSTILE_HOSTS } from '../builders/hostile/hosts.ts';
import { honestLog, HOSTILE_LOGS } from '../builders/hostile/logs.ts';
import { HOSTILE_CAPTURES } from '../builders/hostile/packets.ts';
import { HOSTILE_TABLES, honestTable } from '../builders/hostile/tables.ts';
import { writeMix } from './inputs.ts';
import { buildProgram, saveInTerminal, usageInTerminal } from './terminal.ts';

const BYTES = Number(process.env['BENCH_BYTES'] ?? 1.5e6);
/** What hostile input may cost: so many times the processor's time of honest input of its size, and so much memory. */
const MOST_TIMES = 3;
const MOST_MEGABYTES = 600;

/** A capture is compared with an honest one of as many bytes, and of as large packets: below this, of small ones. */
const SMALL_BYTES = 250;

/** Of a capture of small packets an analysis is saved in so many times fewer bytes. */
const CAPTURED_A_SAVED_BYTE = 6;

/** How large the packets of a capture are on average, with the headers of their records. */
function bytesAPacket(capture: Uint8Array): number {
  const view = new DataView(capture.buffer, capture.byteOffset, capture.length);
  let packets = 0;
  for (let at = 24; at < capture.length; at += 16 + view.getUint32(at + 8, true)) packets++;
  return capture.length / packets;
}

/** Builds a file of about so many bytes. */
type Build = (bytes: number) => Uint8Array | string | Promise<Uint8Array>;

/** Prints what files cost beside an honest one; where one costs too much, the program ends with 1. */
class Comparison {
  private readonly honest: number;

  constructor(name: string, file: string, options: readonly string[]) {
    const { processorSeconds, megabytes } = usageInTerminal(file, options);
    this.honest = processorSeconds;
    console.log(
      `${name.padEnd(50)}${processorSeconds.toFixed(2).padStart(7)} ${'1.0'.padStart(6)} ${megabytes.toFixed(0).padStart(6)}`,
    );
  }

  row(name: string, file: string, options: readonly string[]): void {
    const { processorSeconds, megabytes } = usageInTerminal(file, options);
    const times = processorSeconds / this.honest;
    const isTooMuch = times > MOST_TIMES || megabytes > MOST_MEGABYTES;
    if (isTooMuch) process.exitCode = 1;
    const cells = [
      processorSeconds.toFixed(2).padStart(7),
      times.toFixed(1).padStart(6),
      megabytes.toFixed(0).padStart(6),
    ];
    console.log(`${name.padEnd(50)}${cells.join(' ')}${isTooMuch ? '  too much' : ''}`);
  }

  /** Builds each, writes it to a file and compares that. */
  async rows(builds: Readonly<Record<string, Build>>, file: string): Promise<void> {
    for (const [name, build] of Object.entries(builds)) {
      await writeFile(file, await build(BYTES));
      this.row(name, file, []);
    }
  }
}

/**
 * What files that were made to be slow cost the terminal program, beside honest ones of as many bytes: 1.5 MB, or
 * `BENCH_BYTES`. Ends with 1 where one costs too much.
 */
async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'beaconscope-hostile-'));
  try {
    buildProgram();
    const honest = path.join(folder, 'honest.pcap');
    const small = path.join(folder, 'small.pcap');
    const file = path.join(folder, 'hostile');
    await writeMix(honest, { bytes: BYTES });
    await writeMix(small, { bytes: BYTES, mode: 'small' });
    console.log(`${'file'.padEnd(50)}seconds  times     MB`);
    const captures = new Comparison('honest capture', honest, []);
    const smallPackets = new Comparison('honest capture of small packets', small, []);
    for (const [name, { build, options }] of Object.entries({ ...HOSTILE_CAPTURES, ...HOSTILE_HOSTS })) {
      const capture = build(BYTES);
      await writeFile(file, capture);
      (bytesAPacket(capture) < SMALL_BYTES ? smallPackets : captures).row(name, file, options);
    }
    for (const [name, build] of Object.entries(HOSTILE_ARCHIVES)) {
      await writeFile(file, await build(BYTES));
      (name in ARCHIVES_OF_SMALLEST ? smallPackets : captures).row(name, file, []);
    }
    await writeMix(small, { bytes: CAPTURED_A_SAVED_BYTE * BYTES, mode: 'small' });
    saveInTerminal(small, file);
    await new Comparison('honest saved analysis', file, []).rows(HOSTILE_SAVED, file);
    await writeFile(file, await HONEST_ARCHIVE(BYTES));
    await new Comparison('honest ZIP of small captures', file, []).rows(ARCHIVES_OF_CUT, file);
    await writeFile(file, await HONEST_ARCHIVE_OF_MIDDLE(BYTES));
    await new Comparison('honest ZIP of captures of 300 kB', file, []).rows(ENCRYPTED_ARCHIVES, file);
    await writeFile(file, await honestTable(BYTES));
    await new Comparison('honest Parquet', file, []).rows(HOSTILE_TABLES, file);
    await writeFile(file, honestLog(BYTES));
    await new Comparison('honest log', file, []).rows(HOSTILE_LOGS, file);
    await writeFile(file, honestList(BYTES));
    const lists = new Comparison('honest list', honest, ['--watch', file]);
    for (const [name, build] of Object.entries(HOSTILE_LISTS)) {
      await writeFile(file, build(BYTES));
      lists.row(name, honest, ['--watch', file]);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

await main();
