import {
  chmodSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NotSaved } from '../../../src/saved/pack.ts';
import { Outputs, writeFileOf, writePieces } from '../../../src/cli/output.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let folder = '';
const at = (name: string): string => path.join(folder, name);

/** Two pieces, and then what the system says of a disk that is full. */
function* untilFull(): Generator<string> {
  yield* ['first,', 'second,'];
  throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'beaconscope-'));
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

describe('a file that is written', () => {
  it('has its name only when it is whole', async () => {
    const seen: string[] = [];
    await writePieces(at('out'), async (write) => {
      write(Buffer.from('all of it'));
      seen.push(...readdirSync(folder));
    });
    expect(seen).toEqual([expect.stringMatching(/^\.beaconscope-.*\.part$/)]);
    expect(readdirSync(folder)).toEqual(['out']);
    expect(readFileSync(at('out'), 'utf8')).toBe('all of it');
  });

  it('leaves what was there before where it fails, and nothing beside it', async () => {
    writeFileSync(at('before'), 'kept');
    for (const name of ['before', 'new']) {
      const message = `${at(name)}: cannot be written (ENOSPC)`;
      await expect(writeFileOf(untilFull(), at(name))).rejects.toMatchObject({ name: 'WriteError', message });
    }
    expect(readdirSync(folder)).toEqual(['before']);
    expect(readFileSync(at('before'), 'utf8')).toBe('kept');
  });

  it('is not there, with why, where it could not be opened again', async () => {
    const pieces = (function* () {
      yield 'a piece';
      throw new NotSaved('it is too large');
    })();
    const message = `${at('new')}: it is not saved, for it could not be opened again: it is too large`;
    await expect(writeFileOf(pieces, at('new'))).rejects.toMatchObject({ name: 'WriteError', message });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('may be read by those who could read it before', async () => {
    writeFileSync(at('own'), 'before');
    chmodSync(at('own'), 0o600);
    await writeFileOf(['after'], at('own'));
    expect([statSync(at('own')).mode & 0o777, readFileSync(at('own'), 'utf8')]).toEqual([0o600, 'after']);
  });

  it('stays what a link leads to, under all of its names, and says so where it is not whole', async () => {
    writeFileSync(at('one'), 'before');
    linkSync(at('one'), at('other'));
    symlinkSync('one', at('link'));
    for (const name of ['one', 'link']) {
      await writeFileOf([`by ${name}`], at(name));
      expect(readFileSync(at('other'), 'utf8')).toBe(`by ${name}`);
      await expect(writeFileOf(untilFull(), at(name))).rejects.toThrow('(ENOSPC): what is in it is not whole');
    }
    expect(readdirSync(folder).sort()).toEqual(['link', 'one', 'other']);
  });
});

it('that is another of the outputs by a name that nobody could know of is not written over', async () => {
  // As where names in capitals are the same: the second is the first only once that is there.
  const outputs = new Outputs(new PassThrough());
  const second = (function* () {
    yield 'second';
  })();
  const first = (function* () {
    symlinkSync('first', at('SECOND'));
    yield 'first';
  })();
  await outputs.write([
    { place: at('first'), pieces: first },
    { place: at('SECOND'), pieces: second },
    { place: at('third'), pieces: ['third'] },
  ]);
  const packets = vi.fn<() => Promise<void>>();
  await outputs.file(at('SECOND'), packets);
  expect(packets).not.toHaveBeenCalled();
  const words = `${at('SECOND')}: not written: it is the same file as ${at('first')}`;
  expect(() => outputs.end()).toThrow(`${words}; ${words}`);
  expect(['first', 'third'].map((name) => readFileSync(at(name), 'utf8'))).toEqual(['first', 'third']);
});

/** For a machine that does much else. */
const PATIENT = { timeout: 60_000 };

describe('a signal while a file is written', () => {
  const listeners = () => SIGNALS.map((signal) => process.listenerCount(signal));

  it.each(SIGNALS)('takes away what is not whole, says so and ends the program as ever (%s)', async (signal) => {
    const before = listeners();
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    writeFileSync(at('out'), 'kept');
    symlinkSync('elsewhere', at('link'));
    const writing = ['out', 'link'].map((name) =>
      writePieces(at(name), async (write) => {
        write(Buffer.from('half of it'));
        await vi.waitUntil(() => kill.mock.calls.length > 0, PATIENT);
      }).catch(() => undefined),
    );
    await vi.waitUntil(() => readdirSync(folder).some((name) => name.endsWith('.part')), PATIENT);
    await vi.waitUntil(() => readdirSync(folder).includes('elsewhere'), PATIENT);
    process.emit(signal, signal);
    expect(readdirSync(folder).sort()).toEqual(['elsewhere', 'link', 'out']);
    expect(readFileSync(at('out'), 'utf8')).toBe('kept');
    expect(said.mock.calls.map(([words]) => String(words)).sort()).toEqual([
      `error: ${at('link')}: ended by ${signal}: what is in it is not whole\n`,
      `error: ${at('out')}: ended by ${signal}: it is not written\n`,
    ]);
    expect(kill.mock.calls).toEqual([[process.pid, signal]]);
    expect(listeners()).toEqual(before);
    await Promise.all(writing);
  });

  it('is listened to only while there is something to take away', async () => {
    const before = listeners();
    await writePieces(at('out'), async () => expect(listeners()).toEqual(before.map((count) => count + 1)));
    expect(listeners()).toEqual(before);
  });
});
