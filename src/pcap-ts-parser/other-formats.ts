/** A format that is not read here, told by bytes at one place of the file. */
interface OtherFormat {
  magic: readonly number[] | string;
  at?: number;
  message: string;
}

const WITH_EDITCAP = 'convert it with Wireshark\'s "editcap FILE OUT.pcapng"';
const UNPACK = 'unpack it and open what is inside';

const FORMATS: readonly OtherFormat[] = [
  { magic: 'snoop\0\0\0', message: `a snoop capture: ${WITH_EDITCAP}` },
  { magic: 'RTSS', message: `a Microsoft Network Monitor 1 capture: ${WITH_EDITCAP}` },
  { magic: 'GMBU', message: `a Microsoft Network Monitor 2 capture: ${WITH_EDITCAP}` },
  { magic: [0x01, 0x10, 0x4c, 0x00], message: `a Novell LANalyzer capture: ${WITH_EDITCAP}` },
  { magic: 'TRSNIFF data', message: `a Sniffer capture: ${WITH_EDITCAP}` },
  { magic: 'XCP\0', message: `a NetXray or Windows Sniffer capture: ${WITH_EDITCAP}` },
  { magic: 'iptrace ', message: `an AIX iptrace capture: ${WITH_EDITCAP}` },
  { magic: 'btsnoop\0', message: 'a Bluetooth capture (btsnoop): it holds no IP traffic to look at' },
  {
    magic: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
    message: 'an old Excel or Word file: export the capture itself',
  },
  { magic: [0x1f, 0x8b], message: 'compressed with gzip: unpack it with "gunzip FILE"' },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], message: 'compressed with zstd: unpack it with "unzstd FILE"' },
  { magic: [0x04, 0x22, 0x4d, 0x18], message: 'compressed with lz4: unpack it with "unlz4 FILE"' },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], message: 'compressed with xz: unpack it with "unxz FILE"' },
  { magic: 'BZh', message: 'compressed with bzip2: unpack it with "bunzip2 FILE"' },
  { magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], message: `a 7-Zip archive: ${UNPACK}` },
  { magic: 'Rar!', message: `a RAR archive: ${UNPACK}` },
  { magic: 'ustar', at: 257, message: `a tar archive: ${UNPACK}` },
  { magic: '%PDF-', message: 'a PDF document, not a capture: export the capture itself' },
];

const ERF = `an Endace ERF capture: ${WITH_EDITCAP}`;
const ZIP = `a ZIP archive: ${UNPACK}`;
const OFFICE = 'an Excel or Word file (a ZIP archive inside): export the capture itself';
const WEB_PAGE = 'a web page, not a capture: the download gave an error or a login page, so fetch it again';
const HEX_DUMP = 'a text hex dump: convert it with Wireshark\'s "text2pcap FILE OUT.pcapng"';

/** What is said of every format that is refused by name: what it is, and behind a colon what to do. */
export const REFUSALS: readonly string[] = [
  ...FORMATS.map(({ message }) => message),
  ERF,
  ZIP,
  OFFICE,
  WEB_PAGE,
  HEX_DUMP,
];

/** Text tells what it is by its first bytes. */
const TEXT_BYTES = 1024;

/** A file's header, and the ends of an archive that is empty or in parts. */
const ZIP_MAGICS = ['PK\u0003\u0004', 'PK\u0005\u0006', 'PK\u0007\u0008'];
/** The names of an archive's files are in the clear: one of Office's own parts makes it a workbook or a document. */
const OFFICE_PART = /\[Content_Types\]\.xml|_rels\/\.rels|docProps\/|mimetypeapplication\/vnd\.oasis\.opendocument/;

/** Endace ERF: record types that were ever given out, and the least a record can be. */
const ERF_TYPES = 48;
const ERF_HEADER = 16;
const ERF_FARTHEST_S = 366 * 86_400;

/**
 * What a file is that is no pcap or pcapng, in one line that also says how to convert it.
 *
 * @param head the file's first bytes
 * @returns null where it is nothing known
 */
export function otherFormat(head: Uint8Array): string | null {
  const known = FORMATS.find(({ magic, at = 0 }) => hasMagic(head, magic, at));
  if (known !== undefined) return known.message;
  const text = latin1(head.subarray(0, TEXT_BYTES));
  if (ZIP_MAGICS.some((magic) => hasMagic(head, magic, 0))) {
    return OFFICE_PART.test(text) ? OFFICE : ZIP;
  }
  if (isErf(head)) return ERF;
  return otherText(text);
}

function otherText(text: string): string | null {
  const start = text.replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  if (/^<(?:!doctype|!--|html|head|body|script|title|meta|\?xml)/i.test(start)) return WEB_PAGE;
  // Behind an offset, or a whole packet in one line of digits.
  if (
    /^\s*(?:0x)?[\da-f]{4,8}:?\s+(?:[\da-f]{2}\s?){4}/im.test(text) ||
    /^(?:[\da-f]{2}[\s:]?){20,}[\da-f]?$/i.test(start.trimEnd())
  ) {
    return HEX_DUMP;
  }
  return null;
}

function hasMagic(head: Uint8Array, magic: readonly number[] | string, at: number): boolean {
  const bytes = typeof magic === 'string' ? Array.from(magic, (letter) => letter.charCodeAt(0)) : magic;
  return bytes.every((byte, index) => head[at + index] === byte);
}

function latin1(head: Uint8Array): string {
  return String.fromCharCode(...head);
}

/**
 * ERF has no magic number: two records in a row with known types, and little-endian times near each other, or one that
 * fills the file.
 */
function isErf(head: Uint8Array): boolean {
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  if (!isErfRecord(view, 0)) return false;
  const next = view.getUint16(10);
  if (next === head.length) return true;
  return isErfRecord(view, next) && Math.abs(view.getUint32(next + 4, true) - view.getUint32(4, true)) < ERF_FARTHEST_S;
}

function isErfRecord(view: DataView, at: number): boolean {
  if (at + ERF_HEADER > view.byteLength) return false;
  const type = view.getUint8(at + 8) & 0x7f;
  const recordLength = view.getUint16(at + 10);
  return (
    type > 0 &&
    type <= ERF_TYPES &&
    recordLength >= ERF_HEADER &&
    view.getUint16(at + 14) > 0 &&
    view.getUint32(at + 4, true) > 0
  );
}
