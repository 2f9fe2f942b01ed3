import type { Stats } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { type ByteSource, CaptureError, fileHandleSource } from 'pcap-ts-parser';
import type { Analysis } from '../analysis/report/analysis.ts';
import { analyze, NothingRead, type OnProgress } from '../analysis/pipeline.ts';
import type { ScoringHelp } from '../analysis/sessions/candidate-work.ts';
import type { Settings } from '../analysis/settings.ts';
import { type Baseline, mergedBaselines } from '../analysis/triage/baseline.ts';
import { openBaseline } from '../saved/baselines.ts';
import { SavedFault } from '../saved/unpack.ts';
import { isSaved, type OpenedAnalysis, openSaved } from '../saved/saved.ts';
import { isSystemError, ReadError } from './output.ts';
import { vendorOf } from '../vendors/vendor-of.ts';

/** Files as they lie on the disk, and what of them is none. */
export async function fileSources(files: readonly string[]): Promise<{ sources: ByteSource[]; missing: ReadError[] }> {
  const sources: ByteSource[] = [];
  const missing: ReadError[] = [];
  for (const file of files) {
    try {
      sources.push(fileSource(file, await statusOf(file, 'no files in it')));
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      missing.push(error);
    }
  }
  return { sources, missing };
}

/** A saved analysis, where that is what the only one of some files is; else null. Throws a `ReadError` for a damaged one. */
export async function openedFile(sources: readonly ByteSource[]): Promise<OpenedAnalysis | null> {
  return sources.length === 1 && (await isSaved(sources[0])) ? reading(openSaved(sources[0])) : null;
}

/** What baselines say together; null for none. Throws a `ReadError` for a file that is none. */
export async function openedBaselines(files: readonly string[]): Promise<Baseline | null> {
  const baselines: Baseline[] = [];
  const { sources, missing } = await fileSources(files);
  if (missing.length > 0) throw missing[0];
  for (const source of sources) baselines.push(await reading(openBaseline(source)));
  return baselines.length === 0 ? null : mergedBaselines(baselines);
}

/** What is opened. Throws a `ReadError` where it cannot be. */
async function reading<T>(opening: Promise<T>): Promise<T> {
  try {
    return await opening;
  } catch (error) {
    if (!(error instanceof SavedFault)) throw error;
    const place = error.offset === null ? '' : ` (byte ${error.offset})`;
    throw new ReadError(`${error.file}: ${error.message}${place}`, { cause: error });
  }
}

/**
 * Reads captures and flow logs, unpacked as `openArchives` gives them. Throws a `ReadError` when none can be read.
 *
 * @param help scores sessions in other threads, too; null where there are none
 * @param mostTwice as of `analyze`
 */
export async function analyzeFiles(
  sources: readonly ByteSource[],
  settings: Settings,
  help: ScoringHelp | null,
  onProgress?: OnProgress,
  mostTwice?: number,
): Promise<Analysis> {
  try {
    return await analyze(sources, settings, onProgress, vendorOf, help, undefined, mostTwice);
  } catch (error) {
    if (!(error instanceof NothingRead)) throw error;
    throw new ReadError(`${error.file}: ${error.message} (byte ${error.offset})`, { cause: error });
  }
}

/** Bytes of a file. Throws a `ReadError` for what is none. */
export async function sizeOf(file: string): Promise<number> {
  return (await statusOf(file)).size;
}

/** What a file is when reading begins. Throws a `ReadError` for what is none, which says `folderWords` of a folder. */
async function statusOf(file: string, folderWords = 'not a file, but a folder'): Promise<Stats> {
  let isFolder = false;
  try {
    const status = await stat(file);
    if (status.isFile()) return status;
    // A folder is here for what the system says of it.
    isFolder = status.isDirectory();
    if (isFolder) await readdir(file);
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    throw new ReadError(`${file}: ${cause.code === 'ENOENT' ? 'no such file' : `cannot be read (${cause.code})`}`, {
      cause,
    });
  }
  throw new ReadError(`${file}: ${isFolder ? folderWords : 'not a file, but something like a pipe'}`);
}

/** A file that is open only while it is read: a day of rotated captures is more files than a process may hold open. */
function fileSource(file: string, { size, mtimeMs }: Stats): ByteSource {
  const checkUnchanged = (now: Stats, offset: number): void => {
    if (now.size === size && now.mtimeMs === mtimeMs) return;
    const how = now.size === size ? 'it was written to' : `it had ${size} bytes and has ${now.size} now`;
    const message = `the file changed while it was read: ${how}`;
    throw new CaptureError('changed-file', offset, message);
  };
  return {
    name: file,
    size,
    open() {
      let handle: FileHandle | null = null;
      const opening = {
        async read(...place: [Uint8Array, number, number, number]) {
          // What is empty by its length may wait for ever for who reads it, as the kernel's own log does.
          if (size === 0) {
            checkUnchanged(await readable(() => stat(file), place[3]), place[3]);
            return { bytesRead: 0 };
          }
          const opened = (handle ??= await readable(() => open(file), place[3]));
          const read = await readable(() => opened.read(...place), place[3]);
          if (read.bytesRead === 0) checkUnchanged(await readable(() => opened.stat(), place[3]), place[3]);
          return read;
        },
      };
      const reader = fileHandleSource(opening, size, file).open();
      return {
        read: (space) => reader.read(space),
        async close() {
          // What was read is read, whatever becomes of the handle.
          await handle?.close().catch(() => undefined);
        },
      };
    },
    async readAt(start, end) {
      const handle = await readable(() => open(file), start);
      try {
        const bytes = await readable(async () => fileHandleSource(handle, size, file).readAt?.(start, end), start);
        checkUnchanged(await readable(() => handle.stat(), start), start);
        return bytes ?? new ArrayBuffer(0);
      } finally {
        await handle.close().catch(() => undefined);
      }
    },
  };
}

/**
 * What a step of reading from a place on gives. Throws a `CaptureError` where the system refuses it, as it does a file
 * that is gone.
 */
async function readable<T>(step: () => Promise<T>, offset: number): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    throw new CaptureError('unreadable', offset, `it cannot be read (${cause.code})`, { cause });
  }
}
