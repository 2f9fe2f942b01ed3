import { bufferSource, type ByteSource, type CaptureInfo, readPackets } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { pcap } from '../../builders/pcap.ts';
import { block, enhancedPacket, interfaceDescription, sectionHeader } from '../../builders/pcapng.ts';

const packet = { seconds: 1, nanoseconds: 0, data: new Uint8Array(60) };

function read(bytes: Uint8Array): Promise<CaptureInfo> {
  return readPackets(bufferSource(bytes), () => undefined);
}

function join(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

describe('files of which nothing can be read', () => {
  it.each([
    ['an empty file', new Uint8Array(0), 'empty', 'the file is empty'],
    ['two bytes', Uint8Array.of(1, 2), 'not-a-capture', 'only 2 bytes'],
    ['bytes of no known format', new TextEncoder().encode('no capture'), 'not-a-capture', '6e 6f 20 63'],
    ['half a pcap header', pcap({ packets: [] }).subarray(0, 12), 'cut-header', '12 of the header'],
  ])('%s', async (_, bytes, kind, message) => {
    await expect(read(bytes)).rejects.toMatchObject({
      name: 'CaptureError', kind, offset: 0, message: expect.stringContaining(message) as string,
    });
  });

  it('a section without a byte-order mark', async () => {
    const bytes = sectionHeader();
    bytes[8] = 0;
    await expect(read(bytes)).rejects.toMatchObject({ kind: 'bad-byte-order', offset: 0 });
  });
});

describe('faults that keep what was read before them', () => {
  const whole = pcap({ packets: [packet, packet] });

  it('a cut packet', async () => {
    const { packets, bytes, warnings } = await read(whole.subarray(0, whole.length - 10));
    expect({ packets, bytes }).toEqual({ packets: 1, bytes: 100 });
    expect(warnings).toEqual([{ kind: 'cut-record', offset: 100, message: "the file ends after 50 of a packet's 60 bytes" }]);
  });

  it('a cut record header', async () => {
    const { warnings } = await read(whole.subarray(0, 107));
    expect(warnings).toMatchObject([{ kind: 'cut-record', offset: 100 }]);
  });

  it('a record of an impossible length', async () => {
    const damaged = whole.slice();
    new DataView(damaged.buffer).setUint32(108, 0xffff_ffff, true);
    const { packets, warnings } = await read(damaged);
    expect(packets).toBe(1);
    expect(warnings).toMatchObject([{ kind: 'bad-length', offset: 100, message: expect.stringContaining('4294967295') as string }]);
  });

  it('a packet of an interface that is not described', async () => {
    const { packets, warnings } = await read(
      join(sectionHeader(), interfaceDescription(), enhancedPacket(packet), enhancedPacket({ ...packet, interfaceId: 4 })),
    );
    expect(packets).toBe(1);
    expect(warnings).toMatchObject([{ kind: 'no-interface', message: expect.stringContaining('interface 4') as string }]);
  });

  it('a block that claims more than the file has', async () => {
    const bytes = join(sectionHeader(), interfaceDescription(), enhancedPacket(packet), block(0x99, new Uint8Array(100)));
    const { packets, warnings } = await read(bytes.subarray(0, bytes.length - 50));
    expect(packets).toBe(1);
    expect(warnings).toMatchObject([{ kind: 'cut-record' }]);
  });

  it('a read that fails half way', async () => {
    let reads = 0;
    const source: ByteSource = {
      name: 'failing', size: null,
      open: () => ({
        async read(space) {
          if (reads++ > 0) throw new Error('the disk is gone');
          space.set(whole);
          return space.subarray(0, whole.length);
        },
        async close() {},
      }),
    };
    const { packets, warnings } = await readPackets(source, () => undefined);
    expect(packets).toBe(2);
    expect(warnings).toEqual([{ kind: 'unreadable', offset: whole.length, message: 'reading failed: the disk is gone' }]);
  });

  it('link types that are not decoded are counted', async () => {
    const { warnings } = await read(pcap({ linkType: 147, packets: [packet, packet] }));
    expect(warnings).toEqual([
      { kind: 'undecoded-link-type', offset: null, message: 'link type USER0 (147) is not decoded: 2 packets left out' },
    ]);
  });
});
