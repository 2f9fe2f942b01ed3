import { bufferSource, type ByteSource, CaptureError, type CaptureInfo, readPackets } from 'pcap-ts-parser';
import { describe, expect, it, vi } from 'vitest';
import { pcap } from '../../builders/pcap.ts';
import { block, enhancedPacket, interfaceDescription, pcapng, sectionHeader } from '../../builders/pcapng.ts';

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
      name: 'CaptureError',
      kind,
      offset: 0,
      message: expect.stringContaining(message) as string,
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
    expect(warnings).toEqual([
      { kind: 'cut-record', offset: 100, message: "the file ends after 50 of a packet's 60 bytes" },
    ]);
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
    expect(warnings).toMatchObject([
      { kind: 'bad-length', offset: 100, message: expect.stringContaining('4294967295') as string },
    ]);
  });

  it('a packet of an interface that is not described', async () => {
    const { packets, warnings } = await read(
      join(
        sectionHeader(),
        interfaceDescription(),
        enhancedPacket(packet),
        enhancedPacket({ ...packet, interfaceId: 4 }),
      ),
    );
    expect(packets).toBe(1);
    expect(warnings).toMatchObject([
      { kind: 'no-interface', message: expect.stringContaining('interface 4') as string },
    ]);
  });

  it.each([
    ['an interface description', 1, 4],
    ['a packet block', 2, 16],
    ['a simple packet block', 3, 0],
    ['an interface statistics block', 5, 8],
    ['an enhanced packet block', 6, 16],
    ['a section header', 0x0a0d0d0a, 8],
  ])('%s that is too short for its fields', async (name, type, length) => {
    const body = new Uint8Array(Uint32Array.of(0x1a2b3c4d, 1, 0, 0).buffer, 0, length);
    const blocks = join(sectionHeader(), interfaceDescription(), enhancedPacket(packet));
    const { packets, warnings } = await read(join(blocks, block(type, body), sectionHeader(), blocks));
    expect(packets).toBe(2);
    expect(warnings).toEqual([
      {
        kind: 'bad-length',
        offset: blocks.length,
        message: expect.stringMatching(`^${name} is too short for its .*: left out$`),
      },
    ]);
  });

  it('blocks that claim to hold more than they do', async () => {
    const claims = enhancedPacket(packet);
    new DataView(claims.buffer).setUint32(20, 61, true);
    const named = interfaceDescription({ name: 'eth0' });
    // The name is said to go on behind the block, where others lie, and behind the file.
    for (const length of [40, 60_000]) {
      new DataView(named.buffer).setUint16(18, length, true);
      const { packets, interfaceNames, warnings } = await read(
        join(sectionHeader(), named, claims, enhancedPacket(packet)),
      );
      expect([packets, interfaceNames]).toEqual([1, []]);
      expect(warnings).toMatchObject([{ message: 'a packet block claims 61 captured bytes, but holds 60: left out' }]);
    }
  });

  it('a simple packet without any interface', async () => {
    const { packets, warnings } = await read(
      join(sectionHeader(), block(3, new Uint8Array(64)), enhancedPacket(packet)),
    );
    expect([packets, warnings.map(({ kind }) => kind)]).toEqual([0, ['no-interface', 'no-interface']]);
  });

  it.each([50, 100_000])('a block to be passed over that the file ends in (chunks of %i bytes)', async (chunkBytes) => {
    const blocks = join(sectionHeader(), interfaceDescription(), enhancedPacket(packet));
    const long = block(0xbad, new Uint8Array(188));
    new DataView(long.buffer).setUint32(4, 1 << 25, true);
    const source = bufferSource(join(blocks, long));
    const { packets, warnings } = await readPackets(source, () => undefined, { chunkBytes });
    expect(packets).toBe(1);
    expect(warnings).toEqual([
      { kind: 'cut-record', offset: blocks.length, message: "the file ends after 200 of a block's 33554432 bytes" },
    ]);
  });

  it('a block that claims more than the file has', async () => {
    const bytes = join(
      sectionHeader(),
      interfaceDescription(),
      enhancedPacket(packet),
      block(0x99, new Uint8Array(100)),
    );
    const { packets, warnings } = await read(bytes.subarray(0, bytes.length - 50));
    expect(packets).toBe(1);
    expect(warnings).toMatchObject([{ kind: 'cut-record' }]);
  });

  it('a read that fails half way', async () => {
    let reads = 0;
    const source: ByteSource = {
      name: 'failing',
      size: null,
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
    expect(warnings).toEqual([
      { kind: 'unreadable', offset: whole.length, message: 'reading failed: the disk is gone' },
    ]);
  });

  it('link types that are not decoded are counted', async () => {
    const { warnings } = await read(pcap({ linkType: 147, packets: [packet, packet] }));
    expect(warnings).toEqual([
      {
        kind: 'undecoded-link-type',
        offset: null,
        message: 'link type USER0 (147) is not decoded: 2 packets left out',
      },
    ]);
  });
});

