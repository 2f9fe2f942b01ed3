import { type ByteSource, CaptureError } from 'pcap-ts-parser';
import { type Baseline, BASELINE_KINDS, mergedBaselines } from '../analysis/triage/baseline.ts';
import { unreadableSource } from '../decompress/archives/member.ts';
import { type Check, columnsLike, count, number, partsOf, saidTexts } from './checks.ts';
import { isSavedFile, openSavedFile, savedFile } from './file.ts';
import { SavedFault } from './unpack.ts';

const MAGIC = 'BEACONSCOPE BASELINE\n';

/** A baseline as a file, piece by piece. */
export function savedBaseline(baseline: Baseline): Generator<Uint8Array<ArrayBuffer>> {
  return savedFile(MAGIC, { baseline });
}

/** Whether a file is a baseline, told by its first bytes. */
export function isBaseline(source: ByteSource): Promise<boolean> {
  return isSavedFile(source, MAGIC);
}

/** Opens a baseline. Throws a `SavedFault` for one that is damaged, of a later version, or made up. */
export function openBaseline(source: ByteSource): Promise<Baseline> {
  return openSavedFile(source, MAGIC, ({ baseline }) => baselineCheck(baseline, 'baseline'));
}

/**
 * Files but for baselines, which are read at once and say together what they say. One that cannot be read is a capture that
 * says so when it is read. Throws a `SavedFault` where there is no capture beside them.
 */
export async function withoutBaselines(
  files: readonly ByteSource[],
): Promise<{ captures: ByteSource[]; baseline: Baseline | null }> {
  const captures: ByteSource[] = [];
  const baselines: Baseline[] = [];
  const faults: SavedFault[] = [];
  let others = 0;
  for (const file of files) {
    if (!(await isBaseline(file))) {
      others++;
      captures.push(file);
      continue;
    }
    try {
      baselines.push(await openBaseline(file));
    } catch (error) {
      if (!(error instanceof SavedFault)) throw error;
      faults.push(error);
      const message = `a baseline, with which nothing is compared: ${error.message}`;
      captures.push(unreadableSource(file.name, new CaptureError('unreadable', error.offset ?? 0, message)));
    }
  }
  if (others > 0) return { captures, baseline: baselines.length === 0 ? null : mergedBaselines(baselines) };
  if (faults.length > 0) throw faults[0];
  const fault = new SavedFault('it is a baseline: drop it beside a capture, which is then compared with it');
  throw Object.assign(fault, { file: files[0].name });
}

const COLUMNS: Pick<Baseline, 'kind' | 'firstMs' | 'lastMs' | 'offsets' | 'host'> = {
  kind: new Uint8Array(0),
  firstMs: new Float64Array(0),
  lastMs: new Float64Array(0),
  offsets: new Uint32Array(0),
  host: new Uint32Array(0),
};

export const baselineCheck: Check<Baseline> = (value, at) => {
  const parts = partsOf(value, at);
  const hosts = saidTexts(parts['hosts'], `${at}.hosts`);
  const text = saidTexts(parts['text'], `${at}.text`);
  const pairs = ArrayBuffer.isView(parts['host']) ? (parts['host'] as Uint32Array).length : 0;
  const bounds = {
    kind: { length: text.length, end: BASELINE_KINDS.length },
    firstMs: { length: text.length, end: Number.MAX_SAFE_INTEGER },
    lastMs: { length: text.length, end: Number.MAX_SAFE_INTEGER },
    offsets: { length: text.length + 1, end: pairs + 1 },
    host: { length: pairs, end: hosts.length },
  };
  const columns = columnsLike(COLUMNS, (name) => bounds[name])(value, at);
  if (columns.offsets.some((offset, place) => place > 0 && offset < columns.offsets[place - 1]))
    throw new SavedFault(`${at}.offsets does not go up`);
  return {
    ...columns,
    hosts,
    text,
    fromMs: number()(parts['fromMs'], `${at}.fromMs`),
    // A later one is no date.
    toMs: number(-8.64e15, 8.64e15)(parts['toMs'], `${at}.toMs`),
    leftOut: count(parts['leftOut'], `${at}.leftOut`),
  };
};
