/** Reads back the records of a little-endian capture of untagged Ethernet and IPv4: enough to check what was built. */
export interface ReadRecord {
  time: number;
  source: string;
  destination: string;
  protocol: number;
  sourcePort: number;
  destinationPort: number;
  tcpFlags: number;
  frame: Uint8Array;
}

export function readRecords(file: Uint8Array): ReadRecord[] {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const records: ReadRecord[] = [];
  let at = 24;
  while (at < file.length) {
    const time = view.getUint32(at, true) + view.getUint32(at + 4, true) / 1e6;
    const length = view.getUint32(at + 8, true);
    const frame = file.subarray(at + 16, at + 16 + length);
    const ip = at + 16 + 14;
    if (view.getUint16(ip - 2) === 0x0800) {
      records.push({
        time,
        source: frame.subarray(26, 30).join('.'),
        destination: frame.subarray(30, 34).join('.'),
        protocol: frame[23],
        sourcePort: view.getUint16(ip + 20),
        destinationPort: view.getUint16(ip + 22),
        tcpFlags: frame[23] === 6 ? frame[47] : 0,
        frame,
      });
    }
    at += 16 + length;
  }
  if (at !== file.length) throw new RangeError(`the last record ends at ${at}, the file at ${file.length}`);
  return records;
}
