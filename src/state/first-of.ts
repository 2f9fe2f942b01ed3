/**
 * The first bytes of some files together: whole files, and of the one in which they end its beginning, under the same name. A
 * capture that was cut is read up to there.
 */
export function firstOf(files: readonly File[], bytes: number): File[] {
  const first: File[] = [];
  let left = bytes;
  for (const file of files) {
    if (left <= 0) break;
    first.push(file.size <= left ? file : new File([file.slice(0, left)], file.name));
    left -= file.size;
  }
  return first;
}
