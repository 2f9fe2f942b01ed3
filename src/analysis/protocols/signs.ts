/**
 * What the payloads of a flow show of who made it, as bits of `FlowColumns.signs`. A bit that is not set says nothing where
 * the payload was not seen.
 */
export const SIGNS = {
  /** The head of a request of HTTP/1 was read to its end: the bits about requests say something. */
  request: 1,
  /** It sends a form, or bytes of no type that programs talk in, and no page led to it. */
  form: 2,
  /** Its user agent is a browser's, but what every browser sends beside it is not there. */
  claimsBrowser: 4,
  /** It has no user agent. */
  noAgent: 8,
  /** It is of HTTP/1.1 without a Host, which that version does not allow. */
  noHost: 16,
  /** It is of HTTP/1.0. */
  oldHttp: 32,
  /** A program came back in the clear. */
  program: 64,
  /** It came under the media type of a picture, a sound, a text or a document. */
  disguised: 128,
  /** The server's certificate vouches for itself. */
  selfSigned: 256,
  /** A whole ClientHello of TLS was read: that it names no server says something. */
  hello: 512,
  /** It was seen from its beginning, and what it says first is of no protocol that is known. */
  unrecognised: 1024,
  /** The server's certificate is valid for ten years or more. */
  lasting: 2048,
  /** The server's certificate is for other names than the one that the client asked for. */
  otherName: 4096,
} as const;
export type Sign = keyof typeof SIGNS;

/** The largest bit set of signs. */
export const ALL_SIGNS = Object.values(SIGNS).reduce((all, bit) => all | bit, 0);

/** Whether a bit set holds a sign. */
export function hasSign(signs: number, sign: Sign): boolean {
  return (signs & SIGNS[sign]) !== 0;
}
