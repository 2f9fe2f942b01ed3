import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Whether a program of Debian's is there, installed first where it can be (as root). Says so where it cannot be had.
 *
 * @param program its name, or its path where it is not called by name
 */
export function hasProgram(program: string, packages: readonly string[] = [program]): boolean {
  if (isThere(program)) return true;
  for (const parameters of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    console.log(`no ${program} found; trying: apt-get ${parameters.join(' ')}`);
    spawnSync('apt-get', parameters, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  }
  if (!isThere(program)) console.log(`${program} is not to be had here: what needs it is skipped`);
  return isThere(program);
}

function isThere(program: string): boolean {
  if (program.includes('/')) return existsSync(program);
  return spawnSync('which', [program], { stdio: 'ignore' }).status === 0;
}
