import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileHandleSource } from 'pcap-ts-parser';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { openTarget, type Target } from '../../../src/fleet/engine/open.ts';
import { hunt } from '../../../src/fleet/hunt/hunt.ts';
import { WorkerPool } from '../../../src/fleet/hunt/pool.ts';
import { load, prepare } from '../../../src/fleet/load/load.ts';
import { FLOWS_A_LOG, writeConnLog } from './conn-log.ts';
import type { Measured, Time } from './results.ts';
import { SPENT, type Spent } from './scorer.ts';

/** Loads and hunts so many flows in ClickHouse in this process; prints what that took as JSON. */
async function main(flows: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-bench-fleet-'));
  try {
    const target = await openTarget(path.join(folder, 'engine'), say);
    await prepare(target, null);
    const loading: Time = { seconds: 0, processorSeconds: 0 };
    for (let log = 0; log * FLOWS_A_LOG < flows; log++) await loadLog(target, path.join(folder, 'conn.log'), log);
    const hunting: Time = { seconds: 0, processorSeconds: 0 };
    const scored = await measured(hunting, () => huntAll(target));
    await target.engine.close();
    const peakMb = Math.round((process.resourceUsage().maxRSS * 1024) / 1e6);
    const result: Measured = { flows, ...scored, loading, hunting, peakMb };
    console.log(JSON.stringify(result));

    async function loadLog(into: Target, file: string, log: number): Promise<void> {
      await writeConnLog(file, log, flows);
      const handle = await open(file);
      const source = fileHandleSource(handle, (await handle.stat()).size, `conn.${log}.log`);
      await measured(loading, () => load(into, [source], DEFAULT_SETTINGS, say));
      await handle.close();
      rmSync(file);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function huntAll(target: Target): Promise<Pick<Measured, 'connections' | 'findings' | 'scoring'>> {
  const spent = new Map<number, number>();
  const channel = new BroadcastChannel(SPENT);
  channel.addEventListener('message', ({ data }: { data: unknown }) => {
    const { thread, seconds } = data as Spent;
    spent.set(thread, seconds);
  });
  const scorers = new WorkerPool(new URL('scorer.ts', import.meta.url));
  const question = { list: DEFAULT_SETTINGS, fromMs: null, toMs: null, filters: [], sinceLast: false };
  const { connections, findings } = await hunt(target, question, { scorers, say });
  // The last word of a thread comes behind its last report.
  await wait(100);
  channel.close();
  await scorers.close();
  return { connections, findings, scoring: [...spent.values()].reduce((sum, seconds) => sum + seconds, 0) };
}

/** Adds the time that some work takes; that of the processor is that of all threads of this process. */
async function measured<T>(time: Time, work: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  time.seconds += (performance.now() - startedMs) / 1000;
  time.processorSeconds += (user + system) / 1e6;
  return result;
}

function say(line: string): void {
  console.error(line);
}

await main(Number(process.argv[2]));
// ClickHouse in the process has threads of its own that would keep it.
process.exit(0);
