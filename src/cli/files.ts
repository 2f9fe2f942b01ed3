import { readdir as readFolder } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * The files that arguments stand for: a file for itself, a folder for all files in it and below but hidden ones, and a
 * pattern ("logs/**\/conn.*.log.gz") that no file has as its name for those that it meets; each in the order of their
 * names, and each file once. What stands for nothing stays as it is: it is a file
 * that does not exist, or a folder without files.
 */
export async function filesIn(given: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const argument of given) for (const file of await filesOf(argument)) files.push(file);
  const places = new Set<string>();
  return files.filter((file) => {
    const place = path.resolve(file);
    const isNew = !places.has(place);
    places.add(place);
    return isNew;
  });
}

async function filesOf(argument: string): Promise<string[]> {
  const isFolder = await stat(argument).then(
    (status) => status.isDirectory(),
    () => null,
  );
  if (isFolder === null) {
    const met = await filesMeeting(argument);
    return met.length === 0 ? [argument] : met.sort();
  }
  if (!isFolder) return [argument];
  const found = await filesBelow(argument);
  return found.length === 0 ? [argument] : found.sort();
}

/** The files that a pattern meets; and each folder that cannot be read, where others might lie. None where it is no pattern. */
async function filesMeeting(pattern: string): Promise<string[]> {
  const { glob, isDynamicPattern } = await import('tinyglobby');
  if (!isDynamicPattern(pattern)) return [];
  const unread: string[] = [];
  const noting = ((folder: string, options: { withFileTypes: true }, done: (...found: unknown[]) => void) =>
    readFolder(folder, options, (error, entries) => {
      const isMissing = error === null || error.code === 'ENOENT' || error.code === 'ENOTDIR';
      if (!isMissing) unread.push(path.isAbsolute(pattern) ? path.resolve(folder) : path.relative('', folder));
      done(error, entries);
    })) as typeof readFolder;
  const met = await glob(pattern, { expandDirectories: false, fs: { readdir: noting } });
  return [...met, ...unread];
}

/**
 * All files below a folder but hidden ones, and links; and each folder that cannot be read, which says so as one that is no
 * file does.
 */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
  if (entries === null) return [folder];
  const found: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) for (const file of await filesBelow(place)) found.push(file);
    else if (entry.isFile() || entry.isSymbolicLink()) found.push(place);
  }
  return found;
}
