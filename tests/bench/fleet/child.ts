import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileHandleSource } from 'pcap-ts-parser';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { openTarget } from '../../src/fleet/engine/open.ts';
import { hunt } from '../../src/fleet/hunt/hunt.ts';
import { WorkerPool } from '../../src/fleet/hunt/pool.ts';
import { load, prepare } from '../../src/fleet/load/load.ts';
import { seededRandom } from '../builders/random.ts';

/**
 * `npm run bench:fleet [-- FLOWS]`: a conn.log for every million flows, loaded and hunted in ClickHouse in this process; 20
 * million flows if nothing is said. One in twenty is of a connection that checks in on a rhythm.
 */
const FLOWS = Number(process.argv[2] ?? 20_000_000);
const FLOWS_A_FILE = 1_000_000;
const FLOWS_A_CONNECTION = 20;
const HOSTS = 2000;
const DAY_S = 86_400;
const BATCH = 5000;

/** One hour after another, as Zeek writes them. */
function* connLog(file: number, flows: number): Generator<string> {
  const random = seededRandom(20_261_129 + file);
  const fields = 'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto duration orig_ip_bytes resp_ip_bytes';
  yield `#separator \\x09\n#path\tconn\n#fields\t${fields.replaceAll(' ', '\t')}\torig_pkts\tresp_pkts\n`;
  const connections = Math.ceil(FLOWS / FLOWS_A_CONNECTION);
  let lines: string[] = [];
  for (let flow = 0; flow < flows; flow++) {
    const number = file * FLOWS_A_FILE + flow;
    const connection = number % connections;
    const visit = Math.floor(number / connections);
    const isBeacon = connection % FLOWS_A_CONNECTION === 0;
    const at = isBeacon ? 60 * visit + (connection % 60) : random.uniform(0, DAY_S);
    const source = `10.${(connection % HOSTS) >> 8}.${(connection % HOSTS) & 0xff}.7`;
    const destination = `${20 + (connection >> 16)}.${(connection >> 8) & 0xff}.${connection & 0xff}.${connection % 199}`;
    const bytes = isBeacon ? 512 : random.integer(100, 90_000);
    const start = (1_700_000_000 + at).toFixed(6);
    lines.push([start, `C${number}`, source, 50_000, destination, 443, 'tcp', 1, bytes, 2 * bytes, 9, 12].join('\t'));
    if (lines.length < BATCH && flow < flows - 1) continue;
    yield `${lines.join('\n')}\n`;
    lines = [];
  }
}

const folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-bench-fleet-'));
const say = (line: string): void => console.log(line);
try {
  const target = await openTarget(path.join(folder, 'engine'), say);
  await prepare(target, null);
  let loadS = 0;
  for (let file = 0; file * FLOWS_A_FILE < FLOWS; file++) {
    const name = path.join(folder, `conn.${file}.log`);
    const flows = Math.min(FLOWS_A_FILE, FLOWS - file * FLOWS_A_FILE);
    await pipeline(Readable.from(connLog(file, flows)), createWriteStream(name));
    const handle = await open(name);
    const source = fileHandleSource(handle, (await handle.stat()).size, name);
    const startedMs = performance.now();
    await load(target, [source], DEFAULT_SETTINGS, () => {});
    loadS += (performance.now() - startedMs) / 1000;
    await handle.close();
    rmSync(name);
  }
  const scorers = new WorkerPool(new URL('../../src/cli/main.ts', import.meta.url));
  const startedMs = performance.now();
  const question = { list: DEFAULT_SETTINGS, fromMs: null, toMs: null, filters: [], sinceLast: false };
  const { connections, findings } = await hunt(target, question, { scorers, say });
  const huntS = (performance.now() - startedMs) / 1000;
  await scorers.close();
  await target.engine.close();
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  const rate = (seconds: number): string => `${seconds.toFixed(1)} s, ${Math.round(FLOWS / seconds)} flows a second`;
  console.log(`load: ${rate(loadS)}`);
  console.log(`hunt: ${rate(huntS)}; ${connections} connections scored, ${findings} findings`);
  console.log(`memory: ${peakMb} MB at most, engine and workers included`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
