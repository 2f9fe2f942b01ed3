import { type ByteSource, CaptureError, type Packet } from 'pcap-ts-parser';
import { Analysis, type AnalysisParts } from './report/analysis.ts';
import type { LogForm } from './flow-logs/kind.ts';
import { readFlowLog } from './flow-logs/read.ts';
import { couldShow } from './flows/observed.ts';
import type { FlowColumns } from './flows/columns.ts';
import { MOST_FLOWS } from './flows/table.ts';
import { Gathered, type GatheredParts } from './gathered.ts';
import type { VendorLookup } from './inspect/hosts/hosts-seen.ts';
import { readInternal } from './lists/internal-list.ts';
import { openedLate, readByTime } from './reading/by-time.ts';
import { type CaptureOrder, inParts, keepOrder, orderOf, orderSaid, OrderWatch } from './reading/capture-order.ts';
import { DoubledPackets } from './reading/doubled-packets.ts';
import { captureNumbers, inReadingOrder, type OrderedSource } from './reading/reading-order.ts';
import { SamePackets } from './reading/same-packets.ts';
import type { CaptureSummary } from './capture.ts';
import {
  halvesSaid,
  placedInUnpacked,
  questionsSaid,
  repeatsSaid,
  withAdvice,
  zoneSaid,
  zonesSaid,
} from './reading-warnings.ts';
import type { ScoringHelp } from './sessions/candidate-work.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';

/** What can be read, in a line, for who gave something else: all of it is in the README. */
const READABLE =
  'captures (pcap, pcapng), logs of Zeek, eve.json of Suricata and flow tables of NFStream (CSV, Parquet), packed or not';

/** From so many flows on, those that NFStream makes of files out of order would take as much memory again. */
const MOST_TWICE = 500_000;

/** How far reading has come. */
export interface ReadingProgress {
  file: string;
  /** Place of the file among all, from 1. */
  fileNumber: number;
  /** Bytes and packets of all files so far. */
  bytesRead: number;
  packets: number;
}

/**
 * Makes an analysis of what was read so far, as all of it is made, but that of the captures nothing is said. It is good
 * until the call that it was asked in comes back, and changes nothing of the reading. Null where there is nothing to see
 * yet, or so much that there is no memory for it.
 */
export type SoFar = () => Analysis | null;

/** Told how far reading has come; asks at times what there is so far. */
export type OnProgress = (progress: ReadingProgress, soFar: SoFar) => void;

/** None of the files could be read. `file`, `kind` and `offset` are those of the first; the message counts the others. */
export class NothingRead extends Error {
  override readonly name = 'NothingRead';
  readonly file: string;
  readonly kind: string;
  readonly offset: number;

  constructor(file: string, cause: CaptureError, others = 0) {
    const nor = others === 1 ? 'the other file' : `any of the ${others} other files`;
    super(others === 0 ? cause.message : `${cause.message}; nor could ${nor} be read`, { cause });
    this.file = file;
    this.kind = cause.kind;
    this.offset = cause.offset;
  }
}

/**
 * Source -> packets -> flows: reads captures, in the order of their first packets, into one flow table, and adds the
 * flows that logs hold (see `flow-logs/`). The result groups, scores and lists (see `Analysis`).
 *
 * A file that cannot be read is among `captures` with format null and a warning that says why; only when that is so
 * for every file, `NothingRead` is thrown. What `onProgress` throws ends the reading.
 *
 * @param vendorOf who makes adapters, for the list of hosts
 * @param help scores sessions in other threads, too; null where there are none
 * @param mostFlows flows of packets that are kept; of later ones only the packets are counted, which is said
 * @param mostTwice flows that are kept as NFStream makes them, too, of files that are read twice: 0 where nobody asks for
 *   them, which spares making them; few in tests
 */
export async function analyze(
  sources: readonly ByteSource[],
  settings: Settings,
  onProgress: OnProgress = () => {},
  vendorOf: VendorLookup = () => '',
  help: ScoringHelp | null = null,
  mostFlows = MOST_FLOWS,
  mostTwice = MOST_TWICE,
): Promise<Analysis> {
  const ordered = await inReadingOrder(sources);
  const read = (first: FirstReading | null) =>
    readOnce(ordered, settings, onProgress, new Gathered(settings, vendorOf, { mostFlows }), first, mostTwice > 0);
  // No name stands for all that was read first: of a flood there is no memory for it beside what is read next.
  const first = await read(null).then(({ parts, isWhole }) => (isWhole ? parts : firstOf(parts, mostTwice)));
  return new Analysis('flows' in first ? first : (await read(first)).parts, help);
}

/** What is kept of a first reading of files that are now read in order, and each packet once. */
interface FirstReading {
  /** The flows that NFStream makes of the files as they are; null where there are too many to keep them twice. */
  exported: FlowColumns | null;
}

function firstOf({ nfstreamFlows }: AnalysisParts, mostTwice: number): FirstReading {
  return { exported: mostTwice > 0 && nfstreamFlows.length <= mostTwice ? nfstreamFlows : null };
}

