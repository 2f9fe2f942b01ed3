import { spawn } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CONN_FIELDS, connRow, zeekJson, zeekTsv } from '../builders/logs/zeek.ts';
import { type Random, seededRandom } from '../builders/random.ts';

const BYTES = Number(process.env['LOG_BYTES'] ?? 1e9);
const ROWS_A_PIECE = 2000;
const CLIENTS = 200;
const SERVERS = 500;

/**
 * Time and memory that the terminal needs for a generated conn.log, as text and as JSON lines: 1 GB each, or
 * `LOG_BYTES`. The memory is the most the process had at once (`maxRSS`).
 */
async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'beaconscope-logs-'));
  try {
    for (const form of ['text', 'JSON'] as const) {
      const file = path.join(folder, `conn.${form}.log`);
      const rows = await write(file, form === 'JSON');
      const { seconds, mostMegabytes } = await analyzed(file);
      const speed = (BYTES / 1e6 / seconds).toFixed(0);
      console.log(
        `${form}: ${rows.toLocaleString('en')} rows, ${seconds.toFixed(1)} s, ${speed} MB/s, at most ` +
          `${mostMegabytes.toFixed(0)} MB`,
      );
      await rm(file);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function write(file: string, json: boolean): Promise<number> {
  const random = seededRandom(1);
  const handle = await open(file, 'w');
  let rows = 0;
  let bytes = 0;
  let now = 1_591_367_999;
  while (bytes < BYTES) {
    const piece = Array.from({ length: ROWS_A_PIECE }, () => {
      now += random.uniform() * 0.02;
      return row(now, random);
    });
    const text = json ? zeekJson(piece) : zeekTsv('conn', CONN_FIELDS, piece);
    // The header once, and no closing line: one log, not many joined ones.
    const lines = json ? text : text.slice(rows === 0 ? 0 : text.indexOf('\n1') + 1, text.indexOf('#close'));
    bytes += (await handle.write(lines)).bytesWritten;
    rows += piece.length;
  }
  await handle.close();
  return rows;
}

/**
 * A connection of one of a few hundred clients to one of a few hundred servers, of which few are much asked for. It is
 * logged when it ends, as Zeek does, so that rows are not in order of start.
 */
function row(now: number, random: Random) {
  const client = random.integer(0, CLIENTS - 1);
  const server = Math.floor(SERVERS * random.uniform() ** 3);
  const payload = 100 + random.integer(0, 99999);
  const duration = random.uniform() * 60;
  const packets = 4 + Math.ceil(payload / 1400);
  return connRow({
    ts: (now - duration).toFixed(6),
    uid: `C${random.integer(0, 2 ** 31).toString(36)}${random.integer(0, 2 ** 31).toString(36)}x${random.integer(0, 36 ** 4).toString(36)}`,
    'id.orig_h': `10.0.${client >> 8}.${client & 255}`,
    'id.orig_p': 1024 + random.integer(0, 59999),
    'id.resp_h': `198.18.${server >> 8}.${server & 255}`,
    'id.resp_p': [443, 80, 53, 8443][server & 3],
    duration: duration.toFixed(6),
    orig_bytes: payload,
    resp_bytes: payload * 3,
    orig_pkts: packets,
    orig_ip_bytes: payload + 40 * packets,
    resp_pkts: packets * 2,
    resp_ip_bytes: payload * 3 + 80 * packets,
    local_orig: 'T',
    local_resp: 'F',
  });
}

/** Analyses a file in a process of its own, which says at its end how much memory it had at most. */
async function analyzed(file: string): Promise<{ seconds: number; mostMegabytes: number }> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'logs-child.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`the analysis ended with ${String(code)}`);
  return { seconds: (performance.now() - startedMs) / 1000, mostMegabytes: (Number(said) * 1024) / 1e6 };
}

await main();
