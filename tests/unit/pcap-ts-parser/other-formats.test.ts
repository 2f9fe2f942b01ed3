import { bufferSource, type CaptureInfo, readPackets } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';

function read(bytes: Uint8Array): Promise<CaptureInfo> {
  return readPackets(bufferSource(bytes), () => undefined);
}

function join(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function erfRecord(length: number): Uint8Array {
  const record = new Uint8Array(length);
  const view = new DataView(record.buffer);
  view.setUint32(4, 1_700_000_000, true);
  view.setUint8(8, 2);
  view.setUint16(10, length);
  view.setUint16(14, length - 16);
  return record;
}

describe('files of other formats are named, with what to do', () => {
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);

  it.each([
    ['snoop', text('snoop\0\0\0\0\0\0\u0002'), 'snoop capture', 'editcap'],
    ['Network Monitor 1', text('RTSS....'), 'Network Monitor 1', 'editcap'],
    ['Network Monitor 2', text('GMBU....'), 'Network Monitor 2', 'editcap'],
    ['ERF', join(erfRecord(80), erfRecord(80)), 'ERF', 'editcap'],
    ['ERF with long records', join(erfRecord(9000), erfRecord(1500)), 'ERF', 'editcap'],
    ['ERF of one packet', erfRecord(80), 'ERF', 'editcap'],
    ['a hex dump', text('0000  45 00 00 3c 1c 46 40 00 40 06 b1 e6\n0010  c0 a8'), 'hex dump', 'text2pcap'],
    [
      "tcpdump's hex dump",
      text('10:00:00 IP 10.0.0.1 > 10.0.0.2\n\t0x0000:  4500 003c 1c46 4000'),
      'hex dump',
      'text2pcap',
    ],
    ["Wireshark's hex stream", text(`${'4500003c1c4640004006b1e6'.repeat(4)}\r\n`), 'hex dump', 'text2pcap'],
    ["xxd's hex dump", text('00000000: 4500 003c 1c46 4000  E..<.F@.'), 'hex dump', 'text2pcap'],
    ['a workbook that begins with its properties', text('PK\u0003\u0004 ... docProps/app.xml'), 'Excel', 'export'],
    [
      'an OpenDocument sheet',
      text('PK\u0003\u0004 ... mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
      'Excel',
      'export',
    ],
    ['an empty ZIP archive', text('PK\u0005\u0006\0\0'), 'ZIP', 'unpack'],
    ['an Excel file', text('PK\u0003\u0004 ... [Content_Types].xml'), 'Excel', 'export'],
    ['an old Excel file', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), 'Excel', 'export'],
    ['a ZIP archive', text('PK\u0003\u0004 ... capture.pcap'), 'ZIP', 'unpack'],
    ['a tar archive', join(new Uint8Array(257), text('ustar  ')), 'tar', 'unpack'],
    ['an error page', text('\r\n<!DOCTYPE html><title>404'), 'web page', 'fetch it again'],
    ['a page that begins with a comment', text('<!-- sorry -->\n<html>'), 'web page', 'fetch it again'],
    ['bzip2', text('BZh91AY&SY'), 'bzip2', 'bunzip2'],
    ['gzip that nobody unpacked', Uint8Array.of(0x1f, 0x8b, 8, 0), 'gzip', 'gunzip'],
  ])('%s', async (_, bytes, name, advice) => {
    await expect(read(bytes)).rejects.toMatchObject({
      kind: 'other-format',
      offset: 0,
      message: expect.stringContaining(name) as string,
    });
    await expect(read(bytes)).rejects.toThrow(advice);
  });
  it('are not told by what a capture or any text may hold too', async () => {
    await expect(read(text('face to face with a list of words, not of digits'))).rejects.toMatchObject({
      kind: 'not-a-capture',
    });
    await expect(read(text('deadbeef'))).rejects.toMatchObject({ kind: 'not-a-capture' });
  });
});
