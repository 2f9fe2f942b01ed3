import path from 'node:path';
import { type ByteSource, CaptureError } from 'pcap-ts-parser';
import { type LogForm, logFormOf, type LogKind } from '../../analysis/flow-logs/kind.ts';
import { decompressed } from '../../decompress/decompressed.ts';

/** A file, and which log it is; null for a capture, a table of flows, and what cannot be read: these are read alone. */
export interface LoadFile {
  source: ByteSource;
  log: LogForm | null;
  /** Whether it can have flows: one of Zeek's logs beside conn.log has names at most. */
  hasFlows: boolean;
  /** What tells that the same rows of an engine come again; null for a file, whose bytes do. */
  digest: string | null;
}

/** Logs whose rows may belong to those of others. */
const JOINED: ReadonlySet<LogKind> = new Set(['zeek-tsv', 'zeek-csv', 'zeek-json', 'suricata', 'zeek-summary']);

/** Zeek's logs that have flows or names, at the start of a file's name; what follows says the hour of a rotated log. */
const LOG_NAME = /^(?:conn|ssl|http|dns|quic|x509|open_\w+|eve)[._-]*/;

/**
 * Files that are loaded together: the logs of one folder and one rotation, whose names belong to each other's flows.
 * Every capture and every table of flows is alone.
 */
export async function fileSets(sources: readonly ByteSource[]): Promise<LoadFile[][]> {
  const sets = new Map<string, LoadFile[]>();
  for (const source of sources) {
    const form = await logFormOf(decompressed(source));
    const log = form === null || 'refused' in form || !JOINED.has(form.kind) ? null : form;
    const hasFlows = log === null || (await mayHaveFlows(log, source));
    const key = log === null ? `alone ${source.name}` : rotationOf(source.name);
    const file = { source, log, hasFlows, digest: null };
    const set = sets.get(key);
    if (set === undefined) sets.set(key, [file]);
    else set.push(file);
  }
  return [...sets.values()];
}

/** Folder and rotation of a log: "day/conn.10:00:00-11:00:00.log.gz" and the ssl log beside it have the same. */
export function rotationOf(name: string): string {
  return path.join(path.dirname(name), path.basename(name).replace(LOG_NAME, ''));
}

async function mayHaveFlows({ kind }: LogForm, source: ByteSource): Promise<boolean> {
  if (kind === 'zeek-summary') return false;
  return kind !== 'zeek-tsv' || hasConnections(decompressed(source));
}

/** Bytes in which Zeek's header names the log. */
const HEAD_BYTES = 4096;

/** Whether a log of Zeek's is one of connections, by the path in its header; one without a path may be. */
async function hasConnections(source: ByteSource): Promise<boolean> {
  const reader = source.open();
  let head = '';
  try {
    while (head.length < HEAD_BYTES) {
      const piece = await reader.read(new Uint8Array(HEAD_BYTES - head.length));
      if (piece.length === 0) break;
      head += Buffer.from(piece).toString('latin1');
    }
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
  } finally {
    await reader.close();
  }
  const name = /^#path\s+(\S+)/m.exec(head)?.[1];
  return name === undefined || name === 'conn' || name === 'open_conn';
}
