import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PROGRAM = path.join(ROOT, 'dist-cli/beaconscope.js');
/** Prints what a process of Node used, when it ends. */
const USAGE =
  "data:text/javascript,process.on('exit',()=>" +
  String.raw`process.stderr.write('\n'+JSON.stringify(process.resourceUsage())+'\n'))`;
const READ =
  `const{openSync,readSync}=require('fs');` +
  `const f=openSync(process.argv[1]),b=Buffer.alloc(4194304);while(readSync(f,b)>0);`;
/** Runs what follows, and prints the processors' seconds for the program and for the system in the last line. */
const TIMED = `TIMEFORMAT='%U %S'; time "$@"`;
const ROUNDS = 2;

/** Seconds on the clock and of processors, and megabytes at most; NaN where that was not measured. */
export interface Usage {
  seconds: number;
  processorSeconds: number;
  megabytes: number;
}

/** The terminal program on one file from start to exit, beside merely reading it and beside tshark, each alone. */
export interface TerminalMeasurement {
  start: Usage;
  reading: Usage;
  /** Held to one core, and on all there are. */
  oneCore: Usage;
  allCores: Usage;
  /** `tshark -q -z conv,tcp`; null where it is not installed. */
  tsharkOneCore: Usage | null;
  tshark: Usage | null;
  /** The program's part of tshark's time. */
  ratioOneCore: number | null;
  ratio: number | null;
  /** The same of the processors' seconds on one core, which others on the machine hardly change. */
  processorRatio: number | null;
}

/** Builds the program that is measured. */
export function buildProgram(): void {
  execFileSync('npm', ['run', '--silent', 'build:cli'], { cwd: ROOT, stdio: 'ignore' });
}

/** Saves the analysis of a capture. */
export function saveInTerminal(capture: string, file: string): void {
  execFileSync(process.execPath, [PROGRAM, '--save', file, capture], { stdio: 'ignore' });
}

/**
 * The best of two rounds in turn, so that what else the machine does meets all alike: that of the fewest seconds of the
 * processors, which it changes least.
 */
export function inTerminal(file: string): TerminalMeasurement {
  const best = Array.from({ length: 6 }, () => nothing());
  const hasTshark = isInstalled('tshark', '--version');
  const holds = isInstalled('taskset', '--version');
  const oneCore = holds ? ['taskset', '-c', '0'] : [];
  for (let round = 0; round < ROUNDS; round++) {
    const program = [process.execPath, '--import', USAGE, PROGRAM];
    const tshark = ['tshark', '-q', '-z', 'conv,tcp', '-r', file];
    const calls = [
      [...program, '--version'],
      [process.execPath, '--import', USAGE, '-e', READ, file],
      [...oneCore, ...program, file],
      [...program, file],
      ...(hasTshark ? [[...oneCore, ...tshark], tshark] : []),
    ];
    for (const [index, call] of calls.entries()) best[index] = better(best[index], run(call));
  }
  const [start, reading, one, all, tsharkOne, tsharkAll] = best;
  const ratios = hasTshark ? [one.seconds / tsharkOne.seconds, all.seconds / tsharkAll.seconds] : [null, null];
  return {
    start,
    reading,
    oneCore: one,
    allCores: all,
    tsharkOneCore: hasTshark ? tsharkOne : null,
    tshark: hasTshark ? tsharkAll : null,
    ratioOneCore: ratios[0],
    ratio: ratios[1],
    processorRatio: hasTshark ? one.processorSeconds / tsharkOne.processorSeconds : null,
  };
}

/** The processors' seconds from start to exit, the better of two rounds. */
export function processorSecondsInTerminal(file: string): number {
  const rounds = Array.from({ length: ROUNDS }, () => run([process.execPath, PROGRAM, file]).processorSeconds);
  return Math.min(...rounds);
}

/** What the program uses for a file, the better of two rounds, whether it can read it or not. */
export function usageInTerminal(file: string, options: readonly string[]): Usage {
  const call = [process.execPath, '--import', USAGE, PROGRAM, file, ...options];
  return better(run(call, [0, 1, 2]), run(call, [0, 1, 2]));
}

function run(call: readonly string[], statuses: readonly number[] = [0]): Usage {
  const startedMs = performance.now();
  const { status, stderr } = spawnSync('bash', ['-c', TIMED, '-', ...call], { encoding: 'utf8', maxBuffer: 1 << 30 });
  const seconds = (performance.now() - startedMs) / 1000;
  if (!statuses.includes(status ?? -1)) throw new Error(`${call.join(' ')}: ${stderr}`);
  const lines = stderr.trimEnd().split('\n');
  const [user, system] = (lines.at(-1) ?? '').split(' ').map(Number);
  const usage = lines.findLast((line) => line.startsWith('{"userCPUTime"')) ?? '{}';
  const { maxRSS = Number.NaN } = JSON.parse(usage) as Partial<NodeJS.ResourceUsage>;
  return { seconds, processorSeconds: user + system, megabytes: maxRSS / 1000 };
}

function better(a: Usage, b: Usage): Usage {
  return b.processorSeconds < a.processorSeconds ? b : a;
}

function nothing(): Usage {
  return { seconds: Number.NaN, processorSeconds: Number.POSITIVE_INFINITY, megabytes: Number.NaN };
}

function isInstalled(...call: [string, string]): boolean {
  return spawnSync(call[0], [call[1]]).status === 0;
}
