import { isUnread, unreadFile } from '../../worker/file-sources.ts';
import type { Failure } from '../../worker/protocol.ts';
import { formatCount } from '../text/format.ts';

/** More files than these are not read in one go. */
export const MOST_FILES = 10_000;
/** Folders in folders deeper than this are not looked into. */
const MOST_DEPTH = 32;

/**
 * What was dropped or picked: files in order of name, whether some were left out, and a folder's name where there was
 * one.
 */
export interface Gathered {
  files: File[];
  /** Whether there were more than `MOST_FILES`. */
  more: boolean;
  folder: string | null;
}

/**
 * The dropped files, and those in dropped folders, however deep (within bounds); files and folders in them
 * that are hidden by a leading dot are passed over. Something stands for what cannot be read, and says so when it is.
 */
export async function gathered(dropped: readonly (File | FileSystemEntry)[]): Promise<Gathered> {
  const found: File[] = [];
  const folder = dropped.find((item) => !(item instanceof File))?.name ?? null;
  // The last of these is looked at next.
  const waiting: { entry: File | FileSystemEntry; depth: number }[] = [];
  for (let at = dropped.length - 1; at >= 0; at--) waiting.push({ entry: dropped[at], depth: 0 });
  for (;;) {
    const next = waiting.pop();
    if (next === undefined) return { files: found, more: false, folder };
    const { entry, depth } = next;
    if (depth > 0 && entry.name.startsWith('.')) continue;
    if (entry instanceof File || isFile(entry)) {
      const file = entry instanceof File ? entry : await fileOf(entry);
      if (found.length === MOST_FILES) return { files: found, more: true, folder };
      found.push(file);
    } else if (isFolder(entry)) {
      const children = depth < MOST_DEPTH ? await childrenOf(entry) : [unreadFile(entry.name)];
      children.sort((a, b) => compare(b.name, a.name));
      for (const child of children) waiting.push({ entry: child, depth: depth + 1 });
    }
  }
}

/** The files of a picked folder (`webkitdirectory`) by the same rules. */
export function pickedFolder(files: readonly File[]): Gathered {
  const folder = files[0]?.webkitRelativePath.split('/')[0] ?? null;
  const shown = files.filter(
    (file) =>
      !file.webkitRelativePath
        .split('/')
        .slice(1)
        .some((part) => part.startsWith('.')),
  );
  const ordered = shown.sort((a, b) => compare(a.webkitRelativePath, b.webkitRelativePath));
  return { files: ordered.slice(0, MOST_FILES), more: ordered.length > MOST_FILES, folder };
}

/** Why what was dropped or picked cannot be opened at all; null where it can, and where there is nothing to say. */
export function folderRefusal({ files, more, folder }: Gathered): Failure | null {
  const because = (message: string): Failure => ({ kind: 'unreadable', file: folder, offset: null, message });
  if (more) return because(`It holds more than ${formatCount(MOST_FILES)} files. Open a part of them.`);
  if (folder === null || files.some((file) => !isUnread(file))) return null;
  return because('No file in this folder could be read. Try “Open a folder”.');
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve) => {
    entry.file(resolve, () => resolve(unreadFile(entry.name)));
  });
}

/**
 * All entries of a folder, and what stands for those that are not given; a reader gives them in batches, and none at the
 * end. At most one more than is read.
 */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<(File | FileSystemEntry)[]> {
  const reader = folder.createReader();
  const children: (File | FileSystemEntry)[] = [];
  while (children.length <= MOST_FILES) {
    const batch = await new Promise<FileSystemEntry[] | null>((resolve) => {
      reader.readEntries(resolve, () => resolve(null));
    });
    if (batch === null) children.push(unreadFile(folder.name));
    if (batch === null || batch.length === 0) break;
    for (const entry of batch) children.push(entry);
  }
  return children;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
