import { ByteWindow } from './byte-window.ts';
import type { Container } from './container.ts';
import { Emitter } from './emitter.ts';
import { CaptureError } from './errors.ts';
import { JoinedCaptures } from './joined.ts';
import type { Packet } from './packet.ts';
import { containerOf, MAGIC_LENGTH, refuse, SNIFFED_BYTES } from './sniff.ts';
import type { ByteSource } from './source.ts';
import type { CaptureWarning } from './warnings.ts';

const CHUNK_BYTES = 1 << 22;

/** How a capture is read; all of it may be left out. */
export interface ReadOptions {
  /** Bytes asked of the source at a time (default 4 MiB). Packets do not depend on it. */
  chunkBytes?: number;
  /** Called after every chunk with the bytes decoded so far. What it throws ends the reading and reaches the caller. */
  onProgress?: (bytes: number, packets: number) => void;
  /**
   * Called for the names that the capture's own blocks give to an address (4 or 16 bytes, yours to keep): the first 16 of
   * each record.
   */
  onName?: (address: Uint8Array, name: string) => void;
  /** Open tunnels that NFStream leaves closed: GRE, VXLAN, Geneve, Teredo, L2TP, AH and others. Default false. */
  openTunnels?: boolean;
}

/** What was read of one capture. */
export interface CaptureInfo {
  format: string;
  /** Packet records: those handed on, and the rest of a long hole of zeros. */
  packets: number;
  /** Bytes of the source that were decoded. */
  bytes: number;
  /** Link types of its interfaces, in order of appearance (tcpdump.org LINKTYPE_ numbers). */
  linkTypes: number[];
  /** Names of its interfaces, for those that have one: the first 1,000, at most 255 printable ASCII characters each. */
  interfaceNames: string[];
  /** Comments that people or programs left in the capture. */
  comments: number;
  warnings: CaptureWarning[];
}

/**
 * Reads a capture from front to back and calls `onPacket` for every packet record, in file order. The packet it is
 * given is one object that is overwritten each time (see `Packet`). Of the empty records that a long hole of zeros reads
 * as, those behind the first thousands only count.
 *
 * Throws `CaptureError` when nothing can be read: no bytes, no known format, a cut file header. A fault further on
 * ends the reading and comes back as a warning beside what was read. Memory does not grow with the file.
 *
 * @param source the capture's bytes
 * @param onPacket is called for every packet; what it throws ends the reading and reaches the caller
 * @param options how it is read
 * @returns what was read of it, when all packets were handed on
 */
export async function readPackets(
  source: ByteSource,
  onPacket: (packet: Packet) => void,
  options: ReadOptions = {},
): Promise<CaptureInfo> {
  const chunkBytes = options.chunkBytes ?? CHUNK_BYTES;
  const { bytes, fault: end = null } = source.beforeFault ?? { bytes: source.bytes };
  if (bytes !== undefined && bytes.length <= chunkBytes) return readPacketsIn(bytes, onPacket, options, end);
  const window = new ByteWindow(source.open(), chunkBytes);
  const emitter = emitterOf(onPacket, options);
  try {
    const container = await open(window, emitter);
    let fault: CaptureError | null = null;
    try {
      await readAll(container, window, () => options.onProgress?.(window.offset, emitter.records));
    } catch (error) {
      fault = faultOf(error, window);
    }
    return settled(container, window, emitter, fault);
  } finally {
    await window.close();
  }
}

/**
 * Does the same with a capture that is in memory, without waiting: of thousands of small captures that takes longer than
 * reading.
 *
 * @param bytes all of the capture
 * @param onPacket is called for every packet; what it throws ends the reading and reaches the caller
 * @param options how it is read
 * @param end what is thrown behind these bytes, where they are not all of the capture
 * @returns what was read of it
 */
