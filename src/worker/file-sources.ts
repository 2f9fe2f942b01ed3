import { blobSource, type ByteSource, CaptureError } from 'pcap-ts-parser';
import { unreadableSource } from '../decompress/archives/member.ts';

/** The type of a file that only stands for one: what else there is of a file crosses to the worker as it is. */
const UNREAD = 'application/x-unread';

/** What stands for a file or a folder that the browser does not give: it is said with the others, and nothing of it is read. */
export function unreadFile(name: string): File {
  return new File([], name, { type: UNREAD });
}

/** Whether a file only stands for one. */
export function isUnread({ type }: File): boolean {
  return type === UNREAD;
}

/** Files as what analysis reads. */
export function fileSources(files: readonly File[]): ByteSource[] {
  return files.map((file) => {
    if (!isUnread(file)) return blobSource(file, file.name);
    const message = 'the browser could not read it: open it by itself, or with “Open a folder”';
    return unreadableSource(file.name, new CaptureError('unreadable', 0, message));
  });
}
