import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * The files that sources stand for: a file for itself, a folder for all files in it and below, in the order of their
 * names.
 */
export async function filesIn(sources: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const source of sources) {
    const isFolder = await stat(source).then(
      (status) => status.isDirectory(),
      () => false,
    );
    if (!isFolder) {
      files.push(source);
      continue;
    }
    const entries = await readdir(source, { recursive: true, withFileTypes: true });
    const below = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    files.push(...below.sort());
  }
  return files;
}
