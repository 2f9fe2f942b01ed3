import { execFileSync } from 'node:child_process';

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
