import { CompressedInput } from '../input.ts';
import { own } from '../platform.ts';
import { DEFLATED, FLAGS, HEADER_BYTES, headerLength, STORED } from './small-file.ts';
import type { SourceReader } from './source-reader.ts';
import { type ListedFile, viewOf } from './zip-list.ts';

/** Where a file's own header (APPNOTE.TXT 4.3.7) says what the list says, too. */
const HEADER = { flags: 6, method: 8, numbers: 14 };
/** What follows a file then (4.3.9), which some leave without its mark: CRC-32, and both lengths. */
const FOLLOWING = { signature: 0x08074b50, bytes: 16 };

/** Of a file that is not packed so much is handed on at once. */
const PIECE_BYTES = 1 << 16;

/**
 * What a file of a ZIP archive unpacks to, as the platform unpacks it, or as it is. Throws where it cannot, where the
 * archive is not as it should be or the file's own header says something else than the list, and what reading it throws.
 *
 * @param onTaken told how many packed bytes were taken
 */
export async function* inflated(
  file: ListedFile,
  archive: SourceReader,
  onTaken: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const { encrypted, compressionMethod, offset, compressedSize } = file;
  const isStored = compressionMethod === STORED;
  if (encrypted || (!isStored && (compressionMethod !== DEFLATED || own.inflate === null)))
    throw new Error('the platform does not unpack it');
  const header = await archive.readUint8Array(offset, HEADER_BYTES);
  const start = offset + headerLength(header);
  const end = start + compressedSize;
  if (end > archive.size || !(await isAsListed(file, viewOf(header), archive, end)))
    throw new Error('its own header differs from the list');
  yield* isStored
    ? asItIs(archive, start, compressedSize, onTaken)
    : unpacked(new CompressedInput(archive.open(start, compressedSize)), onTaken);
}

async function* unpacked(input: CompressedInput, onTaken: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const piece of own.inflate?.(input) ?? []) {
    onTaken(input.taken);
    yield piece;
  }
}

async function* asItIs(
  archive: SourceReader,
  start: number,
  length: number,
  onTaken: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for (let taken = 0; taken < length;) {
    const piece = await archive.readUint8Array(start + taken, Math.min(PIECE_BYTES, length - taken));
    if (piece.length === 0) throw new Error('the archive ends before it does');
    taken += piece.length;
    onTaken(taken);
    yield piece;
  }
}

/** Whether a file's own header says what the list says, or what follows the file, which ends there. */
async function isAsListed(file: ListedFile, header: DataView, archive: SourceReader, end: number): Promise<boolean> {
  if (header.getUint16(HEADER.method, true) !== file.compressionMethod) return false;
  if ((header.getUint16(HEADER.flags, true) & FLAGS.follows) === 0) return numbersAre(file, header, HEADER.numbers);
  const behind = viewOf(await archive.readUint8Array(end, FOLLOWING.bytes));
  if (behind.byteLength < FOLLOWING.bytes) return false;
  return numbersAre(file, behind, behind.getUint32(0, true) === FOLLOWING.signature ? 4 : 0);
}

/** Whether CRC-32 and lengths that stand somewhere are those of the list. */
function numbersAre({ signature, compressedSize, uncompressedSize }: ListedFile, view: DataView, at: number): boolean {
  return [signature, compressedSize, uncompressedSize].every(
    (number, place) => view.getUint32(at + 4 * place, true) === number,
  );
}
