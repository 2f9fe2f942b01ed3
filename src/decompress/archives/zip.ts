import {
  configure,
  ERR_ENTRY_DATA_OUT_OF_BOUNDS,
  ERR_EOCDR_NOT_FOUND,
  ERR_INVALID_AUTHENTICATION_CODE,
  ERR_INVALID_UNCOMPRESSED_SIZE,
  ERR_OVERLAPPING_ENTRY,
  ERR_SPLIT_ZIP_FILE,
  ERR_UNSUPPORTED_COMPRESSION,
  ERR_UNSUPPORTED_ENCRYPTION,
  type FileEntry,
  ZipReader,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import { bufferSource, type ByteSource, CaptureError } from 'pcap-ts-parser';
import { Checksums, checksumOf, CRC32S } from '../checksum.ts';
import { INFLATERS, unpackDeflate } from '../deflate/deflate.ts';
import { behind, eitherWay } from '../either-way.ts';
import type { ReadySource } from '../held-files.ts';
import { CompressedInput } from '../input.ts';
import type { Slabs } from '../slabs.ts';
import { inflated } from './inflate.ts';
import { headOf, memberName, PieceReader, unreadableSource } from './member.ts';
import {
  checkPassword,
  DEFLATED,
  deriveKeys,
  FLAGS,
  isSmall,
  passwordCheckOf,
  smallAtOnce,
  smallPacked,
} from './small-file.ts';
import { SourceReader } from './source-reader.ts';
import { lockOf } from './zip-aes.ts';
import { type ListedFile, plainList } from './zip-list.ts';

// Reading waits in the middle of a member while others are read: a limit on how many are open would never be let go.
// Small pieces, because a packed byte can become a thousand.
configure({ useWebWorkers: false, maxWorkers: Number.MAX_SAFE_INTEGER, chunkSize: 1 << 14 });

/** Ways of packing that the library reads (APPNOTE.TXT 4.4.5): stored, Deflate and Deflate64. */
const READ_METHODS: ReadonlySet<number> = new Set([0, 8, 9]);
/** What a wrong password unpacks to is found out by so many bytes. */
const PROOF_BYTES = 1 << 16;

const AES_CHECKSUM = 'this file of a ZIP archive (HMAC-SHA1)';

/** A file in a ZIP archive. */
export interface ZipMember {
  name: string;
  isEncrypted: boolean;
  /** The member's bytes. Encrypted ones need a password; with a wrong one reading throws sooner or later. */
  source(password?: string): ByteSource;
  /** Whether a password is the right one: for certain, as far as the first bytes tell, or not. */
  isOpenedBy(password: string): Promise<'yes' | 'maybe' | 'no'>;
  /** Derives the keys of a small file in AES whose bytes are at hand; never throws. */
  deriveKeys(password: string): Promise<void>;
}

/** A file, and what the library needs for one that is not small: it takes some kilobytes. */
interface Listed {
  file: ListedFile;
  entry: FileEntry | null;
}

/** What is in a ZIP archive. */
export interface ZipMembers {
  members: ZipMember[];
  /** Files whose bytes are those of others, too, as in a bomb: they are left out. */
  overlapping: number;
  /** Whether there are more files than were asked for. */
  more: boolean;
  /** Why the list ends before the archive does. */
  fault: CaptureError | null;
}

/**
 * The files in a ZIP archive, at most `most`. Throws a `CaptureError` for an archive whose list cannot be read. Nothing of
 * the files themselves is read.
 */
export async function zipMembers(archive: ByteSource, most: number): Promise<ZipMembers> {
  const reader = new SourceReader(archive);
  const listed: Listed[] = [];
  let more = false;
  let fault: CaptureError | null = null;
  try {
    const plain = await plainList(reader.asked, reader.size, most);
    if (plain === null) more = await listWithLibrary(reader, most, listed);
    else {
      more = plain.more;
      for (const file of plain.files) listed.push({ file, entry: null });
    }
  } catch (error) {
    fault = faultOf(error, reader, 0, 'its list of files cannot be read');
    if (listed.length === 0) throw fault;
  }
  const apart = withoutOverlaps(listed);
  const members = apart.map((one) => new ListedMember(one, archive.name, reader));
  return { members, overlapping: listed.length - apart.length, more, fault };
}

/** Adds the files that are listed, at most so many; resolves with whether there are more. */
async function listWithLibrary(reader: SourceReader, most: number, listed: Listed[]): Promise<boolean> {
  const zip = new ZipReader(reader, { filenameValidation: 'tolerant', checkOverlappingEntry: true });
  for await (const entry of zip.getEntriesGenerator()) {
    if (entry.directory) continue;
    if (listed.length === most) return true;
    const { offset, compressedSize, uncompressedSize, compressionMethod, encrypted } = entry;
    const { filename, zipCrypto, signature = 0, rawBitFlag = 0, rawLastModDate } = entry;
    const aes = lockOf(entry);
    const said = { offset, compressedSize, uncompressedSize, compressionMethod, encrypted, zipCrypto, aes };
    const passwordCheck = passwordCheckOf(rawBitFlag, signature, Number(rawLastModDate));
    const isOwn = isSmall(said) && (rawBitFlag & FLAGS.later) === 0;
    listed.push({ file: { ...said, filename, passwordCheck, signature }, entry: isOwn ? null : entry });
  }
  return false;
}

/** Files but for those that begin before the one that lies before them ends; in the order of the list. */
function withoutOverlaps(listed: readonly Listed[]): Listed[] {
  const overlapping = new Set<Listed>();
  let end = 0;
  for (const one of listed.toSorted((a, b) => a.file.offset - b.file.offset)) {
    if (one.file.offset < end) overlapping.add(one);
    else end = one.file.offset + one.file.compressedSize;
  }
  return listed.filter((one) => !overlapping.has(one));
}

class ListedMember implements ZipMember {
  readonly name: string;
  readonly isEncrypted: boolean;
  private readonly listed: Listed;
  private readonly reader: SourceReader;

  constructor(listed: Listed, archive: string, reader: SourceReader) {
    this.name = memberName(archive, listed.file.filename);
    this.isEncrypted = listed.file.encrypted;
    this.listed = listed;
    this.reader = reader;
  }

  source(password = ''): ByteSource {
    const { encrypted, compressionMethod, offset } = this.listed.file;
    // The library would say so, too, but only of streams that were set up for it.
    if (!encrypted && !READ_METHODS.has(compressionMethod))
      return unreadableSource(this.name, faultOf(new Error(ERR_UNSUPPORTED_COMPRESSION), this.reader, offset, ''));
    return new MemberSource(this.listed, this.name, this.reader, password);
  }

  async isOpenedBy(password: string): Promise<'yes' | 'maybe' | 'no'> {
    const { file, entry } = this.listed;
    try {
      if (entry !== null) await entry.getData(new WritableStream(), { password, checkPasswordOnly: true });
      else await checkPassword(file, this.reader.asked, password);
      // Two bytes of AES tell, and of ZipCrypto one: with that, one wrong password of 256 passes.
      if (!file.zipCrypto) return 'yes';
      await headOf(this.source(password), PROOF_BYTES);
      return file.compressionMethod === 0 ? 'maybe' : 'yes';
    } catch {
      if (this.reader.fault !== null) throw this.reader.fault;
      return 'no';
    }
  }

  async deriveKeys(password: string): Promise<void> {
    const { file, entry } = this.listed;
    try {
      if (entry === null) await deriveKeys(file, this.reader.ready(file.offset), password);
    } catch {
      // What is wrong is said by who reads it.
    }
  }
}

/** Whether a CRC-32 is known of a file: of those in AES it may be empty. */
function hasCrc({ signature, encrypted, zipCrypto }: ListedFile): boolean {
  return signature !== 0 || !encrypted || zipCrypto;
}

/** A member as a source that unpacks. */
class MemberSource implements ReadySource {
  readonly name: string;
  /** Bytes in the archive. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly compression: string;
  packedBytesRead = 0;
  private readonly listed: Listed;
  private readonly reader: SourceReader;
  private readonly password: string;
  private checksums = new Checksums();

  constructor(listed: Listed, name: string, reader: SourceReader, password: string) {
    const { file } = listed;
    this.listed = listed;
    this.name = name;
    this.reader = reader;
    this.password = password;
    this.size = file.compressedSize;
    this.unpackedSize = file.uncompressedSize;
    this.compression = file.encrypted ? 'encrypted zip' : 'zip';
  }

  get warnings() {
    return this.checksums.warnings;
  }

  open(): PieceReader {
    this.checksums = new Checksums();
    this.packedBytesRead = 0;
    return new PieceReader(() => this.pieces(this.checksums));
  }

  takeReady(slabs: Slabs, most: number): Uint8Array<ArrayBuffer> | null {
    const { file, entry } = this.listed;
    const crc = entry === null ? CRC32S.takeReady() : null;
    if (crc === null) return null;
    try {
      const unpacked = smallAtOnce(file, this.reader.ready(file.offset), slabs.room(most), this.password);
      if (unpacked === null) return null;
      crc.init();
      crc.update(unpacked);
      if (hasCrc(file) && checksumOf(crc) !== file.signature) return null;
      this.packedBytesRead = this.size;
      return slabs.keep(unpacked.length);
    } catch {
      // What is wrong is said by who reads it.
      return null;
    } finally {
      CRC32S.give(crc);
    }
  }

  /** The member's bytes; where AES says they were changed, they come all the same, with a word. */
  private async *pieces(checksums: Checksums): AsyncGenerator<Uint8Array> {
    const { listed, reader } = this;
    const { offset } = listed.file;
    let given = 0;
    try {
      for await (const piece of this.unpacked(checksums, true)) {
        given += piece.length;
        yield piece;
      }
      return;
    } catch (error) {
      const isChanged = error instanceof Error && error.message === ERR_INVALID_AUTHENTICATION_CODE;
      if (!isChanged) throw faultOf(error, reader, offset, 'it cannot be unpacked any further');
    }
    checksums.mismatch(offset, AES_CHECKSUM);
    yield* behind(given, this.unpacked(checksums, false));
  }

  private async *unpacked(checksums: Checksums, checkAuthenticationCode: boolean): AsyncGenerator<Uint8Array> {
    const { file, entry } = this.listed;
    const crc = await CRC32S.take();
    crc.init();
    let checksum = 0;
    let length = 0;
    try {
      const pieces =
        entry === null ? this.unpackedSmall(file, checksums) : this.unpackedFast(entry, checkAuthenticationCode);
      for await (const piece of pieces) {
        crc.update(piece);
        length += piece.length;
        yield piece;
      }
    } finally {
      checksum = checksumOf(crc);
      CRC32S.give(crc);
    }
    if (length !== file.uncompressedSize) throw new Error(ERR_INVALID_UNCOMPRESSED_SIZE);
    this.packedBytesRead = this.size;
    if (hasCrc(file) && checksum !== file.signature)
      checksums.mismatch(file.offset, 'this file of a ZIP archive (CRC-32)');
  }

  /** The bytes of a small member, to the last before a fault. */
  private async *unpackedSmall(file: ListedFile, checksums: Checksums): AsyncGenerator<Uint8Array> {
    const { packed, isChanged } = await smallPacked(file, this.reader.asked, this.password);
    yield* file.compressionMethod === DEFLATED && packed.length > 0 ? inflatedPieces(packed) : [packed];
    if (isChanged) checksums.mismatch(file.offset, AES_CHECKSUM);
  }

  /** The member's bytes as the platform unpacks them; at whatever it does not take the library goes on. */
  private unpackedFast(entry: FileEntry, checkAuthenticationCode: boolean): AsyncGenerator<Uint8Array> {
    const fast = inflated(this.listed.file, this.reader, (bytes) => void (this.packedBytesRead = bytes));
    return eitherWay(fast, () => this.streamed(entry, checkAuthenticationCode));
  }

  /** The member's bytes as the library gives them. */
  private async *streamed(entry: FileEntry, checkAuthenticationCode: boolean): AsyncGenerator<Uint8Array> {
    const { password } = this;
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const ended = entry
      .getData(writable, {
        password,
        checkAuthenticationCode,
        onprogress: async (bytes) => void (this.packedBytesRead = Math.min(bytes, this.size)),
      })
      .then(
        () => null,
        async (error: unknown) => {
          // A fault before the first byte leaves the stream as it is.
          if (!writable.locked) await writable.abort(error).catch(() => undefined);
          return error;
        },
      );
    const unpacked = readable.getReader();
    try {
      for (let chunk = await unpacked.read(); !chunk.done; chunk = await unpacked.read()) yield chunk.value;
    } catch (error) {
      throw (await ended) ?? error;
    } finally {
      await unpacked.cancel().catch(() => undefined);
    }
    const fault = await ended;
    if (fault !== null) throw fault;
  }
}

async function* inflatedPieces(packed: Uint8Array): AsyncGenerator<Uint8Array> {
  const input = new CompressedInput(bufferSource(new Uint8Array(packed)).open());
  const inflater = await INFLATERS.take();
  try {
    yield* unpackDeflate(input, inflater, () => new Error('it ends too early'));
  } finally {
    INFLATERS.give(inflater);
  }
}

/** What errors of the library mean to who has the file. */
const MEANINGS: ReadonlyMap<string, string> = new Map([
  [ERR_OVERLAPPING_ENTRY, 'its bytes are those of another file, too, as in a ZIP bomb'],
  [ERR_UNSUPPORTED_COMPRESSION, 'it is packed in a way that is not read here: unpack it and open what is inside'],
  [ERR_UNSUPPORTED_ENCRYPTION, 'it is encrypted in a way that is not read here: unpack it and open what is inside'],
  [ERR_SPLIT_ZIP_FILE, 'it is one part of an archive in parts: join them with "zip -s 0 FILE --out WHOLE.zip"'],
  [ERR_INVALID_UNCOMPRESSED_SIZE, 'it unpacks to another length than the archive says'],
  [ERR_ENTRY_DATA_OUT_OF_BOUNDS, 'the archive ends before this file does'],
  [ERR_EOCDR_NOT_FOUND, 'the end of the archive is missing, and with it the list of its files: get it once more'],
]);

function faultOf(error: unknown, { fault }: SourceReader, offset: number, what: string): CaptureError {
  if (fault !== null) return fault;
  if (error instanceof CaptureError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new CaptureError('bad-compression', offset, MEANINGS.get(reason) ?? `${what}: ${reason}`, { cause: error });
}
