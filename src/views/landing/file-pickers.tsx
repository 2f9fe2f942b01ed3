import type { RefObject } from 'react';
import { pickedFolder, type Gathered } from './dropped-files.ts';

/** React's types do not know this attribute of a file input. */
const WHOLE_FOLDER = { webkitdirectory: '' };

interface Props {
  picker: RefObject<HTMLInputElement | null>;
  folderPicker: RefObject<HTMLInputElement | null>;
  onFiles: (files: readonly File[]) => void;
  onFolder: (folder: Gathered) => void;
}

/** The browser's own dialogs for files and for a folder; the page opens them, they are never seen themselves. */
export function FilePickers({ picker, folderPicker, onFiles, onFolder }: Props) {
  return (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label="Captures"
        data-testid="picker"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <input
        ref={folderPicker}
        type="file"
        {...WHOLE_FOLDER}
        hidden
        aria-label="Folder of captures"
        data-testid="folder-picker"
        onChange={(event) => {
          onFolder(pickedFolder([...(event.target.files ?? [])]));
          event.target.value = '';
        }}
      />
    </>
  );
}
