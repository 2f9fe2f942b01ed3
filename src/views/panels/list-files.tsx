import { useRef } from 'react';
import { save } from './export/save.ts';
import styles from './lists.module.css';

interface Props {
  title: string;
  text: string;
  fileName: string;
  /** What emptying the list makes of it; null where it is that already. */
  reset: string | null;
  onFiles: (files: readonly File[]) => void;
  onReset: (text: string) => void;
}

/** Adds files to a list, saves it as one, and empties it. */
export function ListFiles({ title, text, fileName, reset, onFiles, onReset }: Props) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.listButtons}>
      <button type="button" onClick={() => picker.current?.click()}>
        Add a file
      </button>
      <button
        type="button"
        disabled={text === ''}
        onClick={() => save({ name: fileName, blob: new Blob([text], { type: 'text/plain' }) })}
      >
        Save to a file
      </button>
      {reset !== null && (
        <button type="button" onClick={() => onReset(reset)}>
          {reset === '' ? 'Empty' : 'Back to the default'}
        </button>
      )}
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label={`File for ${title}`}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </div>
  );
}
