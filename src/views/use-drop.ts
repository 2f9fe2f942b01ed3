import { useEffect, useState } from 'react';

/**
 * Makes the whole window take dropped files. Returns whether files are being dragged over it.
 * A drop of nothing but a folder goes to `onFolder` with the folder's name.
 */
export function useDrop(onFiles: (files: readonly File[]) => void, onFolder: (name: string) => void): boolean {
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
      const { files, folder } = dropped(event.dataTransfer);
      if (files.length > 0) onFiles(files);
      else if (folder !== null) onFolder(folder);
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
  }, [onFiles, onFolder]);

  return over;
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

function dropped(transfer: DataTransfer | null): { files: File[]; folder: string | null } {
  const files: File[] = [];
  let folder: string | null = null;
  for (const item of transfer?.items ?? []) {
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry?.isDirectory) folder = entry.name;
    else if (file !== null) files.push(file);
  }
  return { files, folder };
}
