import type { ByteSource } from 'pcap-ts-parser';
import { NothingRead } from '../../analysis/pipeline.ts';
import type { Settings } from '../../analysis/settings.ts';
import { EngineError } from '../engine/engine.ts';
import type { Target } from '../engine/open.ts';
import { quoted } from '../schema/names.ts';
import { creation, retention, tableName } from '../schema/tables.ts';
import { BLOCK_COLUMNS, BlockWriter, LOCAL_COLUMNS, localBlock } from './block.ts';
import type { Block } from './block-builder.ts';
import { digestOf } from './digest.ts';
import { type FileNote, Files } from './files.ts';
import { type FileRead, type FlowSink, LogSet, readWhole } from './load-set.ts';
import { countedSource, Heartbeat } from './progress.ts';
import { fileSets, type LoadFile } from './sets.ts';

/** What a loading came to. */
export interface LoadSummary {
  flows: number;
  loaded: number;
  /** Files that were there already. */
  known: number;
  /** Logs without flows of their own, read for the names of others. */
  namesOnly: number;
  /** What files do not say, and how many of them. */
  lacks: Map<string, number>;
  /** Files that another loader has, and files that could not be read, with the reason. */
  left: { file: string; reason: string }[];
}

/** A word that a file is still being loaded, and how far it is, goes out this often. */
const HEARTBEAT_MS = 15_000;

/**
 * Makes the tables that are not there yet. Throws an `EngineError`.
 *
 * @param days after which flows go; null for what was said before, or never
 */
export async function prepare({ engine, database, cluster }: Target, days: number | null): Promise<void> {
  for (const statement of creation({ database, cluster, days })) await engine.run(statement);
  if (days !== null) await engine.run(retention({ database, cluster }, days));
}

/** ClickHouse's numbers of errors for a table and a database that are not there. */
const UNKNOWN: ReadonlySet<number | null> = new Set([60, 81]);

/** Makes the tables only where they are not there: who may not make any can hunt in those that are. */
export async function ensureTables(target: Target): Promise<void> {
  try {
    // The table that is made last.
    await target.engine.read(`SELECT address FROM ${tableName(target.database, 'locals')} LIMIT 0`);
  } catch (error) {
    if (!(error instanceof EngineError && UNKNOWN.has(error.code))) throw error;
    await prepare(target, null);
  }
}

/**
 * Loads captures, logs and tables of flows, file after file. A file that is there changes nothing; one that a loader
 * left half done is finished: blocks are cut alike whenever a file is read, and those that are there are passed over.
 *
 * @param settings how captures are read
 * @param say told of each file
 * @param engineSets what engines have, as sets of files (see `engineSets`)
 * @throws EngineError
 */
export async function load(
  target: Target,
  sources: readonly ByteSource[],
  settings: Settings,
  say: (line: string) => void,
  engineSets: readonly LoadFile[][] = [],
): Promise<LoadSummary> {
  const loader = new Loader(target, settings, say);
  for (const set of [...(await fileSets(sources)), ...engineSets]) await loader.loadSet(set);
  return loader.summary;
}

class Loader {
  readonly summary: LoadSummary = { flows: 0, loaded: 0, known: 0, namesOnly: 0, lacks: new Map(), left: [] };
  private readonly target: Target;
  private readonly settings: Settings;
  private readonly say: (line: string) => void;
  private readonly files: Files;

  constructor(target: Target, settings: Settings, say: (line: string) => void) {
    this.target = target;
    this.settings = settings;
    this.say = say;
    this.files = new Files(target);
  }

  async loadSet(set: readonly LoadFile[]): Promise<void> {
    const hasNames = set.length > 1 || set.some(({ log }) => log?.kind === 'zeek-json' || log?.kind === 'suricata');
    let logs: LogSet | null = null;
    for (const file of set) {
      if (!file.hasFlows) {
        this.summary.namesOnly++;
        continue;
      }
      await this.loadFile(file, async (source, sink) => {
        if (file.log === null) return readWhole(source, this.settings, sink);
        if (logs === null) {
          logs = new LogSet(hasNames);
          if (hasNames) for (const other of set) await logs.readNames(other);
        }
        return logs.readFlows({ ...file, source }, sink);
      });
    }
  }

