import { type ByteSource, CaptureError } from 'pcap-ts-parser';
import { ByteKeeper } from './byte-keeper.ts';
import { PlainBytes } from './encoding.ts';

/** A longer line is none of a log: it is passed over, so that a file without line ends needs no memory. */
export const LONGEST_LINE = 1 << 20;
/**
 * Much at once, since a browser takes milliseconds for however little, but no more than a line may have; less at first, for
 * thousands of small files are read one after another.
 */
const CHUNK_BYTES = LONGEST_LINE;
const FIRST_BYTES = 1 << 14;
/** Characters made at a time: more are too many arguments for a call. */
const PIECE_BYTES = 1 << 13;
/** Lines below this are cut out of such a piece: making each by itself takes longer than reading it. */
const SHORT_LINE = PIECE_BYTES / 8;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Takes the lines of a text. */
export interface LineReader {
  /** One line without its end; `number` from 1; `ended` is false where the file ends without a line end behind it. */
  line(text: string, number: number, ended: boolean): void;
  /** A line too long to be kept. */
  tooLong(number: number): void;
}

/** How far the lines of a text could be read. */
export interface LinesRead {
  bytes: number;
  /** Those of them that were passed over as the zeros of holes. */
  zeros: number;
  /** The fault that ended reading before the text's end; what came before it was read. */
  fault: CaptureError | null;
}

/** Takes a text in pieces and gives parts of it on. */
export interface TextCutter {
  take(chunk: Uint8Array): void;
  end(): void;
}

/** Reads a text line by line, front to back: see `readText`. */
export async function readLines(
  source: ByteSource,
  reader: LineReader,
  onProgress: (bytes: number) => void,
): Promise<LinesRead> {
  return readText(source, new Lines(reader), onProgress);
}

/**
 * Reads a text, front to back. Every byte becomes one character (Latin-1): what logs hold that matters is
 * ASCII, and a name's other bytes are replaced one by one as those of packets are.
 */
export async function readText(
  source: ByteSource,
  cutter: TextCutter,
  onProgress: (bytes: number) => void,
): Promise<LinesRead> {
  const plain = new PlainBytes();
  const end = (): void => {
    cutter.take(plain.end());
    cutter.end();
  };
  if (source.bytes !== undefined && source.bytes.length <= CHUNK_BYTES) {
    cutter.take(plain.take(source.bytes));
    onProgress(source.bytes.length);
    end();
    return { bytes: source.bytes.length, zeros: plain.zeros, fault: null };
  }
  const input = source.open();
  let asked = FIRST_BYTES;
  let space = new Uint8Array(asked);
  let bytes = 0;
  try {
    for (;;) {
      const chunk = await input.read(space);
      if (chunk.length === 0) break;
      bytes += chunk.length;
      cutter.take(plain.take(chunk));
      if (chunk.length === asked) asked = CHUNK_BYTES;
      space = chunk.buffer.byteLength < asked ? new Uint8Array(asked) : new Uint8Array(chunk.buffer);
      onProgress(bytes);
    }
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    end();
    return { bytes, zeros: plain.zeros, fault: error };
  } finally {
    await input.close();
  }
  end();
  return { bytes, zeros: plain.zeros, fault: null };
}

/** Cuts a text into lines. */
class Lines implements TextCutter {
  private readonly reader: LineReader;
  private number = 1;
  /** The beginning of a line that the chunks so far do not end. */
  private readonly rest = new ByteKeeper();
  private passingOver = false;
  /** The text of some bytes of the chunk at hand, and where they begin. */
  private piece = '';
  private pieceAt = 0;

  constructor(reader: LineReader) {
    this.reader = reader;
  }

  take(chunk: Uint8Array): void {
    this.piece = '';
    let start = 0;
    for (;;) {
      let end = start;
      // Calling for the next line end takes longer than a short line has bytes.
      while (end < chunk.length && chunk[end] !== LINE_FEED) end++;
      if (end === chunk.length) break;
      if (this.rest.length === 0 && !this.passingOver)
        this.reader.line(this.cut(chunk, start, lineEnd(chunk, start, end)), this.number, true);
      else this.complete(chunk.subarray(start, end));
      this.number++;
      start = end + 1;
    }
    if (start < chunk.length && !this.passingOver) this.keep(chunk.subarray(start));
  }

  end(): void {
    if (this.passingOver) this.reader.tooLong(this.number);
    else if (this.rest.length > 0) this.give(false);
  }

  private complete(end: Uint8Array): void {
    if (!this.passingOver) this.keep(end);
    if (this.passingOver) this.reader.tooLong(this.number);
    else this.give(true);
    this.passingOver = false;
    this.rest.clear();
  }

  private keep(more: Uint8Array): void {
    this.passingOver = this.rest.length + more.length > LONGEST_LINE;
    if (this.passingOver) this.rest.clear();
    else this.rest.add(more);
  }

  /** Gives the line that came in several chunks. */
  private give(ended: boolean): void {
    const bytes = this.rest.view();
    this.reader.line(textOf(bytes, 0, lineEnd(bytes, 0, bytes.length)), this.number, ended);
  }

  /** Text of the chunk at hand. */
  private cut(chunk: Uint8Array, start: number, end: number): string {
    if (end - start >= SHORT_LINE) return textOf(chunk, start, end);
    if (start < this.pieceAt || end > this.pieceAt + this.piece.length) {
      this.piece = textOf(chunk, start, Math.min(chunk.length, start + PIECE_BYTES));
      this.pieceAt = start;
    }
    return this.piece.slice(start - this.pieceAt, end - this.pieceAt);
  }
}

/** Where a line ends that has a line feed, or nothing, at `end`. */
function lineEnd(bytes: Uint8Array, start: number, end: number): number {
  return end > start && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
}

/** `bytes[start, end)` as text, a character a byte. */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += PIECE_BYTES) {
    // apply takes the array as it is; spreading it first walks it with an iterator, which doubles the time.
    text += String.fromCharCode.apply(null, bytes.subarray(at, Math.min(end, at + PIECE_BYTES)) as unknown as number[]);
  }
  return text;
}
