import { useState } from 'react';
import { formatBytes } from '../../text/format.ts';
import { save, type SavedFile } from './save.ts';

/** Makes and saves one file at a time, and says how far it is, what became of it, or why there is none. */
export function useSaving() {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');

  const saving = async (make: (onRead: (bytes: number) => void) => Promise<SavedFile>) => {
    // A button that is disabled would lose the focus, and Escape with it: it stays, and does nothing meanwhile.
    if (busy) return;
    setBusy(true);
    setSaid('Making the file …');
    try {
      const file = await make((bytes) => setSaid(`Reading the captures once more: ${formatBytes(bytes)} …`));
      save(file);
      setSaid([file.name, formatBytes(file.blob.size), ...(file.note === undefined ? [] : [file.note])].join(', '));
    } catch (error) {
      setSaid(`Not saved: ${error instanceof Error ? error.message : String(error)}`);
    }
    setBusy(false);
  };
  return { busy, said, saving };
}