describe('faults that reading goes on after', () => {
  const packets = Array.from({ length: 9 }, (_, index) => ({
    seconds: 1000 + index,
    nanoseconds: 0,
    data: new Uint8Array(60).fill((index % 5) + 1),
  }));

  /** Seconds of the packets that were read, in order. */
  async function secondsOf(bytes: Uint8Array, chunkBytes: number): Promise<{ seconds: number[]; info: CaptureInfo }> {
    const seconds: number[] = [];
    const info = await readPackets(bufferSource(bytes), (one) => seconds.push(one.timed ? one.seconds : -1), {
      chunkBytes,
    });
    return { seconds, info };
  }

  it.each([100, 100_000])(
    'an impossible record of a pcap: the next records that fit are found (chunks of %i bytes)',
    async (chunkBytes) => {
      const damaged = pcap({ packets });
      const third = 24 + 2 * 76;
      new DataView(damaged.buffer).setUint32(third + 8, 0x7fff_ffff, true);
      const { seconds, info } = await secondsOf(damaged, chunkBytes);
      expect(seconds).toEqual([1000, 1001, 1003, 1004, 1005, 1006, 1007, 1008]);
      expect(info.warnings).toEqual([
        {
          kind: 'bad-length',
          offset: third,
          message:
            'a record claims 2147483647 captured bytes, more than the 262144 a packet can have; 76 bytes were ' +
            'passed over to the next record',
        },
      ]);
    },
  );

  it('records that damage made up before it do not mislead the search', async () => {
    const whole = pcap({ packets });
    const cut = 24 + 4 * 76;
    const made = new Uint8Array(Uint32Array.of(0xf000_0000, 5, 4, 4, 0, 9, 9, 0xffff_ffff, 7).buffer);
    const { seconds, info } = await secondsOf(join(whole.subarray(0, cut), made, whole.subarray(cut)), 300);
    expect(seconds).toEqual([1000, 1001, 1002, 1003, 1003, 1004, 1005, 1006, 1007, 1008]);
    expect(info.warnings).toMatchObject([
      { kind: 'bad-length', offset: cut + 20, message: expect.stringContaining('16 bytes were passed over') as string },
      { kind: 'stray-stamps', offset: cut },
    ]);
  });

  it('a record longer than the snap length that holds others, and one that does not', async () => {
    const damaged = pcap({ packets, snapLength: 60 });
    const third = 24 + 2 * 76;
    new DataView(damaged.buffer).setUint32(third + 8, 200, true);
    const found = await secondsOf(damaged, 100);
    expect(found.seconds).toEqual([1000, 1001, 1003, 1004, 1005, 1006, 1007, 1008]);
    expect(found.info.warnings).toEqual([
      {
        kind: 'bad-length',
        offset: third,
        message:
          'a record claims 200 captured bytes, more than the snap length of 60, and other records lie in them; ' +
          '76 bytes were passed over to the next record',
      },
    ]);
    for (const chunkBytes of [50, 100_000]) {
      const left = await secondsOf(pcap({ packets, snapLength: 40 }), chunkBytes);
      expect(left.seconds).toHaveLength(9);
      expect(left.info.warnings).toEqual([
        {
          kind: 'over-snap-length',
          offset: 24,
          message:
            '9 packets are longer than the snap length allows (first: 60 bytes, where it is 40): read all the same',
        },
      ]);
    }
  });

  it('a pcapng packet longer than the snap length of its interface', async () => {
    const bytes = join(
      sectionHeader(),
      interfaceDescription({ snapLength: 40 }),
      interfaceDescription(),
      enhancedPacket(packet),
      enhancedPacket({ ...packet, interfaceId: 1 }),
    );
    const { packets: read2, warnings } = await read(bytes);
    expect(read2).toBe(2);
    expect(warnings).toMatchObject([
      { kind: 'over-snap-length', offset: 68, message: expect.stringMatching(/^1 packet is longer/) as string },
    ]);
  });

  it('bytes of something else in the middle of a pcap', async () => {
    const whole = pcap({ packets });
    const cut = 24 + 4 * 76;
    const { seconds, info } = await secondsOf(
      join(whole.subarray(0, cut), new Uint8Array(1234).fill(0xee), whole.subarray(cut)),
      300,
    );
    expect(seconds).toEqual(packets.map((one) => one.seconds));
    expect(info.warnings).toMatchObject([
      { offset: cut, message: expect.stringContaining('1,234 bytes were passed over') as string },
    ]);
  });

  it.each([30, 100_000])(
    'another pcap joined on is read with its own link type (chunks of %i bytes)',
    async (chunkBytes) => {
      const joined = join(pcap({ packets: packets.slice(0, 2) }), pcap({ packets: packets.slice(2), linkType: 113 }));
      const { seconds, info } = await secondsOf(joined, chunkBytes);
      expect(seconds).toEqual(packets.map((one) => one.seconds));
      expect(info.linkTypes).toEqual([1, 113]);
      expect(info.warnings).toEqual([
        {
          kind: 'joined-files',
          offset: 24 + 2 * 76,
          message: 'the header of another capture lies between records: what follows is read by it',
        },
      ]);
      expect((await secondsOf(joined.subarray(0, 24 + 2 * 76 + 20), chunkBytes)).info.warnings).toMatchObject([
        { kind: 'joined-files' },
        { kind: 'cut-header' },
      ]);
    },
  );

  it('captures of different kinds joined are each read by their own header', async () => {
    const inPcap = [{}, { nanoseconds: true }, { littleEndian: false }, { extraHeader: 8 as const }].map((options) => {
      return { file: (some: typeof packets) => pcap({ ...options, packets: some }), interfaceId: 0 };
    });
    const onSecond = (some: typeof packets): Uint8Array =>
      pcapng({ interfaces: [{}, {}], packets: some.map((one) => ({ ...one, interfaceId: 1 })) });
    const kinds = [...inPcap, { file: onSecond, interfaceId: 1 }];
    for (const before of kinds) {
      for (const after of kinds) {
        const head = before.file(packets.slice(0, 4));
        const found: number[][] = [];
        const { warnings } = await readPackets(
          bufferSource(join(head, after.file(packets.slice(4)))),
          ({ seconds, interfaceId }) => found.push([seconds, interfaceId]),
          { chunkBytes: 100 },
        );
        const ids = packets.map((_, index) => (index < 4 ? before : after).interfaceId);
        expect(found).toEqual(packets.map(({ seconds }, index) => [seconds, ids[index]]));
        // Sections of a pcapng are meant to be joined.
        const isMeant = before === after && before.interfaceId === 1;
        expect(warnings).toMatchObject(isMeant ? [] : [{ kind: 'joined-files', offset: head.length }]);
      }
    }
  });

  it('bytes of something else at the end of a pcap', async () => {
    const whole = pcap({ packets });
    const { seconds, info } = await secondsOf(join(whole, new Uint8Array(500).fill(0x44)), 100);
    expect(seconds).toHaveLength(9);
    expect(info.warnings).toMatchObject([
      {
        kind: 'bad-length',
        offset: whole.length,
        message: expect.stringContaining('no record was found in the 500 bytes') as string,
      },
    ]);
  });

  it('a hole of zeros in a pcap reads as empty packets without a time', async () => {
    const whole = pcap({ packets });
    const cut = 24 + 76;
    const { seconds, info } = await secondsOf(
      join(whole.subarray(0, cut), new Uint8Array(64), whole.subarray(cut)),
      50,
    );
    expect(seconds).toEqual([1000, -1, -1, -1, -1, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008]);
    expect(info.warnings).toEqual([
      {
        kind: 'zero-filled',
        offset: cut,
        message: 'a hole of 64 zero bytes: they read as 4 empty packets without a time',
      },
    ]);
  });

  it.each([100, 4096, 1 << 20])('a long hole of zeros is passed over, in pieces of %i bytes', async (chunkBytes) => {
    const whole = pcap({ packets });
    const cut = 24 + 76;
    const zeros = 16 * 20_000;
    const bytes = join(whole.subarray(0, cut), new Uint8Array(zeros), whole.subarray(cut));
    const numbers: number[] = [];
    let empty = 0;
    const info = await readPackets(
      bufferSource(bytes),
      ({ timed, number }) => {
        if (timed) numbers.push(number);
        else empty++;
      },
      { chunkBytes },
    );
    expect(empty).toBe(4096);
    expect(numbers).toEqual([1, ...packets.slice(1).map((_, place) => 20_002 + place)]);
    expect(info.packets).toBe(packets.length + 20_000);
    expect(info.warnings).toEqual([
      {
        kind: 'zero-filled',
        offset: cut,
        message: 'a hole of 320,000 zero bytes: they read as 20,000 empty packets without a time',
      },
    ]);
  });

  const ng = (): Uint8Array[] => [
    sectionHeader(),
    interfaceDescription(),
    ...packets.map((one) => enhancedPacket(one)),
  ];
  const blockLength = 32 + 60;

  it.each([
    ['a length of 0', (view: DataView, at: number) => view.setUint32(at + 4, 0, true), 'less than any block'],
    [
      'a length beyond the file',
      (view: DataView, at: number) => view.setUint32(at + 4, 0x7000_0000, true),
      'claims 1879048192 bytes',
    ],
    [
      'two lengths that differ, both wrong',
      (view: DataView, at: number) => {
        view.setUint32(at + 4, 64, true);
        view.setUint32(at + 60, 7, true);
      },
      'at its beginning and',
    ],
  ])('a pcapng block with %s: the next whole block is found', async (_, damage, message) => {
    const damaged = join(...ng());
    const at = damaged.length - 5 * blockLength;
    damage(new DataView(damaged.buffer), at);
    const { seconds, info } = await secondsOf(damaged, 70);
    expect(seconds).toEqual([1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008]);
    expect(info.warnings).toMatchObject([
      { kind: 'bad-length', offset: at, message: expect.stringContaining(message) as string },
    ]);
    expect(info.warnings[0].message).toContain(`${blockLength} bytes were passed over to the next block`);
  });

  it('a pcapng block whose second length is wrong, by what follows', async () => {
    const damaged = join(...ng());
    new DataView(damaged.buffer).setUint32(damaged.length - 4 * blockLength - 4, 9, true);
    const { seconds, info } = await secondsOf(damaged, 70);
    expect(seconds).toHaveLength(9);
    expect(info.warnings).toMatchObject([{ message: expect.stringContaining('the first is right') as string }]);
  });

  it('a lost section header takes its section with it', async () => {
    const lost = sectionHeader();
    lost[8] = 0;
    const bytes = join(
      ...ng(),
      lost,
      interfaceDescription({ linkType: 101 }),
      enhancedPacket({ ...packets[0], seconds: 5 }),
      ...ng(),
    );
    const { seconds, info } = await secondsOf(bytes, 1000);
    expect(seconds).toEqual([...packets, ...packets].map((one) => one.seconds));
    expect(info.linkTypes).toEqual([1]);
    expect(info.warnings).toMatchObject([{ kind: 'bad-byte-order' }]);
  });

  it('zero bytes between blocks', async () => {
    const { seconds, info } = await secondsOf(
      join(...ng(), new Uint8Array(400), enhancedPacket({ ...packets[0], seconds: 5 })),
      90,
    );
    expect(seconds).toHaveLength(10);
    expect(info.warnings).toMatchObject([
      { kind: 'zero-filled', message: expect.stringContaining('400 bytes') as string },
    ]);
  });

  it('a length that is not a multiple of 4 is read with the padding', async () => {
    const bytes = join(...ng());
    const last = new DataView(bytes.buffer, bytes.length - blockLength);
    last.setUint32(4, blockLength - 1, true);
    last.setUint32(blockLength - 4, blockLength - 1, true);
    const { seconds, info } = await secondsOf(bytes, 1000);
    expect(seconds).toHaveLength(9);
    expect(info.warnings).toMatchObject([
      { kind: 'bad-length', message: expect.stringContaining('not a multiple of 4') as string },
    ]);
  });

  it.each([300, 200_000])('lengths of %i that the file ends before swallow nothing', async (length) => {
    const classic = pcap({ packets: packets.slice(0, 6) });
    const third = 24 + 2 * 76;
    const lengths = new DataView(classic.buffer, third + 8);
    lengths.setUint32(0, length, true);
    lengths.setUint32(4, length, true);
    const read1 = await secondsOf(classic, 100);
    expect(read1.seconds).toEqual([1000, 1001, 1002, 1003, 1004, 1005]);
    expect(read1.info.warnings).toMatchObject([{ kind: 'bad-length', offset: third }]);

    const blocks = join(...ng());
    const at = blocks.length - 3 * blockLength;
    new DataView(blocks.buffer).setUint32(at + 4, length, true);
    const read2 = await secondsOf(blocks, 100);
    expect(read2.seconds).toEqual([1000, 1001, 1002, 1003, 1004, 1005, 1007, 1008]);
    expect(read2.info.warnings).toMatchObject([{ kind: 'cut-record', offset: at }]);
  });

  it('a packet of another year is whole though a record may lie in it that ends with the file', async () => {
    const years = [0, 2, 0].map((year) => Object.assign({}, packet, { seconds: 1000 + year * 366 * 86_400 }));
    // From within the second packet to the end of the third.
    const length = 40 - 16 + 76;
    const data = new Uint8Array(60);
    data.set(new Uint8Array(Uint32Array.of(5, 5, length, length).buffer), 20);
    years[1] = { ...years[1], data };
    const { seconds, info } = await secondsOf(pcap({ packets: years }), 100);
    expect(seconds).toHaveLength(3);
    expect(info.warnings).toMatchObject([{ kind: 'stray-stamps' }]);
  });

  it('of one kind twenty are listed and the rest counted', async () => {
    const bad = enhancedPacket({ ...packet, interfaceId: 7 });
    const { warnings } = await read(
      join(sectionHeader(), interfaceDescription(), ...Array.from({ length: 1000 }, () => bad)),
    );
    expect(warnings).toHaveLength(21);
    expect(warnings[20]).toEqual({ kind: 'no-interface', offset: null, message: '980 more faults like the 20 before' });
  });
});

