/** Bytes of a message's head that are read: of a longer one the lines that fit are told. */
const LONGEST_HEAD = 16_384;
const LINE_FEED = 0x0a;

/** How many bytes of body a head announces. */
export type BodyLength = number | 'chunked' | 'rest';

/** What one side of HTTP/1 says. */
export interface HttpHeads {
  /** Whether a line begins a message. */
  begins: (line: string) => boolean;
  /**
   * The head of a message is there, without its last empty line, or what of it was captured or is read: whole lines, or
   * the beginning of the first one. Tells how long its body is; null where it is no message.
   */
  head: (text: string, atMs: number, isCut: boolean) => BodyLength | null;
  /** Whole messages may be missing: tells whether the next one can be told from them. */
  missed: () => boolean;
  body: (bytes: number) => void;
}

/** One direction of HTTP/1 (RFC 9112), read as it comes: heads are kept until they are whole, bodies only counted. */
export class HttpSide {
  /** Something came that is no HTTP: nothing more is read. */
  lost = false;
  private readonly heads: HttpHeads;
  private line = '';
  private headText = '';
  private state: 'head' | 'body' | 'size' | 'chunk' | 'trailer' | 'rest' = 'head';
  private left = 0;

  constructor(heads: HttpHeads) {
    this.heads = heads;
  }

  add(bytes: Uint8Array, start: number, end: number, atMs: number): void {
    let at = start;
    while (at < end && !this.lost) {
      if (this.state === 'rest') {
        this.heads.body(end - at);
        return;
      }
      if (this.state === 'body' || this.state === 'chunk') {
        const count = Math.min(this.left, end - at);
        this.heads.body(count);
        this.skip(count);
        at += count;
      } else {
        at = this.addLine(bytes, at, end, atMs);
      }
    }
  }

  /** Missing bytes of a body were sent, and count; of a head with a hole the lines before it are told. */
  gap(missing: number, atMs: number): void {
    if (this.lost) return;
    if (this.state === 'rest') {
      this.heads.body(missing);
    } else if ((this.state === 'body' || this.state === 'chunk') && missing <= this.left) {
      this.heads.body(missing);
      this.skip(missing);
    } else if (this.state === 'head' && this.line + this.headText === '') {
      this.lost = !this.heads.missed();
    } else {
      this.giveUp(atMs);
    }
  }

  /** Goes on with a message that begins now. */
  restart(): void {
    this.lost = false;
    this.state = 'head';
    this.line = this.headText = '';
  }

  /** Tells a head as far as it goes, and reads nothing more. */
  private giveUp(atMs: number): void {
    const text = this.headText === '' && this.state === 'head' ? this.line : this.headText;
    if (text !== '') this.heads.head(text, atMs, true);
    this.lost = true;
  }

  private skip(count: number): void {
    this.left -= count;
    if (this.left > 0) return;
    this.state = this.state === 'chunk' ? 'size' : 'head';
  }

  private addLine(bytes: Uint8Array, start: number, end: number, atMs: number): number {
    let at = start;
    while (at < end && bytes[at] !== LINE_FEED && this.line.length <= LONGEST_HEAD) {
      this.line += String.fromCharCode(bytes[at++]);
    }
    if (this.line.length + this.headText.length > LONGEST_HEAD) {
      this.giveUp(atMs);
      return end;
    }
    if (at === end) return end;
    const line = this.line.endsWith('\r') ? this.line.slice(0, -1) : this.line;
    this.line = '';
    this.takeLine(line, atMs);
    return at + 1;
  }

  private takeLine(line: string, atMs: number): void {
    if (this.state === 'size') {
      const size = /^([\da-f]{1,12})\s*(?:;.*)?$/i.exec(line);
      if (line === '' || size === null) {
        // An empty line ends the chunk before.
        this.lost = line !== '';
        return;
      }
      this.left = Number.parseInt(size[1], 16);
      this.state = this.left === 0 ? 'trailer' : 'chunk';
    } else if (this.state === 'trailer') {
      if (line === '') this.state = 'head';
    } else if (line !== '') {
      if (this.headText === '') this.lost = !this.heads.begins(line);
      this.headText += `${line}\n`;
    } else if (this.headText !== '') {
      this.takeHead(atMs);
    }
  }

  private takeHead(atMs: number): void {
    const length = this.heads.head(this.headText, atMs, false);
    this.headText = '';
    if (length === null) this.lost = true;
    else if (length === 'chunked') this.state = 'size';
    else if (length === 'rest') this.state = 'rest';
    else if (length > 0) {
      this.left = length;
      this.state = 'body';
    }
  }
}
