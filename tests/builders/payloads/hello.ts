import { concat, filler, latin1, u16 } from './bytes.ts';

export interface Hello {
  version?: number;
  ciphers: readonly number[];
  /** Type and content in the order of sending; null for a hello without the block of extensions. */
  extensions: readonly (readonly [number, ArrayLike<number>])[] | null;
  /** Bytes of cookie, which only DTLS has; null for none. */
  cookie?: ArrayLike<number> | null;
}

/** The body of a ClientHello (RFC 8446, section 4.1.2; cookie: RFC 6347, section 4.2.1). */
export function clientHelloBody({ version = 0x0303, ciphers, extensions, cookie = null }: Hello): Uint8Array {
  return concat(
    u16(version),
    filler(32),
    [32],
    filler(32),
    cookie === null ? [] : concat([cookie.length], cookie),
    u16(ciphers.length * 2),
    ciphers.flatMap(u16),
    [1, 0],
    extensionBlock(extensions),
  );
}

/** The body of a ServerHello (section 4.1.3) that chose the first of `ciphers`. */
export function serverHelloBody({ version = 0x0303, ciphers, extensions }: Hello): Uint8Array {
  return concat(u16(version), filler(32), [0], u16(ciphers[0]), [0], extensionBlock(extensions));
}

/** Numbers of two bytes behind their length, as groups and signature algorithms are sent. */
export function pairs(values: readonly number[]): Uint8Array {
  return concat(u16(values.length * 2), values.flatMap(u16));
}

/** Numbers of two bytes behind a length of one byte, as a client sends its versions. */
export function shortPairs(values: readonly number[]): Uint8Array {
  return concat([values.length * 2], values.flatMap(u16));
}

/** Content of a server name extension (RFC 6066, section 3). */
export function hostName(name: string): Uint8Array {
  return concat(u16(name.length + 3), [0], u16(name.length), latin1(name));
}

/** Content of an ALPN extension (RFC 7301, section 3.1). */
export function protocols(...names: readonly string[]): Uint8Array {
  const list = concat(...names.map((name) => concat([name.length], latin1(name))));
  return concat(u16(list.length), list);
}

function extensionBlock(extensions: Hello['extensions']): Uint8Array {
  if (extensions === null) return new Uint8Array(0);
  const block = concat(...extensions.map(([type, content]) => concat(u16(type), u16(content.length), content)));
  return concat(u16(block.length), block);
}