export function readPacketsIn(
  bytes: Uint8Array<ArrayBuffer>,
  onPacket: (packet: Packet) => void,
  options: ReadOptions = {},
  end: CaptureError | null = null,
): CaptureInfo {
  const window = ByteWindow.over(bytes);
  const emitter = emitterOf(onPacket, options);
  if (end !== null && bytes.length < MAGIC_LENGTH) throw end;
  const container = containerIn(bytes, emitter);
  // Elsewhere more bytes are asked for to tell what else it is, and the fault comes in their place.
  if (container === null)
    throw bytes.length < SNIFFED_BYTES && end !== null ? end : refuse(bytes.subarray(0, SNIFFED_BYTES));
  let fault: CaptureError | null = null;
  try {
    decodeAll(container, window, end, () => options.onProgress?.(window.offset, emitter.records));
  } catch (error) {
    fault = faultOf(error, window);
  }
  return settled(container, window, emitter, fault);
}

function emitterOf(onPacket: (packet: Packet) => void, { onName, openTunnels }: ReadOptions): Emitter {
  const emitter = new Emitter(onPacket, onName ?? (() => undefined));
  emitter.packet.opensTunnels = openTunnels ?? false;
  return emitter;
}

async function open(window: ByteWindow, emitter: Emitter): Promise<Container> {
  const head = async (wanted: number): Promise<Uint8Array> => {
    if (window.end - window.start < wanted) await window.more(wanted);
    return window.bytes.subarray(window.start, Math.min(window.end, window.start + wanted));
  };
  // What else a file is takes more bytes to tell, as many whatever the source gives at a time.
  return containerIn(await head(MAGIC_LENGTH), emitter) ?? refuse(await head(SNIFFED_BYTES));
}

/** What reads a capture, by its first bytes; null for what is none. */
function containerIn(head: Uint8Array, emitter: Emitter): Container | null {
  if (head.length === 0) throw new CaptureError('empty', 0, 'the file is empty');
  if (head.length < MAGIC_LENGTH)
    throw new CaptureError('not-a-capture', 0, `only ${head.length} bytes: too short for a capture`);
  const first = containerOf(head, emitter);
  return first === null ? null : new JoinedCaptures(emitter, first);
}

/** The fault that ends a reading of which something is there; throws all others. */
function faultOf(error: unknown, window: ByteWindow): CaptureError {
  if (!(error instanceof CaptureError) || window.offset === 0) throw error;
  return error;
}

function settled(container: Container, window: ByteWindow, emitter: Emitter, fault: CaptureError | null): CaptureInfo {
  const { warnings } = emitter;
  container.settle(window.offset);
  if (fault !== null) warnings.add(fault.kind, fault.offset, fault.message);
  emitter.settle();
  return {
    format: container.format,
    packets: emitter.records,
    bytes: window.offset,
    linkTypes: [...emitter.linkTypes],
    interfaceNames: emitter.interfaceNames,
    comments: emitter.comments,
    warnings: warnings.list(),
  };
}

async function readAll(container: Container, window: ByteWindow, onChunk: () => void): Promise<void> {
  let final = false;
  for (;;) {
    const wanted = container.decode(window, final);
    onChunk();
    const skip = container.takeSkip();
    if (skip > 0) {
      const passed = await window.skip(skip);
      if (passed < skip) container.cut(window);
    } else if (final) {
      if (window.end > window.start) container.cut(window);
      return;
    } else {
      final = !(await moreOrRest(container, window, wanted));
    }
  }
}

/** The same where the window has all there is; throws what is to be thrown at its end. */
function decodeAll(container: Container, window: ByteWindow, end: CaptureError | null, onChunk: () => void): void {
  for (let final = false; ;) {
    container.decode(window, final);
    onChunk();
    const skip = container.takeSkip();
    if (end !== null && (final || skip > window.end - window.start)) throw end;
    if (skip > window.pass(skip)) container.cut(window);
    if (skip > 0) continue;
    if (final && window.end > window.start) container.cut(window);
    if (final) return;
    final = true;
  }
}

/** Reads on. Where that fails, takes what is there and waited for more, and throws the fault then. */
async function moreOrRest(container: Container, window: ByteWindow, wanted: number): Promise<boolean> {
  try {
    return await window.more(wanted);
  } catch (error) {
    container.decode(window, true);
    throw error;
  }
}