/**
 * @param gathered what becomes of what is read; nothing yet
 * @param first what was read before; null for the first reading
 * @param isExportAsked whether somebody asks for the flows that NFStream makes
 * @returns what was read, and whether it is all: whether nothing lay out of order or was there twice
 */
async function readOnce(
  ordered: readonly OrderedSource[],
  settings: Settings,
  onProgress: OnProgress,
  gathered: Gathered,
  first: FirstReading | null,
  isExportAsked: boolean,
): Promise<{ parts: AnalysisParts; isWhole: boolean }> {
  const { logs, hostNames } = gathered;
  const captures: CaptureSummary[] = [];
  const progress: ReadingProgress = { file: '', fileNumber: 0, bytesRead: 0, packets: 0 };
  /** Logs that need others for names. */
  const nameless: (() => void)[] = [];
  /** Logs that say something of flows that others have. */
  const flowless: (() => void)[] = [];
  const readLogs: { capture: CaptureSummary; number: number; start: number; end: number }[] = [];
  const doubled = new DoubledPackets();
  /** Whether exports write flows as NFStream makes them of the files as they are; null where there are none. */
  const isExported = isExportAsked ? first === null || first.exported !== null : null;
  let isWhole = true;
  const unread: { file: string; error: CaptureError }[] = [];

  const soFar: SoFar = () => {
    const parts = gathered.soFar();
    return parts === null ? null : new Analysis(partsOf(settings, parts, []));
  };

  /** Reads all captures, those that overlap in time beside each other. */
  const readCaptures = async (wanted: readonly OrderedSource[]): Promise<void> => {
    const same = new SamePackets();
    const timed = first === null ? wanted : inParts(wanted);
    const numbers = captureNumbers(timed);
    const found = [...new Set(timed.map(({ source }) => source))];
    const summaries = found.map(({ name }) => emptySummary(name));
    /** Of a capture that is read in parts, the first one counts what was read. */
    const firsts: number[] = [];
    numbers.forEach((number, index) => (firsts[number] ??= index));
    const isFirst = (index: number): boolean => firsts[numbers[index]] === index;
    /** Of the captures that are being read, where it matters, and what they found. */
    const watches: (OrderWatch | null)[] = found.map(() => null);
    const orders: (CaptureOrder | null)[] = found.map((source) => (first === null ? null : orderOf(source)));
    const isAsked = first === null && !settings.nfstream;
    const read = timed.map(() => ({ bytes: 0, packets: 0 }));
    const before = { ...progress };
    /** Captures that were opened when others had ended: so many overlap. */
    const late = new Set<number>();
    await readByTime(timed, {
      onOpen: (index, isLate) => {
        if (isLate) late.add(numbers[index]);
        return {
          openTunnels: settings.openTunnels,
          onName: (address, name) => hostNames.add(address, name),
          onProgress: (bytes, packets) => {
            if (!isFirst(index)) return;
            progress.bytesRead += (timed[index].source.packedBytesRead ?? bytes) - read[index].bytes;
            progress.packets += packets - read[index].packets;
            read[index] = { bytes: timed[index].source.packedBytesRead ?? bytes, packets };
            progress.file = timed[index].source.name;
            progress.fileNumber = before.fileNumber + numbers[index] + 1;
            onProgress(progress, soFar);
          },
        };
      },
      onPacket: (packet, index, alone) => {
        const number = numbers[index];
        const watch = isAsked ? (watches[number] ??= new OrderWatch()) : null;
        const isLate = watch !== null && watch.take(packet);
        // All of it is read again, and nobody asks for what becomes of it now.
        if (!isExportAsked && found.length === 1 && watch?.matters === true) return;
        // Parts of one capture are read beside each other, too.
        if (!alone && found.length > 1 && same.isRepeated(packet, number)) return;
        if (!settings.nfstream && packet.ipVersion !== 0 && doubled.isDoubled(packet, number)) {
          if (first !== null) return;
          // In another VLAN it makes flows of its own, and joins what it is not a half of.
          if (doubled.isApart) isWhole = false;
          gathered.addDoubled(packet);
          return;
        }
        if (packet.timed) noteTime(summaries[number], packet);
        gathered.add(packet);
        if (isLate && gathered.hasJustBegun) watch.disturb();
      },
      onEnd: (index, outcome) => {
        const number = numbers[index];
        const capture = summaries[number];
        if (!isFirst(index)) return;
        orders[number] ??= watches[number]?.order(found[number].readAt === undefined) ?? null;
        watches[number] = null;
        if (outcome instanceof CaptureError) failedToRead(capture, outcome);
        else {
          capture.format = outcome.format;
          capture.packets = outcome.packets;
          capture.bytes = outcome.bytes;
          capture.comments = outcome.comments;
          capture.warnings = [...outcome.warnings.map(withAdvice), ...gathered.clockWarnings()];
        }
      },
    });
    found.forEach((source, number) => {
      const { warnings } = summaries[number];
      const order = orders[number];
      if (late.has(number)) warnings.unshift(openedLate());
      if (order !== null) {
        isWhole = false;
        keepOrder(source, order);
        warnings.push(orderSaid(order, isExported));
      }
      warnings.push(
        ...doubled.warningsOf(number, isExported),
        ...same.warningsOf(number, (other) => summaries[other].file),
      );
      if (summaries[number].format !== null) unpacked(summaries[number], source);
    });
    for (const summary of summaries) captures.push(summary);
    progress.fileNumber = before.fileNumber + wanted.length;
  };

  const failedToRead = (capture: CaptureSummary, fault: CaptureError): void => {
    const error = fault.kind === 'not-a-capture' ? withReadable(fault) : fault;
    unread.push({ file: capture.file, error });
    capture.warnings.push({ kind: error.kind, offset: error.offset, message: error.message });
  };

  const readLog = async (source: ByteSource, form: LogForm, capture: CaptureSummary): Promise<void> => {
    const { bytesRead } = progress;
    const flowsBefore = logs.length;
    const number = logs.beginFile();
    const { bytes, missingNames, missingFlows, ...read } = await readFlowLog(source, form, logs, (count) => {
      const taken = source.packedBytesRead ?? count;
      if (source.size !== null && taken > 0)
        logs.expect(flowsBefore + (logs.length - flowsBefore) * (source.size / taken));
      progress.bytesRead = bytesRead + taken;
      onProgress(progress, soFar);
    });
    Object.assign(capture, { bytes, ...read });
    capture.warnings.push(...questionsSaid(logs.questions.repeated.count));
    readLogs.push({ capture, number, start: flowsBefore, end: logs.length });
    if (missingNames !== null) nameless.push(() => read.lacks.push(missingNames));
    if (missingFlows !== null)
      flowless.push(() => capture.warnings.push({ kind: 'no-flows', offset: null, message: missingFlows }));
  };

  await readCaptures(ordered.filter(({ log }) => log === null));
  for (const { source, log } of ordered) {
    if (log === null) continue;
    progress.file = source.name;
    progress.fileNumber++;
    const capture = emptySummary(source.name);
    captures.push(capture);
    try {
      if ('refused' in log) throw new CaptureError('not-a-capture', 0, log.refused);
      await readLog(source, log, capture);
      unpacked(capture, source);
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      failedToRead(capture, error);
    }
  }
  if (unread.length > 0 && captures.every(({ format }) => format === null)) {
    const [{ file, error }] = unread;
    throw new NothingRead(file, error, unread.length - 1);
  }
  if (!couldShow(logs.siblings.observed, 'names')) for (const say of nameless) say();
  if (logs.length === 0) for (const say of flowless) say();
  captures.at(-1)?.warnings.push(...gathered.leftOut());
  const parts = gathered.finish();
  if (parts.halves !== null) captures[0].warnings.push(halvesSaid(parts.halves));
  const { internal } = DEFAULT_SETTINGS;
  if (settings.internal === internal)
    readLogs.at(-1)?.capture.warnings.push(...zonesSaid(logs.saidZones, readInternal(internal).places));
  for (const { capture, number, start, end } of readLogs) {
    capture.warnings.push(...zoneSaid(logs.zoneless.zoneOf(number)), ...repeatsSaid(logs.repeats(start, end)));
  }
  if (logs.length === 0) parts.nfstreamFlows = first?.exported ?? parts.nfstreamFlows;
  return { parts: partsOf(settings, parts, captures), isWhole };
}

