import { bufferSource, readPackets } from 'pcap-ts-parser';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { isReadable } from '../../../src/analysis/reading/reading-order.ts';
import { openArchives } from '../../../src/decompress/archives/open-archives.ts';
import { openSaved } from '../../../src/saved/saved.ts';
import {
  ARCHIVES_OF_CUT,
  ENCRYPTED_ARCHIVES,
  HOSTILE_ARCHIVES,
  HOSTILE_SAVED,
} from '../../builders/hostile/archives.ts';
import { HOSTILE_HOSTS } from '../../builders/hostile/hosts.ts';
import { honestLog, HOSTILE_LOGS } from '../../builders/hostile/logs.ts';
import { HOSTILE_CAPTURES } from '../../builders/hostile/packets.ts';

const BYTES = 20_000;

describe('files that were made to be slow', () => {
  it.each(Object.entries({ ...HOSTILE_CAPTURES, ...HOSTILE_HOSTS }))(
    'are captures of the length that is asked for: %s',
    async (_, { build }) => {
      const bytes = build(BYTES);
      expect(bytes.length).toBeGreaterThan(BYTES);
      expect(bytes.length).toBeLessThan(3 * BYTES);
      const { packets, warnings } = await readPackets(bufferSource(bytes), () => undefined);
      expect(packets).toBeGreaterThan(0);
      expect(warnings.filter(({ kind }) => kind !== 'closed-tunnels')).toEqual([]);
    },
  );

  it.each(Object.entries({ 'an honest log': honestLog, ...HOSTILE_LOGS }))(
    'are logs that are read to the end: %s',
    async (_, build) => {
      const bytes = new TextEncoder().encode(build(BYTES));
      const { captures } = await analyze([bufferSource(bytes, 'log')], DEFAULT_SETTINGS);
      expect(captures.map((capture) => capture.bytes)).toEqual([bytes.length]);
    },
  );

  it.each(Object.entries({ ...HOSTILE_ARCHIVES, ...HOSTILE_SAVED, ...ARCHIVES_OF_CUT, ...ENCRYPTED_ARCHIVES }))(
    'are archives, or refused as saved analyses: %s',
    async (name, build) => {
      const source = bufferSource(await build(BYTES), name);
      if (name.startsWith('saved')) {
        await expect(openSaved(source)).rejects.toThrow(/it holds more|texts|values|not an object|version is not/);
        return;
      }
      const { sources } = await openArchives([source], { passwords: [], isWanted: isReadable });
      expect(sources.length).toBeGreaterThan(0);
      // What is packed alone keeps its name, as does what holds nothing to read.
      const within = /^(?:zstd|lz4|gzip)|no log$/.test(name) ? name : `${name}/`;
      for (const { name: inner } of sources) expect(inner).toContain(within);
    },
  );
});
