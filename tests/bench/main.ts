import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inBrowser, passesInBrowser, scoringInBrowser } from './browser.ts';
import { builtMeasurements, type Measure } from './built.ts';
import { writeMix, writeTraining } from './inputs.ts';
import type { Measurement, PassSeconds } from './passes.ts';
import { writeResults } from './results.ts';
import type { ScoringMeasurement } from './scoring.ts';
import {
  buildProgram,
  inTerminal,
  processorSecondsInTerminal,
  type TerminalMeasurement,
  type Usage,
} from './terminal.ts';

const BYTES = Number(process.env['BENCH_BYTES'] ?? 500e6);
/** How much longer files take is told by one of a quarter. */
const SHORTER = 4;

const CAPTURES: Record<string, (file: string, bytes: number) => Promise<boolean | void>> = {
  'enterprise mix': (file, bytes) => writeMix(file, { bytes }),
  'small packets': (file, bytes) => writeMix(file, { bytes, mode: 'small' }),
  'training captures': writeTraining,
};

/**
 * The terminal program from start to exit beside tshark and merely reading; the analysis warm, in Node and in a
 * browser's worker, beside reading the same way; what its parts cost. All of three captures of 500 MB, or
 * `BENCH_BYTES`: see `enterpriseMix` and `writeTraining`. Figures go to `results/speed.json`, which the README quotes:
 * mostly ratios, out of which the machine's own speed drops. With `--terminal`, only the terminal is measured and nothing
 * written.
 */
async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'beaconscope-bench-'));
  const results: Record<string, object> = {};
  try {
    const files = await writeCaptures(folder);
    buildProgram();
    for (const [name, { file, shorter, bytes }] of files) {
      const terminal = inTerminal(file);
      const longer = terminal.allCores.processorSeconds / processorSecondsInTerminal(shorter);
      const exponent = Math.log(longer) / Math.log(SHORTER);
      results[name] = { megabytes: bytes / 1e6, terminal, exponent };
      printTerminal(name, bytes, terminal, exponent);
    }
    if (process.argv.includes('--terminal')) return;
    const measure = await builtMeasurements(path.join(folder, 'built'));
    await measureWarm(measure, files, results);
    // What follows is printed alone.
    await writeResults('speed', results);
    await import('./figures.ts');
    await measureParts(measure, folder, files);
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Written {
  file: string;
  shorter: string;
  bytes: number;
}

async function writeCaptures(folder: string): Promise<Map<string, Written>> {
  const files = new Map<string, Written>();
  for (const [name, write] of Object.entries(CAPTURES)) {
    const file = path.join(folder, `${name}.pcap`);
    const shorter = path.join(folder, `${name}, a quarter.pcap`);
    if ((await write(file, BYTES)) === false) {
      console.log(`${name}: left out, for they are not here`);
      continue;
    }
    await write(shorter, BYTES / SHORTER);
    files.set(name, { file, shorter, bytes: (await stat(file)).size });
  }
  return files;
}

/** What the analysis takes once its code is warm, in Node and in the page. */
async function measureWarm(
  measure: Measure,
  files: Map<string, Written>,
  results: Record<string, object>,
): Promise<void> {
  console.log('');
  console.log('capture            where    packets      MB/s   packets/s   MB/s read   share of read speed');
  for (const [name, { file, bytes }] of files) {
    const node = measure('inNode', file);
    print(name, 'node', bytes, node);
    const browser = await inBrowser(file);
    print(name, 'browser', bytes, browser);
    const { analyzeSeconds, readSeconds, sliceSeconds } = browser;
    const ratios = { ofReading: analyzeSeconds / readSeconds, ofSlices: analyzeSeconds / sliceSeconds };
    results[name] = { ...results[name], node, browser: { ...browser, ...ratios } };
  }
}

/** What the parts of the analysis cost. */
async function measureParts(measure: Measure, folder: string, files: Map<string, Written>): Promise<void> {
  const passes: [capture: string, where: string, PassSeconds][] = [];
  printScoring('node', measure('scoreMany'));
  printScoring('browser', await scoringInBrowser(path.join(folder, 'worker')));
  for (const [name, { file }] of files) {
    passes.push([name, 'node', measure('passesInNode', file)]);
    passes.push([name, 'browser', await passesInBrowser(file, path.join(folder, 'worker'))]);
  }
  console.log('');
  printPasses(passes);
  printSessions(measure);
}

function printTerminal(name: string, bytes: number, terminal: TerminalMeasurement, exponent: number): void {
  const megabytes = (bytes / 1e6).toFixed(0);
  console.log(`${name}, ${megabytes} MB; time grows with the power of ${exponent.toFixed(2)}`);
  const rows: [string, Usage | null, number | null][] = [
    ['start alone', terminal.start, null],
    ['reading alone', terminal.reading, null],
    ['terminal, one core', terminal.oneCore, terminal.ratioOneCore],
    ['terminal, all cores', terminal.allCores, terminal.ratio],
    ['tshark, one core', terminal.tsharkOneCore, null],
    ['tshark, all cores', terminal.tshark, null],
  ];
  const { processorRatio } = terminal;
  if (processorRatio !== null) console.log(`  ${processorRatio.toFixed(3)} of tshark's seconds of a processor`);
  for (const [label, usage, ratio] of rows) {
    if (usage === null) continue;
    const { seconds, processorSeconds, megabytes: most } = usage;
    const used = `${processorSeconds.toFixed(2).padStart(8)} s of processors`;
    const memory = Number.isNaN(most) ? '' : `${most.toFixed(0).padStart(6)} MB`;
    const share = ratio === null ? '' : `   ${ratio.toFixed(3)} of tshark's time`;
    console.log(`  ${label.padEnd(20)} ${seconds.toFixed(2).padStart(7)} s ${used}${memory}${share}`);
  }
}

function printScoring(where: string, measurements: readonly ScoringMeasurement[]): void {
  console.log('');
  console.log(
    'flows a connection  where    grouping           flows   listed   seconds to group and give all scores, ' +
      'on one core',
  );
  for (const { spread, grouping, flows, listed, seconds } of measurements) {
    const counts = [flows.toLocaleString('en').padStart(10), listed.toLocaleString('en').padStart(8)];
    console.log(
      [spread.padEnd(19), where.padEnd(8), grouping.padEnd(13), ...counts, seconds.toFixed(2).padStart(9)].join(' '),
    );
  }
}

function print(
  capture: string,
  where: string,
  bytes: number,
  { readSeconds, analyzeSeconds, packets }: Measurement,
): void {
  const columns = [
    capture.padEnd(18),
    where.padEnd(8),
    packets.toLocaleString('en').padStart(9),
    (bytes / 1e6 / analyzeSeconds).toFixed(0).padStart(9),
    Math.round(packets / analyzeSeconds)
      .toLocaleString('en')
      .padStart(11),
    (bytes / 1e6 / readSeconds).toFixed(0).padStart(11),
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
    `1,000,000 sessions: ${(recordBytes / 1e6).toFixed(1)} MB of records, ` +
      `${(messageBytes / 1e6).toFixed(1)} MB of messages, ` +
      `${((1e9 * seconds) / 4e6).toFixed(0)} ns a packet`,
  );
}

await main();
