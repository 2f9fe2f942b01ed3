import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HOSTILE_ARCHIVES } from '../builders/hostile/archives.ts';
import { HOSTILE_CAPTURES } from '../builders/hostile/packets.ts';
import { writeMix } from './inputs.ts';
import { buildProgram, usageInTerminal } from './terminal.ts';

const BYTES = Number(process.env['BENCH_BYTES'] ?? 1.5e6);
/** What hostile input may cost: so many times the processor's time of honest input of its size, and so much memory. */
const MOST_TIMES = 3;
const MOST_MEGABYTES = 600;

/**
 * What files that were made to be slow cost the terminal program, beside an ordinary capture of as many bytes: 1.5 MB, or
 * `BENCH_BYTES`. Ends with 1 where one costs too much.
 */
async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'beaconscope-hostile-'));
  try {
    buildProgram();
    const honest = path.join(folder, 'honest.pcap');
    await writeMix(honest, { bytes: BYTES });
    const measure = usageInTerminal(honest, []).processorSeconds;
    const row = (name: string, file: string, options: readonly string[]): void => {
      const { processorSeconds, megabytes } = usageInTerminal(file, options);
      const times = processorSeconds / measure;
      const isTooMuch = times > MOST_TIMES || megabytes > MOST_MEGABYTES;
      if (isTooMuch) process.exitCode = 1;
      const cells = [
        processorSeconds.toFixed(2).padStart(7),
        times.toFixed(1).padStart(6),
        megabytes.toFixed(0).padStart(6),
      ];
      console.log(`${name.padEnd(50)}${cells.join(' ')}${isTooMuch ? '  too much' : ''}`);
    };
    console.log(`${'file'.padEnd(50)}seconds  times     MB`);
    row('honest', honest, []);
    const file = path.join(folder, 'hostile');
    for (const [name, { build, options }] of Object.entries(HOSTILE_CAPTURES)) {
      await writeFile(file, build(BYTES));
      row(name, file, options);
    }
    for (const [name, build] of Object.entries(HOSTILE_ARCHIVES)) {
      await writeFile(file, await build(BYTES));
      row(name, file, []);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

await main();
