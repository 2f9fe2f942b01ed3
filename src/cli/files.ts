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
  const entries = await readdir(argument, { recursive: true, withFileTypes: true });
  const below = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return below.filter((file) => !isHidden(path.relative(argument, file))).sort();
}

function isHidden(file: string): boolean {
  return file.split(path.sep).some((part) => part.startsWith('.'));
}
