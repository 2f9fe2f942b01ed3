import { type ByteSource, CaptureError } from 'pcap-ts-parser';
import { analyze, NothingRead } from '../../analysis/pipeline.ts';
import { readFlowLog } from '../../analysis/flow-logs/read.ts';
import type { CaptureSummary } from '../../analysis/capture.ts';
import type { Settings } from '../../analysis/settings.ts';
import { decompressed } from '../../decompress/decompressed.ts';
import { type Block, BLOCK_FLOWS, BlockBuilder } from './block-builder.ts';
import type { LoadFile } from './sets.ts';

/** What was read of one file: what `analyze` says of it. */
export type FileRead = Pick<CaptureSummary, 'format' | 'warnings'> & {
  lacks: string[];
  /** Bits of `OBSERVED` that none of its flows could show, whatever they themselves say. */
  unobserved: number;
};

/** Takes the flows of a file in blocks. */
export interface FlowSink {
  /** Takes the next flows; resolves when there is room for more. */
  take(block: Block, start: number, end: number): Promise<void>;
}

/**
 * Reads the flows of a capture or a table of flows: these go on over their whole length, and are cut into blocks at the
 * end. Throws a `NothingRead`.
 */
export async function readWhole(source: ByteSource, settings: Settings, sink: FlowSink): Promise<FileRead> {
  const { captures, flows } = await analyze([decompressed(source)], settings);
  for (let start = 0; start < flows.length; start += BLOCK_FLOWS) {
    await sink.take({ flows, localRows: [] }, start, Math.min(flows.length, start + BLOCK_FLOWS));
  }
  const [{ format, warnings, lacks = [] }] = captures;
  return { format, warnings, lacks, unobserved: 0 };
}

/** The logs of one set, read twice where they have names: first all names, then the flows that they belong to. */
export class LogSet {
  private readonly ready: Block[] = [];
  private readonly builder: BlockBuilder;
  private readonly hasNames: boolean;

  /** @param blockFlows flows of a block */
  constructor(hasNames: boolean, blockFlows = BLOCK_FLOWS) {
    this.hasNames = hasNames;
    this.builder = new BlockBuilder((block) => this.ready.push(block), blockFlows);
  }

  /** Gathers the names of a log. */
  async readNames({ source, log }: LoadFile): Promise<void> {
    if (log === null) return;
    try {
      await readFlowLog(decompressed(source), log, this.builder, () => {});
    } catch (error) {
      // The second reading says what is wrong.
      if (!(error instanceof CaptureError)) throw error;
    }
  }

  /** Reads the flows of a log, block after block. Throws a `NothingRead`. */
  async readFlows({ source, log }: LoadFile, sink: FlowSink): Promise<FileRead> {
    if (log === null) throw new TypeError('a capture is not a log');
    this.builder.beginFlows();
    this.builder.forgotten = 0;
    const drain = async (): Promise<void> => {
      for (let block = this.ready.shift(); block !== undefined; block = this.ready.shift())
        await sink.take(block, 0, block.flows.length);
    };
    try {
      const read = await readFlowLog(afterEach(decompressed(source), drain), log, this.builder, () => {});
      this.builder.handOver();
      await drain();
      const lacks = read.missingNames === null || this.hasNames ? read.lacks : [...read.lacks, read.missingNames];
      const warnings = [...read.warnings, ...(source.warnings ?? [])];
      return { ...read, warnings, lacks, unobserved: this.builder.forgotten };
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      throw new NothingRead(source.name, error);
    }
  }
}

/** A source that is read no further before `work` is done: no more flows are in memory than a piece of it makes. */
function afterEach(source: ByteSource, work: () => Promise<void>): ByteSource {
  return {
    name: source.name,
    size: source.size,
    readAt: source.readAt,
    open() {
      const reader = source.open();
      return {
        async read(space) {
          await work();
          return reader.read(space);
        },
        close: () => reader.close(),
      };
    },
  };
}
