import { bufferSource, type CaptureInfo, readPackets } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { pcap } from '../../builders/pcap.ts';
import { block, enhancedPacket, interfaceDescription, sectionHeader } from '../../builders/pcapng.ts';
import { ENHANCED_PACKET, fitBlock } from '../../../src/pcap-ts-parser/pcapng-blocks.ts';

const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

async function read(bytes: Uint8Array, chunkBytes = 1 << 22): Promise<{ info: CaptureInfo; seconds: number[] }> {
  const seconds: number[] = [];
  const info = await readPackets(bufferSource(bytes), (packet) => seconds.push(packet.seconds), { chunkBytes });
  return { info, seconds };
}

const packets = Array.from({ length: 9 }, (_, index) => {
  return { seconds: 1000 + index, nanoseconds: 0, data: new Uint8Array(60) };
});

describe('packets of which more is stored than was on the wire', () => {
  /** The capture with the two lengths of its third record set. */
  function withLengths(captured: number, wire: number): Uint8Array {
    const bytes = pcap({ packets });
    const view = new DataView(bytes.buffer);
    view.setUint32(24 + 2 * 76 + 8, captured, true);
    view.setUint32(24 + 2 * 76 + 12, wire, true);
    return bytes;
  }

  it.each([1 << 22, 100])('are told where they swallow others, which are read (chunks of %i bytes)', async (chunk) => {
    for (const captured of [60 + 2 * 76, 60 + 150, 61]) {
      const { info, seconds } = await read(withLengths(captured, 60), chunk);
      expect(seconds).toEqual([1000, 1001, 1003, 1004, 1005, 1006, 1007, 1008]);
      expect(info.warnings).toMatchObject([
        {
          kind: 'bad-length',
          offset: 24 + 2 * 76,
          message: expect.stringContaining('more than the 60 on the wire') as string,
        },
      ]);
    }
  });

  it.each([1 << 22, 100])('are read up to what they swallowed where both lengths are damaged (%i)', async (chunk) => {
    for (const captured of [61, 60 + 40, 60 + 150]) {
      const lengths: number[] = [];
      const file = bufferSource(withLengths(captured, captured), 'a');
      const take = (packet: { capturedLength: number; wireLength: number }): unknown =>
        lengths.push(packet.capturedLength, packet.wireLength);
      const info = await readPackets(file, take, { chunkBytes: chunk });
      expect(lengths).toEqual(Array.from({ length: 18 }, () => 60));
      expect(info.warnings).toMatchObject([
        {
          kind: 'bad-length',
          offset: 24 + 2 * 76,
          message: `a record claims ${captured} captured bytes, but others lie in them: it is read up to the first`,
        },
      ]);
    }
  });

  it('are followed by the next records, where they end in front of a header and so seem to have another', async () => {
    const many = Array.from({ length: 900 }, (_, index) => ({ ...packets[0], seconds: 1000 + index }));
    const bytes = pcap({ packets: many });
    const view = new DataView(bytes.buffer);
    for (const field of [8, 12]) view.setUint32(24 + 2 * 76 + field, 60 + 3 * 76 - 1, true);
    const { info, seconds } = await read(bytes);
    expect(seconds).toEqual(
      many.map(({ seconds: second }) => second).filter((second) => second < 1003 || second > 1005),
    );
    expect(info.warnings.map(({ kind, offset }) => [kind, offset])).toEqual([['bad-length', 24 + 6 * 76 - 1]]);
  });

  it('are told and read where nothing is lost', async () => {
    const { info, seconds } = await read(withLengths(60, 40));
    expect(seconds).toHaveLength(9);
    expect(info.warnings).toMatchObject([
      {
        kind: 'over-wire-length',
        offset: 24 + 2 * 76,
        message: expect.stringMatching(/^1 packet says that/) as string,
      },
    ]);
  });

  it('are told once in a pcapng', async () => {
    const one = { seconds: 1, nanoseconds: 0, data: new Uint8Array(60), wireLength: 50 };
    const file = join(sectionHeader(), interfaceDescription(), enhancedPacket(one), enhancedPacket(one));
    expect((await read(file)).info.warnings).toMatchObject([
      {
        kind: 'over-wire-length',
        message: expect.stringMatching(/^2 packets say that more.*60 bytes of 50/) as string,
      },
    ]);
  });
});

describe('interfaces without end', () => {
  it('are kept up to a limit that is said, and packets of those that were are read', async () => {
    const described = interfaceDescription({ name: 'eth0' });
    const many = Buffer.concat(Array.from({ length: 70_000 }, () => described));
    const packet = { seconds: 1, nanoseconds: 0, data: new Uint8Array(60) };
    const kept = enhancedPacket({ ...packet, interfaceId: 65_535 });
    const lost = enhancedPacket({ ...packet, interfaceId: 65_536 });
    const { info } = await read(join(sectionHeader(), many, kept, lost));
    expect(info.packets).toBe(1);
    expect(info.interfaceNames).toHaveLength(1000);
    expect(info.warnings.map(({ kind }) => kind).sort()).toEqual(['no-interface', 'too-many']);
    expect(info.warnings.find(({ kind }) => kind === 'too-many')?.message).toMatch(/describes 70000 interfaces: those/);
  });

  it('are counted afresh in each section', async () => {
    const section = join(sectionHeader(), ...Array.from({ length: 40_000 }, () => block(1, new Uint8Array(8))));
    expect((await read(join(section, section))).info.warnings).toEqual([]);
  });
});

describe('how the source gives its bytes', () => {
  it.each([1, 2, 3, 100, 1 << 22])('does not change what a file is taken for (pieces of %i bytes)', async (chunk) => {
    const tar = new Uint8Array(1024);
    tar.set(new TextEncoder().encode('ustar'), 257);
    await expect(read(tar, chunk)).rejects.toMatchObject({
      kind: 'other-format',
      message: expect.stringContaining('a tar archive') as string,
    });
    const text = new TextEncoder().encode(`  ${'\n'.repeat(300)}<!doctype html>`);
    await expect(read(text, chunk)).rejects.toMatchObject({
      message: expect.stringContaining('a web page') as string,
    });
  });
});

describe('zero bytes between blocks', () => {
  it.each([1 << 22, 64, 97])('hide none, whatever their number (chunks of %i bytes)', async (chunk) => {
    for (const littleEndian of [true, false]) {
      const [first, second] = packets.map((packet) => enhancedPacket(packet, {}, littleEndian));
      const begin = join(sectionHeader(littleEndian), interfaceDescription({}, littleEndian), first);
      for (let zeros = 8; zeros < 48; zeros++) {
        const { info, seconds } = await read(join(begin, new Uint8Array(zeros), second), chunk);
        expect([zeros, seconds]).toEqual([zeros, [1000, 1001]]);
        expect(info.warnings).toHaveLength(1);
      }
    }
  });
});

it('a search for blocks waits for none that is longer than a megabyte', () => {
  const headOf = (length: number): DataView => {
    const view = new DataView(new ArrayBuffer(12));
    view.setUint32(0, ENHANCED_PACKET, true);
    view.setUint32(4, length, true);
    return view;
  };
  const fits = [1 << 20, (1 << 20) + 4].map((length) => fitBlock(headOf(length), 0, 12, false, true));
  expect(fits).toEqual(['unknown', 'differs']);
});
