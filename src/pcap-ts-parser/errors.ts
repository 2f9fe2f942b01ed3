/** What kind of fault a capture has. A program may tell kinds apart; the message is for people. */
export type FaultKind =
  /** The file has no bytes. */
  | 'empty'
  /** A format that is known by name but not read here; the message says how to convert it. */
  | 'other-format'
  /** The first bytes are those of no format known here. */
  | 'not-a-capture'
  /** The file ends inside a header. */
  | 'cut-header'
  /** The file ends inside a packet record or block. */
  | 'cut-record'
  /** A record or block claims a length that cannot be. */
  | 'bad-length'
  /** Zero bytes where a record or block should be: a hole left by a crash or a full disk. */
  | 'zero-filled'
  /** A packet names an interface that no block describes. */
  | 'no-interface'
  /** A section header whose byte-order mark is neither order. */
  | 'bad-byte-order'
  /** A compressed file that ends too early, or whose compressed bytes are damaged. */
  | 'cut-compression'
  | 'bad-compression'
  /** An encrypted file of an archive, without its password. */
  | 'locked'
  /** The operating system or the browser failed to read the file. */
  | 'unreadable'
  /** The file became another one while it was read. */
  | 'changed-file';

/**
 * A capture that cannot be read at all, or the fault at which reading stopped. `offset` is a byte offset in the file.
 */
export class CaptureError extends Error {
  override readonly name = 'CaptureError';
  readonly kind: FaultKind;
  readonly offset: number;

  constructor(kind: FaultKind, offset: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
    this.offset = offset;
  }
}
