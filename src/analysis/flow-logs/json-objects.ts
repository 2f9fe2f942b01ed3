import { ByteKeeper } from './byte-keeper.ts';
import { type LineReader, LONGEST_LINE, type TextCutter, textOf } from './lines.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/**
 * Cuts JSON into its outermost objects, whether they stand in an array, one after another, or on many lines each. One
 * that is too long is passed over; what stands between objects (brackets, commas, blanks) is of no interest.
 */
export class JsonObjects implements TextCutter {
  private readonly reader: LineReader;
  private number = 0;
  private depth = 0;
  private inText = false;
  private escaped = false;
  private passingOver = false;
  private readonly rest = new ByteKeeper();
  /** Bytes that come before the first object. */
  private before: number;

  /**
   * `reader` is given each object as a line, numbered from 1. Where they are in a list that an object holds, `listAt` is the
   * place of that.
   */
  constructor(reader: LineReader, listAt = 0) {
    this.reader = reader;
    this.before = listAt;
  }

  take(piece: Uint8Array): void {
    const chunk = this.before > 0 ? piece.subarray(this.before) : piece;
    this.before -= piece.length - chunk.length;
    /** Where the object at hand begins in this chunk. */
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (this.inText) {
        if (this.escaped) this.escaped = false;
        else if (byte === BACKSLASH) this.escaped = true;
        else if (byte === QUOTE) this.inText = false;
      } else if (byte === QUOTE) {
        // A text between objects is none of theirs: it would hide all that follows it.
        this.inText = this.depth > 0;
      } else if (byte === OPEN) {
        if (this.depth++ === 0) start = at;
      } else if (byte === CLOSE && this.depth > 0 && --this.depth === 0) {
        this.give(chunk, start, at + 1);
      }
    }
    if (this.depth > 0) this.keep(chunk.subarray(start));
  }

  end(): void {
    if (this.depth === 0) return;
    this.number++;
    if (this.passingOver) this.reader.tooLong(this.number);
    else this.reader.line(textOf(this.rest.view(), 0, this.rest.length), this.number, false);
  }

  private give(chunk: Uint8Array, start: number, end: number): void {
    this.number++;
    if (this.rest.length > 0) this.keep(chunk.subarray(0, end));
    if (this.passingOver || end - start > LONGEST_LINE) this.reader.tooLong(this.number);
    else if (this.rest.length > 0) this.reader.line(textOf(this.rest.view(), 0, this.rest.length), this.number, true);
    else this.reader.line(textOf(chunk, start, end), this.number, true);
    this.passingOver = false;
    this.rest.clear();
  }

  private keep(more: Uint8Array): void {
    this.passingOver ||= this.rest.length + more.length > LONGEST_LINE;
    if (this.passingOver) this.rest.clear();
    else this.rest.add(more);
  }
}
