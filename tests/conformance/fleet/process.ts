import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));

/** What a run of the program came to; the status of one that was killed is null. */
export interface Ran {
  status: number | null;
  output: string;
  errors: string;
}

/** Runs `fleet` in a process of its own; killed after a while with no chance to tidy up, where a moment is given. */
export async function fleet(given: readonly string[], killAfterMs: number | null = null): Promise<Ran> {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, 'fleet', ...given], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { output: '', errors: '' };
  child.stdout.on('data', (text: Buffer) => (said.output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said.errors += text.toString()));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  if (killAfterMs !== null) {
    await Promise.race([ended, wait(killAfterMs)]);
    child.kill('SIGKILL');
  }
  return { status: await ended, ...said };
}
