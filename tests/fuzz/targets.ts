import { createHash } from 'node:crypto';
import { bufferSource, type ByteSource, CaptureError, type CaptureWarning } from 'pcap-ts-parser';
import { readList } from '../../src/analysis/lists/read-list.ts';
import { analyze, NothingRead } from '../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { openArchives } from '../../src/decompress/archives/open-archives.ts';
import { decompressed } from '../../src/decompress/decompressed.ts';
import { openSaved } from '../../src/saved/saved.ts';
import { SavedFault } from '../../src/saved/unpack.ts';
import { captureSeeds, listSeeds, logSeeds, packedSeeds, parquetSeeds, savedSeeds } from './seeds.ts';

/** A reader that is fuzzed. */
export interface Target {
  /** Whole inputs that mutations begin from. */
  seeds: () => Uint8Array[] | Promise<Uint8Array[]>;
  /** What it makes of an input that comes in pieces of these lengths in turn: the same whatever they are. */
  run: (bytes: Uint8Array, pieces: readonly number[]) => Promise<string>;
}

export const TARGETS: Readonly<Record<string, Target>> = {
  captures: { seeds: captureSeeds, run: analysed },
  logs: { seeds: logSeeds, run: analysed },
  parquet: { seeds: parquetSeeds, run: analysed },
  packed: { seeds: packedSeeds, run: unpacked },
  saved: { seeds: savedSeeds, run: opened },
  lists: {
    seeds: listSeeds,
    run: async (bytes) => JSON.stringify(readList(new TextDecoder().decode(bytes))),
  },
};

/** All that is made of one file: flows, sessions, scores, and every warning word for word. */
async function analysed(bytes: Uint8Array, pieces: readonly number[]): Promise<string> {
  try {
    const analysis = await analyze([decompressed(inPieces(bytes, pieces))], DEFAULT_SETTINGS);
    const { connections, packets, flows } = analysis.report(DEFAULT_SETTINGS);
    return `${packets} ${flows} ${connections.length} ${JSON.stringify(analysis.captures)}`;
  } catch (error) {
    if (!(error instanceof NothingRead)) throw error;
    return `${error.kind} ${error.offset} ${error.message}`;
  }
}

/** What lies in a packed file or an archive: the bytes of each file, and why there are no more. */
async function unpacked(bytes: Uint8Array, pieces: readonly number[]): Promise<string> {
  const source = inPieces(bytes, pieces);
  const { sources } = await openArchives([source], { passwords: [], isWanted: async () => true });
  const told: string[] = [];
  for (const inner of sources) told.push(`${inner.name} ${await read(inner)} ${words(inner.warnings)}`);
  return told.join('\n');
}

async function read(source: ByteSource): Promise<string> {
  const hash = createHash('sha256');
  const reader = source.open();
  let length = 0;
  let end = '';
  try {
    for (let piece = await reader.read(new Uint8Array(4096)); piece.length > 0;) {
      hash.update(piece);
      length += piece.length;
      piece = await reader.read(new Uint8Array(4096));
    }
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    end = words([error]);
  }
  await reader.close();
  return `${length} ${hash.digest('hex')} ${end}`;
}

function words(warnings: readonly Pick<CaptureWarning, 'kind' | 'offset' | 'message'>[] = []): string {
  return warnings.map(({ kind, offset, message }) => `${kind} ${offset} ${message}`).join('; ');
}

/** What a saved analysis shows. */
async function opened(bytes: Uint8Array, pieces: readonly number[]): Promise<string> {
  try {
    const { analysis, remarks } = await openSaved(inPieces(bytes, pieces));
    const { connections, packets, flows } = analysis.report({ ...DEFAULT_SETTINGS, minFlows: 0 });
    return `${packets} ${flows} ${connections.length} ${remarks}`;
  } catch (error) {
    if (!(error instanceof SavedFault)) throw error;
    return error.message;
  }
}

/** A source that gives at most so many bytes at a time, one length after the other and over again. */
function inPieces(bytes: Uint8Array, pieces: readonly number[]): ByteSource {
  const source = bufferSource(bytes, 'fuzzed');
  return {
    ...source,
    open() {
      const reader = source.open();
      let reads = 0;
      return {
        read: (space) => reader.read(space.subarray(0, pieces[reads++ % pieces.length])),
        close: () => reader.close(),
      };
    },
  };
}
