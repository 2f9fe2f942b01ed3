import { CompressedInput } from '../input.ts';
import { own } from '../platform.ts';
import { DEFLATED, FLAGS, HEADER_BYTES, headerLength } from './small-file.ts';
import type { SourceReader } from './source-reader.ts';
import { type ListedFile, viewOf } from './zip-list.ts';

/** Where a file's own header (APPNOTE.TXT 4.3.7) says what the list says, too. */
const HEADER = { flags: 6, method: 8, numbers: 14 };
/** What follows a file then (4.3.9), which some leave without its mark: CRC-32, and both lengths. */
const FOLLOWING = { signature: 0x08074b50, bytes: 16 };

/**
 * What a file of a ZIP archive unpacks to, as the platform unpacks it. Throws where it cannot, where the archive is not as it
 * should be or the file's own header says something else than the list, and what reading it throws.
 *
 * @param onTaken told how many packed bytes were taken
 */
export async function* inflated(
  file: ListedFile,
  archive: SourceReader,
  onTaken: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  if (own.inflate === null || file.encrypted) throw new Error('the platform does not unpack it');
  const header = await archive.readUint8Array(file.offset, HEADER_BYTES);
  const start = file.offset + headerLength(header);
  const behind = await archive.readUint8Array(start + file.compressedSize, FOLLOWING.bytes);
  if (!isAsListed(file, viewOf(header), viewOf(behind))) throw new Error('its own header differs from the list');
  const input = new CompressedInput(archive.open(start, file.compressedSize));
  for await (const piece of own.inflate(input)) {
    onTaken(input.taken);
    yield piece;
  }
}

function isAsListed(file: ListedFile, header: DataView, behind: DataView): boolean {
  if (file.compressionMethod !== DEFLATED || header.getUint16(HEADER.method, true) !== DEFLATED) return false;
  if ((header.getUint16(HEADER.flags, true) & FLAGS.follows) === 0) return numbersAre(file, header, HEADER.numbers);
  if (behind.byteLength < FOLLOWING.bytes) return false;
  return numbersAre(file, behind, behind.getUint32(0, true) === FOLLOWING.signature ? 4 : 0);
}

/** Whether CRC-32 and lengths that stand somewhere are those of the list. */
function numbersAre({ signature, compressedSize, uncompressedSize }: ListedFile, view: DataView, at: number): boolean {
  return [signature, compressedSize, uncompressedSize].every(
    (number, place) => view.getUint32(at + 4 * place, true) === number,
  );
}
