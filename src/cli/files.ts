import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * The files that arguments stand for: a file for itself, a folder for all files in it and below but hidden ones, and a
 * pattern ("logs/**\/conn.*.log.gz") that no file has as its name for those that it meets; each in the order of their
 * names, and each file once. What stands for nothing stays as it is: it is a file that does not exist.
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
    const { glob, isDynamicPattern } = await import('tinyglobby');
    const met = isDynamicPattern(argument) ? await glob(argument, { expandDirectories: false }) : [];
    return met.length === 0 ? [argument] : met.sort();
  }
  if (!isFolder) return [argument];
  return (await filesBelow(argument)).sort();
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