function partsOf(
  settings: Settings,
  { flows, nfstreamFlows, sessions, dns, read }: GatheredParts,
  captures: CaptureSummary[],
): AnalysisParts {
  return {
    settings,
    read: { captures, ...read },
    flows,
    nfstreamFlows,
    sessions,
    dns,
    network: null,
    baseline: null,
  };
}

/** Notes what a packed file was, once it is read. */
function unpacked(capture: CaptureSummary, source: ByteSource): void {
  capture.compression = source.compression ?? null;
  capture.bytes = source.packedBytesRead ?? capture.bytes;
  capture.warnings.push(...(source.warnings ?? []));
  if (capture.compression !== null) capture.warnings = capture.warnings.map(placedInUnpacked);
}

/** Says what could have been read. */
function withReadable({ kind, offset, message }: CaptureError): CaptureError {
  return new CaptureError(kind, offset, `${message}; what can be read: ${READABLE}`);
}

function emptySummary(file: string): CaptureSummary {
  return {
    file,
    format: null,
    compression: null,
    packets: 0,
    bytes: 0,
    comments: 0,
    firstMs: null,
    lastMs: null,
    warnings: [],
  };
}

function noteTime(capture: CaptureSummary, packet: Packet): void {
  const ms = packet.seconds * 1000 + Math.floor(packet.nanoseconds / 1e6);
  if (capture.firstMs === null || ms < capture.firstMs) capture.firstMs = ms;
  if (capture.lastMs === null || ms > capture.lastMs) capture.lastMs = ms;
}
