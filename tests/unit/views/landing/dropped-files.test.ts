import { describe, expect, it } from 'vitest';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { folderRefusal, gathered, MOST_FILES, pickedFolder } from '../../../../src/views/landing/dropped-files.ts';
import { fileSources, isUnread } from '../../../../src/worker/file-sources.ts';
import { steadyCapture } from '../../cli/captures.ts';

/** A file as a folder's picker gives it. */
function picked(path: string): File {
  return Object.defineProperty(new File([], path.split('/').at(-1) ?? ''), 'webkitRelativePath', { value: path });
}

function fileEntry(name: string, readable = true): FileSystemEntry {
  const file = (taken: (file: File) => void, failed: () => void): void =>
    readable ? taken(new File([], name)) : failed();
  return { name, isFile: true, isDirectory: false, file } as unknown as FileSystemEntry;
}

/** A folder whose reader gives its entries two at a time, as Chromium's gives a hundred. */
function folderEntry(name: string, children: readonly FileSystemEntry[], readable = true): FileSystemEntry {
  const createReader = () => {
    let at = 0;
    return {
      readEntries(taken: (batch: FileSystemEntry[]) => void, failed: () => void): void {
        if (!readable) failed();
        else taken(children.slice(at, (at += 2)));
      },
    };
  };
  return { name, isFile: false, isDirectory: true, createReader } as unknown as FileSystemEntry;
}

const namesOf = ({ files }: { files: readonly File[] }): string[] => files.map(({ name }) => name);

describe('what is dropped', () => {
  it('is files in the order they were dropped in', async () => {
    const found = await gathered([new File([], 'b.pcap'), new File([], '.a.pcap')]);
    expect(namesOf(found)).toEqual(['b.pcap', '.a.pcap']);
    expect(found).toMatchObject({ more: false, folder: null });
  });

  it('is all files of a folder and below in order of name, hidden ones left out', async () => {
    const found = await gathered([
      folderEntry('captures', [
        fileEntry('c.pcap'),
        fileEntry('.hidden'),
        folderEntry('b', [fileEntry('2.pcap'), fileEntry('1.pcap'), fileEntry('3.pcap')]),
        folderEntry('.git', [fileEntry('config')]),
        fileEntry('a.pcap'),
      ]),
    ]);
    expect(namesOf(found)).toEqual(['a.pcap', '1.pcap', '2.pcap', '3.pcap', 'c.pcap']);
    expect(found).toMatchObject({ more: false, folder: 'captures' });
  });

  it('is what can be read, with a word for what cannot', async () => {
    const found = await gathered([
      folderEntry('captures', [
        fileEntry('gone', false),
        folderEntry('closed', [fileEntry('a')], false),
        fileEntry('b'),
      ]),
    ]);
    expect(found.files.map((file) => [file.name, isUnread(file)])).toEqual([
      ['b', false],
      ['closed', true],
      ['gone', true],
    ]);
    expect(folderRefusal(found)).toBeNull();
    const capture = new File([steadyCapture(12)], 'steady.pcap');
    const { captures } = await analyze(fileSources([...found.files.slice(1), capture]), DEFAULT_SETTINGS);
    const said = captures.flatMap(({ file, warnings }) => warnings.map(({ message }) => `${file}: ${message}`));
    expect(said.sort()).toEqual(
      ['closed', 'gone'].map((name) => expect.stringContaining(`${name}: the browser could`)),
    );
  });

  it('is refused where nothing of a folder can be read', async () => {
    const found = await gathered([folderEntry('captures', [fileEntry('gone', false)])]);
    expect(folderRefusal(found)?.message).toContain('No file in this folder could be read');
  });

  it('ends where folders in folders have no end', async () => {
    const endless = (name: string): FileSystemEntry => {
      const folder = folderEntry(name, []);
      return Object.assign(folder, {
        createReader: () => (folderEntry(name, [fileEntry('f'), folder]) as FileSystemDirectoryEntry).createReader(),
      });
    };
    expect(namesOf(await gathered([endless('loop')]))).toHaveLength(33);
  });

  it('is bounded, and says so', async () => {
    const files = Array.from({ length: MOST_FILES + 1 }, (_, index) => new File([], `${index}`));
    const found = await gathered(files);
    expect(found.files).toHaveLength(MOST_FILES);
    expect(found.more).toBe(true);
    expect((await gathered(files.slice(1))).more).toBe(false);
  });
});

describe('a picked folder', () => {
  it('is its files in order of path, hidden ones and those in hidden folders left out', () => {
    const found = pickedFolder([
      picked('.day/b.pcap'),
      picked('.day/a/z.pcap'),
      picked('.day/.git/config'),
      picked('.day/.hidden'),
      picked('.day/a.pcap'),
    ]);
    expect(namesOf(found)).toEqual(['a.pcap', 'z.pcap', 'b.pcap']);
    expect(found).toMatchObject({ more: false, folder: '.day' });
  });

  it('is bounded, says so, and may be empty', () => {
    const files = Array.from({ length: MOST_FILES + 1 }, (_, index) => picked(`day/${index}`));
    expect(pickedFolder(files)).toMatchObject({ files: { length: MOST_FILES }, more: true });
    expect(pickedFolder([])).toEqual({ files: [], more: false, folder: null });
  });
});
