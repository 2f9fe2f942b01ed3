import { useEffect, useState } from 'react';
import { gathered } from './dropped-files.ts';
import type { Gathered } from './dropped-files.ts';

/**
 * Makes the whole window take dropped files and folders. Returns whether files are being dragged over it.
 */
export function useDrop(onFiles: (gathered: Gathered) => void): boolean {
  const [over, setOver] = useState(false);

  useEffect(() => {
    // Enter and leave fire for every element on the way; only their balance says whether the window was left.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth++;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hover = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      void gathered(dropped(event.dataTransfer)).then(onFiles);
    };
    addEventListener('dragenter', enter);
    addEventListener('dragleave', leave);
    addEventListener('dragover', hover);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragenter', enter);
      removeEventListener('dragleave', leave);
      removeEventListener('dragover', hover);
      removeEventListener('drop', drop);
    };
  }, [onFiles]);

  return over;
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/**
 * What was dropped, taken while the event lasts: afterwards its items are gone. Files are taken as such, because
 * Chromium reads no entry of a file for a page from disk.
 */
function dropped(transfer: DataTransfer | null): (File | FileSystemEntry)[] {
  return [...(transfer?.items ?? [])].flatMap((item): (File | FileSystemEntry)[] => {
    const entry = item.webkitGetAsEntry();
    if (entry?.isDirectory === true) return [entry];
    const file = item.getAsFile();
    return file === null ? [] : [file];
  });
}
