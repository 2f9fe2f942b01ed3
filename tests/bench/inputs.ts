import { existsSync, readdirSync } from 'node:fs';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { bufferSource, readPackets } from 'pcap-ts-parser';
import { enterpriseMix, type Mix } from '../builders/mix.ts';
import { pcapHeader } from '../builders/pcap.ts';

const TRAINING = path.resolve(import.meta.dirname, '../../../shared/captures/train');
const RECORD_HEADER = 16;
const ETHERNET = 1;
const PIECE = 1 << 20;

/** Writes a mix of traffic as `enterpriseMix` makes it. */
export async function writeMix(file: string, mix: Mix): Promise<void> {
  const handle = await open(file, 'w');
  for (const piece of enterpriseMix(mix)) await handle.write(piece);
  await handle.close();
}

/**
 * Writes the packets of the training captures, real traffic of implants and of ordinary hosts, again and again until
 * there are `bytes` of them: each capture after the one before it, as time goes, and each time from other hosts, so that
 * every copy makes flows of its own.
 *
 * @returns false where the captures are missing
 */
export async function writeTraining(file: string, bytes: number): Promise<boolean> {
  if (!existsSync(TRAINING)) return false;
  const captures = readdirSync(TRAINING).filter((name) => /\.p?cap(ng)?$/.test(name));
  const contents = await Promise.all(captures.sort().map(async (name) => readFile(path.join(TRAINING, name))));
  const handle = await open(file, 'w');
  let written = (await handle.write(pcapHeader())).bytesWritten;
  let seconds = 0;
  for (let copy = 0; written < bytes; copy++) {
    for (const content of contents) {
      if (written >= bytes) break;
      const end = await append(handle, content, copy, seconds);
      seconds = end.seconds;
      written += end.bytes;
    }
  }
  await handle.close();
  return true;
}

/**
 * Writes the packets of a capture as if it began at a time, but for the first one, which begins when it did.
 *
 * @returns bytes written, and when the next one can begin
 */
async function append(
  handle: FileHandle,
  content: Uint8Array,
  copy: number,
  beginSeconds: number,
): Promise<{ bytes: number; seconds: number }> {
  const pieces: Uint8Array[] = [];
  let piece = new Uint8Array(PIECE);
  let at = 0;
  let moved: number | null = null;
  let endSeconds = beginSeconds;
  await readPackets(bufferSource(content), (packet) => {
    const length = packet.capturedLength;
    if (packet.linkType !== ETHERNET) return;
    if (at + RECORD_HEADER + length > piece.length) {
      pieces.push(piece.subarray(0, at));
      piece = new Uint8Array(Math.max(PIECE, RECORD_HEADER + length));
      at = 0;
    }
    const view = new DataView(piece.buffer);
    moved ??= beginSeconds === 0 ? 0 : beginSeconds - packet.seconds;
    endSeconds = Math.max(endSeconds, packet.seconds + moved + 1);
    view.setUint32(at, packet.seconds + moved, true);
    view.setUint32(at + 4, Math.floor(packet.nanoseconds / 1000), true);
    view.setUint32(at + 8, length, true);
    view.setUint32(at + 12, packet.wireLength, true);
    at += RECORD_HEADER;
    piece.set(packet.bytes.subarray(packet.start, packet.start + length), at);
    // The second byte of addresses within a network moves on; those of servers stay.
    if (packet.ipVersion === 4)
      for (const address of [packet.source, packet.destination]) shift(piece, at + address - packet.start, copy);
    at += length;
  });
  pieces.push(piece.subarray(0, at));
  let written = 0;
  for (const part of pieces) written += (await handle.write(part)).bytesWritten;
  return { bytes: written, seconds: endSeconds };
}

function shift(bytes: Uint8Array, address: number, copy: number): void {
  if (bytes[address] === 10) bytes[address + 1] = (bytes[address + 1] + copy) & 0xff;
  else if (bytes[address] === 192 && bytes[address + 1] === 168)
    bytes[address + 2] = (bytes[address + 2] + copy) & 0xff;
}