  private async loadFile(
    file: LoadFile,
    read: (source: ByteSource, sink: FlowSink) => Promise<FileRead>,
  ): Promise<void> {
    const { source } = file;
    const digest = file.digest ?? (await digestOf(source));
    const note: FileNote = {
      digest,
      name: source.name,
      format: '',
      bytes: source.size ?? 0,
      flows: 0,
      blocks: 0,
      notes: '',
      unobserved: 0,
    };
    // Rows of an engine that are others than before take the place of those.
    if (file.digest !== null) await this.files.removeOthers(note);
    const claim = await this.files.claim(note);
    if (claim.kind === 'loaded') {
      this.summary.known++;
      this.say(`${source.name}: loaded before (${claim.flows} flows)`);
      return;
    }
    if (claim.kind === 'busy') {
      this.leave(source.name, `another loader has it: ${claim.loader}`);
      return;
    }
    if (claim.again) this.say(`${source.name}: begun before, ${claim.blocks.size} blocks are there`);
    const blocks = new FileBlocks(this.target, { file: claim.file, digest, there: claim.blocks });
    const counted = countedSource(source);
    const heartbeat = new Heartbeat(HEARTBEAT_MS, async () => {
      this.say(`${source.name}: ${blocks.flows} flows so far${ofBytes(counted.taken.bytes, source.size)}`);
      await this.files.tell('loading', claim.file, { ...note, flows: blocks.flows, blocks: blocks.blocks });
    });
    try {
      const { format, warnings, lacks, unobserved } = await read(counted.source, blocks).finally(() =>
        heartbeat.stop(),
      );
      const messages = warnings.map(({ message }) => message);
      const notes = [...messages, ...lacks.map((lack) => `lacks ${lack}`)];
      await this.files.tell('loaded', claim.file, {
        ...note,
        format: format ?? '',
        flows: blocks.flows,
        blocks: blocks.blocks,
        notes: notes.join('\n'),
        unobserved,
      });
      this.summary.loaded++;
      this.summary.flows += blocks.flows;
      for (const lack of lacks) this.summary.lacks.set(lack, (this.summary.lacks.get(lack) ?? 0) + 1);
      this.say([`${source.name}: ${blocks.flows} flows`, ...messages].join('; '));
    } catch (error) {
      if (!(error instanceof NothingRead)) throw error;
      await this.files.tell('left', claim.file, note);
      this.leave(source.name, error.message);
    }
  }

  private leave(file: string, reason: string): void {
    this.summary.left.push({ file, reason });
    this.say(`${file}: left out: ${reason}`);
  }
}

/** How far the reading of a file is, where its size is known. */
function ofBytes(bytes: number, size: number | null): string {
  const mb = (count: number): string => (count / 1e6).toFixed(1);
  return size === null || bytes === 0 ? '' : `, ${mb(bytes)} of ${mb(size)} MB read`;
}

/** Puts the flows of one file into the engine, block after block. */
class FileBlocks implements FlowSink {
  flows = 0;
  blocks = 0;
  private readonly target: Target;
  private readonly of: { file: number; digest: string; there: ReadonlyMap<number, number> };

  constructor(target: Target, of: FileBlocks['of']) {
    this.target = target;
    this.of = of;
  }

  async take({ flows, localRows }: Block, start: number, end: number): Promise<void> {
    const { engine, database } = this.target;
    const { file, digest, there } = this.of;
    const block = this.blocks++;
    const row = this.flows;
    this.flows += end - start;
    if (there.get(block) === end - start) return;
    const token = `${digest}-${file}-${block}`;
    if (localRows.length > 0)
      await engine.insert(tableName(database, 'locals'), LOCAL_COLUMNS.map(quoted), localBlock(file, localRows), token);
    const rows = new BlockWriter(flows).write(start, end, { file, block, row });
    await engine.insert(tableName(database, 'flows'), BLOCK_COLUMNS.map(quoted), rows, token);
  }
}