it.each([
  ['pcap', pcap({ packets: [packet, packet] })],
  ['pcapng', pcapng({ packets: [packet, packet] })],
  ['text', new TextEncoder().encode('no capture '.repeat(8))],
])('a fault behind bytes that are in memory is one that a stream ends with: %s', async (_, whole) => {
  for (let length = 0; length <= whole.length; length++) {
    const bytes = new Uint8Array(whole.subarray(0, length));
    const fault = new CaptureError('cut-compression', 7, 'the gzip data ends too early');
    const outcome = async (source: ByteSource): Promise<unknown> => {
      const seen: number[] = [];
      try {
        return [await readPackets(source, (seenPacket) => seen.push(seenPacket.fileOffset)), seen];
      } catch (error) {
        return [error, seen];
      }
    };
    const stream: ByteSource = {
      name: 'a',
      size: null,
      open() {
        const reader = bufferSource(bytes).open();
        return {
          async read(space) {
            const piece = await reader.read(space);
            if (piece.length === 0) throw fault;
            return piece;
          },
          close: () => reader.close(),
        };
      },
    };
    const open = vi.fn<() => never>();
    expect(await outcome({ ...stream, beforeFault: { bytes, fault }, open })).toEqual(await outcome(stream));
    expect(open).not.toHaveBeenCalled();
  }
});
