import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import lock from '../embedded/package-lock.json' with { type: 'json' };
import recipe from '../embedded/package.json' with { type: 'json' };
import { EngineError, engineMessage } from './engine.ts';

/** What is used of chdb's session: ClickHouse in the process, over one folder. */
export interface ChdbSession {
  queryAsync(statement: string, options: { format: string }): Promise<{ bytes(): Uint8Array }>;
  queryBindAsync(statement: string, bound: object, options: { format: string }): Promise<{ bytes(): Uint8Array }>;
  close(): void;
}

/** What is used of the package. */
export interface ChdbModule {
  Session: new (folder: string, options: { connectionArgs: readonly string[] }) => ChdbSession;
  drainPending(): Promise<void>;
}

/**
 * Loads chdb, which is no dependency of this program: it weighs 570 MB. The first time it is installed into a folder of
 * its own, at the version and with the digests that its lock file here names. Throws an `EngineError` where that cannot
 * be done.
 *
 * @param say told before and after an installation
 */
export async function loadChdb(say: (line: string) => void): Promise<ChdbModule> {
  const version = recipe.dependencies.chdb;
  const folder = path.join(engineFolder(), `chdb-${version}`);
  if (!existsSync(path.join(folder, 'node_modules/chdb/package.json'))) {
    say(`installing chdb ${version}, ClickHouse in the process, into ${folder}: about 570 MB, this once`);
    await install(folder);
    say(`installed chdb ${version}`);
  }
  try {
    return createRequire(path.join(folder, 'package.json'))('chdb') as ChdbModule;
  } catch (cause) {
    throw new EngineError(
      `chdb cannot be loaded from ${folder}: ${engineMessage(String(cause))}; ` +
        'delete that folder to install it again, or give the URL of a ClickHouse server',
      null,
      { cause },
    );
  }
}

/** Where engines are installed: `BEACONSCOPE_ENGINES`, or the user's cache. */
export function engineFolder(): string {
  const { BEACONSCOPE_ENGINES: chosen, XDG_CACHE_HOME: cache } = process.env;
  return chosen ?? path.join(cache ?? path.join(homedir(), '.cache'), 'beaconscope');
}

/** Installs beside the folder and moves it there when all of it is there: two at once, or one cut off, do no harm. */
async function install(folder: string): Promise<void> {
  const making = `${folder}.${process.pid}`;
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { recursive: true });
  await writeFile(path.join(making, 'package.json'), JSON.stringify(recipe));
  await writeFile(path.join(making, 'package-lock.json'), JSON.stringify(lock));
  try {
    await npmInstall(making);
    await rename(making, folder);
  } catch (cause) {
    if (existsSync(path.join(folder, 'node_modules/chdb/package.json'))) return;
    throw cause;
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

async function npmInstall(folder: string): Promise<void> {
  const told: Buffer[] = [];
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn('npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => told.push(piece));
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code === 0) return;
  throw new EngineError(
    'chdb could not be installed (it is packaged for Linux on x64): ' +
      `${engineMessage(Buffer.concat(told).toString())}; ` +
      'give the URL of a ClickHouse server instead of a folder',
  );
}
