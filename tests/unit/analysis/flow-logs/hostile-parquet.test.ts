import { bufferSource, type ByteSource } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { analyze, NothingRead } from '../../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import {
  BYTE_ARRAY,
  dataPage,
  DECIMAL,
  DELTA_TEXTS,
  dictionaryPage,
  emptyStructs,
  emptyTexts,
  FIXED_BYTES,
  type HostileColumn,
  neededColumns,
  parquet,
  plainText,
  repeated,
  textColumn,
  ZSTD,
  zeroDictionary,
} from '../../../builders/hostile/parquet.ts';

const ZEROS = zeroDictionary(1 << 24);

/** Flows of a file, and what is said of it. */
async function read(bytes: Uint8Array): Promise<{ flows: number; said: string }> {
  try {
    const { captures } = await analyze([bufferSource(bytes, 'flows.parquet')], DEFAULT_SETTINGS);
    return { flows: captures[0].flows ?? 0, said: captures[0].warnings.map(({ message }) => message).join('; ') };
  } catch (error) {
    if (!(error instanceof NothingRead)) throw error;
    return { flows: 0, said: error.message };
  }
}

/** A file of so many rows, or as many as it may claim, with one more column. */
function withColumn(column: (rows: number) => HostileColumn, rows = 200, groups = 1): Uint8Array {
  return parquet([...neededColumns(rows), column(rows)], rows, groups);
}

const packedColumn = (pages: Uint8Array): HostileColumn => ({
  name: 'requested_server_name',
  type: BYTE_ARRAY,
  codec: ZSTD,
  pages,
});

