import { latin1 } from '../payloads/bytes.ts';

const BLOCK = 512;

export interface TarEntry {
  name: string;
  bytes: Uint8Array;
  /** One letter; "0" for a file. */
  type?: string;
  /** What the header claims in the place of the length. */
  claimed?: number;
}

/** A tar archive (POSIX.1-2017, ustar), with the two blocks of zeros at its end. */
export function tar(entries: readonly TarEntry[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat([...entries.flatMap(blocksOf), new Uint8Array(2 * BLOCK)]));
}

/** A header with pax records for the entry behind it. */
export function paxHeader(records: Readonly<Record<string, string>>): TarEntry {
  const lines = Object.entries(records).map(([key, value]) => {
    const rest = ` ${key}=${value}\n`;
    let length = rest.length;
    while (String(length).length + rest.length !== length) length++;
    return `${length}${rest}`;
  });
  return { name: 'PaxHeader', bytes: new TextEncoder().encode(lines.join('')), type: 'x' };
}

function blocksOf({ name, bytes, type = '0', claimed = bytes.length }: TarEntry): Uint8Array[] {
  const header = new Uint8Array(BLOCK);
  const put = (at: number, text: string): void => header.set(latin1(text), at);
  put(0, name.slice(0, 100));
  put(100, '0000644\0');
  put(124, `${claimed.toString(8).padStart(11, '0')}\0`);
  put(136, '00000000000\0');
  put(148, '        ');
  put(156, type);
  put(257, 'ustar\u000000');
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return [header, bytes, new Uint8Array((BLOCK - (bytes.length % BLOCK)) % BLOCK)];
}
