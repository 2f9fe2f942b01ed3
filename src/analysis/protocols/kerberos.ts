import { cutElementAt, type Element } from './der.ts';
import { nameText } from './text.ts';

export const KERBEROS_PORT = 88;

/** Tags of a request for a ticket and of the two replies (RFC 4120, section 5.4). */
const AS_REQUEST = 0x6a;
const AS_REPLY = 0x6b;
const TGS_REPLY = 0x6d;
const SEQUENCE = 0x30;
/** Tags [0] to [15] of a sequence's parts. */
const PART = 0xa0;
/** Host addresses of Windows: NetBIOS names (section 7.5.3). */
const NETBIOS = 20;
const MOST_PARTS = 16;
/** Data by which a client proves who it is: encrypted times and challenges, and public keys (section 5.2.7, RFC 4556, RFC 6113). */
const PROOFS: ReadonlySet<number> = new Set([2, 16, 17, 138]);

/** What a message says of the client. */
export interface KerberosClient {
  /** Its name, with a slash between the parts: "becka", "desktop-1$", "host/desktop-1.example.com"; '' for none. */
  name: string;
  realm: string;
  /** NetBIOS name of the machine, '' where it is not told. */
  machine: string;
  /** Whether the message came from the server: it is about whom it goes to. */
  isReply: boolean;
  /** Whether the client showed that it has a password or a key, or was given a ticket: else a name is only tried. */
  isProven: boolean;
}

/**
 * The client of the Kerberos message whose ASN.1 begins at `start` of `bytes[start, end)`; null for other messages and for
 * what is none. What a message says is read as far as the bytes go: what counts stands near its beginning.
 */
export function kerberosClient(bytes: Uint8Array, start: number, end: number): KerberosClient | null {
  const message = cutElementAt(bytes, start, end);
  if (message === null) return null;
  const isReply = message.tag === AS_REPLY || message.tag === TGS_REPLY;
  if (message.tag !== AS_REQUEST && !isReply) return null;
  const parts = partsOf(bytes, message);
  if (isReply) {
    const name = principal(bytes, parts[4]);
    return name === '' ? null : { name, realm: generalString(bytes, parts[3]), machine: '', isReply, isProven: true };
  }
  const isProven = piecesIn(bytes, inside(bytes, parts[3], SEQUENCE)).some((data) => {
    const type = tagged(bytes, data, 1);
    return type !== null && PROOFS.has(bytes[type.end - 1]);
  });
  const body = partsOf(bytes, parts[4]);
  const name = principal(bytes, body[1]);
  if (name === '') return null;
  return { name, realm: generalString(bytes, body[2]), machine: machineName(bytes, body[9]), isReply, isProven };
}

/** The parts of the sequence inside a piece, by their tags. */
function partsOf(bytes: Uint8Array, piece: Element | undefined): (Element | undefined)[] {
  const parts: (Element | undefined)[] = [];
  for (const part of piecesIn(bytes, inside(bytes, piece, SEQUENCE))) {
    if (part.tag >= PART && part.tag < PART + MOST_PARTS) parts[part.tag - PART] = part;
  }
  return parts;
}

/** A principal's name (section 5.2.2): its second part is a sequence of strings. */
function principal(bytes: Uint8Array, piece: Element | undefined): string {
  const [, strings] = partsOf(bytes, piece);
  const names = piecesIn(bytes, inside(bytes, strings, SEQUENCE)).map(({ start, end }) => nameText(bytes, start, end));
  return names.filter((name) => name !== '').join('/');
}

function generalString(bytes: Uint8Array, piece: Element | undefined): string {
  const text = piece === undefined ? null : cutElementAt(bytes, piece.start, piece.end);
  return text === null ? '' : nameText(bytes, text.start, text.end);
}

/** The NetBIOS name among a request's addresses (section 5.2.5), filled up with blanks and a byte for its type. */
function machineName(bytes: Uint8Array, piece: Element | undefined): string {
  for (const address of piecesIn(bytes, inside(bytes, piece, SEQUENCE))) {
    const [type, text] = [tagged(bytes, address, 0), tagged(bytes, address, 1)];
    if (type === null || text === null || bytes[type.end - 1] !== NETBIOS) continue;
    return nameText(bytes, text.start, Math.min(text.end, text.start + 15));
  }
  return '';
}

/** What the part with a number in a sequence's content holds; null for none. */
function tagged(bytes: Uint8Array, sequence: Element, number: number): Element | null {
  const part = piecesIn(bytes, sequence).find(({ tag }) => tag === PART + number);
  return part === undefined ? null : cutElementAt(bytes, part.start, part.end);
}

/** What a piece holds where that is of a tag; undefined for something else. */
function inside(bytes: Uint8Array, piece: Element | undefined, tag: number): Element | undefined {
  const content = piece === undefined ? null : cutElementAt(bytes, piece.start, piece.end);
  return content?.tag === tag ? content : undefined;
}

function piecesIn(bytes: Uint8Array, parent: Element | undefined): Element[] {
  const pieces: Element[] = [];
  if (parent === undefined) return pieces;
  let at = parent.start;
  while (pieces.length < MOST_PARTS) {
    const piece = cutElementAt(bytes, at, parent.end);
    if (piece === null) break;
    pieces.push(piece);
    at = piece.end;
  }
  return pieces;
}
