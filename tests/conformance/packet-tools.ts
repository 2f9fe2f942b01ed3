import { execFileSync, spawnSync } from 'node:child_process';

/**
 * Whether a program of Debian's is there, installed first where it can be (as root, from the package of its name). Says so
 * where it cannot be had.
 */
export function hasTool(name: string): boolean {
  if (isThere(name)) return true;
  for (const parameters of [['update'], ['install', '-y', '--no-install-recommends', name]]) {
    console.log(`no ${name} found; trying: apt-get ${parameters.join(' ')}`);
    spawnSync('apt-get', parameters, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  }
  if (!isThere(name)) console.log(`${name} is not to be had here: what is compared with it is skipped`);
  return isThere(name);
}

/** Frame numbers, from 1, of what a display filter of Wireshark's shows. */
export function framesShown(file: string, filter: string): number[] {
  const output = run('tshark', ['-r', file, '-Y', filter, '-T', 'fields', '-e', 'frame.number']);
  return output.split('\n').filter(Boolean).map(Number);
}

/** How many packets a capture filter takes. */
export function packetsTaken(file: string, filter: string): number {
  return run('tcpdump', ['-nn', '-t', '-r', file, filter])
    .split('\n')
    .filter((line) => /^\S/.test(line)).length;
}

function run(tool: string, parameters: string[]): string {
  return execFileSync(tool, parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

function isThere(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
}