describe('Parquet that was made to be slow', () => {
  it('is read where it is honest', async () => {
    expect(await read(withColumn((rows) => textColumn('requested_server_name', 'a.example', rows)))).toMatchObject({
      flows: 200,
    });
    expect(await read(withColumn((rows) => packedColumn(emptyTexts(rows)), 100, 5))).toMatchObject({ flows: 500 });
  });

  it.each<[string, () => Uint8Array, RegExp]>([
    [
      'dictionaries that unpack to far more than they are, one after the other',
      () =>
        withColumn((rows) =>
          packedColumn(Buffer.concat([...Array.from({ length: 40 }, () => ZEROS), emptyTexts(rows)])),
        ),
      /more than \d+ bytes in unpacked pages/,
    ],
    [
      'the same in a file that explains it, all in one group',
      () => {
        const pages = Buffer.concat([...Array.from({ length: 20 }, () => ZEROS), emptyTexts(200)]);
        const unused = { name: 'unused', type: BYTE_ARRAY, pages: new Uint8Array(1 << 20) };
        return parquet([...neededColumns(200), packedColumn(pages), unused], 200);
      },
      /more than \d+ unpacked bytes in one row group/,
    ],
    [
      'more rows than bytes explain',
      () => parquet(neededColumns(1_000_000), 1_000_000),
      /claims 1000000 rows, which do not fit into its \d+ bytes/,
    ],
    [
      'a group of more rows than writers make',
      () => parquet(neededColumns((1 << 20) + 1), (1 << 20) + 1),
      /a row group of 1,048,577 rows is more than is read at once/,
    ],
    [
      'a long text in each row',
      () => withColumn((rows) => textColumn('requested_server_name', 'a'.repeat(1_000_000), rows)),
      /more than \d+ characters of text/,
    ],
    [
      'a long number in each row',
      () => withColumn((rows) => textColumn('src2dst_packets', '1'.repeat(1_000_000), rows)),
      /more than \d+ characters of text/,
    ],
    [
      'texts each made of the one before',
      () =>
        withColumn((rows) => {
          const lengths = (first: number, step: number): number[] => [
            128,
            1,
            1,
            rows >> 7,
            1,
            ...[first, step].map((value) => 2 * value),
          ];
          const content = Uint8Array.from([...lengths(0, 0), 0, ...lengths(0, 0), 0]);
          return { name: 'requested_server_name', type: BYTE_ARRAY, pages: dataPage(rows, DELTA_TEXTS, content) };
        }),
      /damaged/,
    ],
    [
      'a dictionary of more values than there are rows',
      () =>
        withColumn((rows) => {
          const pages = Buffer.concat([dictionaryPage(rows + 1, new Uint8Array(4 * (rows + 1))), repeated(rows)]);
          return { name: 'requested_server_name', type: BYTE_ARRAY, pages };
        }),
      /a dictionary claims \d+ values for \d+ rows/,
    ],
    ...['dictionaries', 'pages'].map((what): [string, () => Uint8Array, RegExp] => [
      `${what} without a value of a row, one after the other`,
      () =>
        withColumn((rows) => {
          const empty = what === 'pages' ? dataPage(0, 0, new Uint8Array(0)) : dictionaryPage(1, plainText('a'));
          const pages = Buffer.concat([...Array.from({ length: 1001 }, () => empty), repeated(rows)]);
          return { name: 'requested_server_name', type: BYTE_ARRAY, pages };
        }),
      /more than 1000 pages without values in one column/,
    ]),
    [
      'a column that lies there once, and belongs to a thousand groups',
      () => {
        // Behind the page are bytes that no page is in: each group would have them read again.
        const column = textColumn('requested_server_name', 'a.example', 1);
        const pages = Buffer.concat([column.pages, new Uint8Array(1 << 20)]);
        return withColumn(() => ({ ...column, pages }), 1, 1000);
      },
      /more than \d+ bytes in columns, as many as the file has/,
    ],
    ['a footer of a million structs of nothing', () => emptyStructs(1_100_000), /more than 1048576 structs/],
  ])('with %s ends with words', async (_, build, words) => {
    const { said } = await read(build());
    expect(said).toMatch(words);
  });

  it('that is large is read part by part', async () => {
    const unused = { name: 'unused', type: BYTE_ARRAY, pages: new Uint8Array(1 << 26) };
    const source = bufferSource(parquet([...neededColumns(10), unused], 10), 'flows.parquet');
    let longest = 0;
    const readAt: ByteSource['readAt'] = async (start, end) => {
      longest = Math.max(longest, end - start);
      return (await source.readAt?.(start, end)) ?? new ArrayBuffer(0);
    };
    const { flows } = await analyze([{ ...source, readAt }], DEFAULT_SETTINGS);
    expect(flows.length).toBeGreaterThan(0);
    expect(longest).toBeLessThan(1 << 22);
  });

  it('keeps what came before', async () => {
    const file = withColumn((rows) => packedColumn(Buffer.concat([ZEROS, emptyTexts(rows)])), 100, 60);
    const { flows, said } = await read(file);
    expect(said).toMatch(/more than \d+ bytes in unpacked pages|as many as the file has/);
    expect(flows).toBeGreaterThan(0);
    expect(flows % 100).toBe(0);
  });

  it('takes long decimals for texts', async () => {
    const decimal = (rows: number): HostileColumn => ({
      ...textColumn('src2dst_packets', '7', rows),
      convertedType: DECIMAL,
    });
    expect(await read(withColumn(decimal))).toMatchObject({ flows: 200 });
    const pages = Buffer.concat([dictionaryPage(1, plainText('\u00ff'.repeat(400_000))), repeated(30)]);
    const long: HostileColumn = { name: 'src2dst_packets', type: BYTE_ARRAY, convertedType: DECIMAL, pages };
    expect(await read(withColumn(() => long, 30))).toMatchObject({ flows: 0 });
  });

  it.each([
    [16, 7],
    [17, 0],
  ])('takes decimals of %i bytes for numbers up to 16: %i packets', async (typeLength, packets) => {
    const value = new Uint8Array(typeLength).fill(7, typeLength - 1);
    const pages = dataPage(200, 0, Buffer.concat(Array.from({ length: 200 }, () => value)));
    const decimal = { name: 'src2dst_packets', type: FIXED_BYTES, typeLength, convertedType: DECIMAL, pages };
    const { flows } = await analyze(
      [
        bufferSource(
          withColumn(() => decimal),
          'flows.parquet',
        ),
      ],
      DEFAULT_SETTINGS,
    );
    expect(flows.packetsSent[0]).toBe(packets);
  });

  it('whose footer claims more than any has is not read', async () => {
    const end = Buffer.concat([Buffer.from([1, 0, 0, 4]), Buffer.from('PAR1')]);
    let longest = 0;
    const readAt: ByteSource['readAt'] = async (start, before) => {
      longest = Math.max(longest, before - start);
      return Uint8Array.from(end).buffer;
    };
    const source = { ...bufferSource(Buffer.from('PAR1'), 'flows.parquet'), size: 1 << 28, readAt };
    await expect(analyze([source], DEFAULT_SETTINGS)).rejects.toThrow('the Parquet footer claims 67108865 bytes');
    expect(longest).toBe(end.length);
  });

  it('has groups of no rows, which nothing is read of', async () => {
    const { flows, said } = await read(parquet(neededColumns(0), 0, 2000));
    expect([flows, said]).toEqual([0, 'it has a header, but no rows']);
  });
});
