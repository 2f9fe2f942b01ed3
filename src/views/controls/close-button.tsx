import type { Ref } from 'react';
import styles from './button.module.css';

interface Props {
  /** What it closes, for those who hear it: "Close the detail". */
  label: string;
  onClose: () => void;
  ref?: Ref<HTMLButtonElement>;
}

/** Closes what it stands in the head of, as Escape does. */
export function CloseButton({ label, onClose, ref }: Props) {
  return (
    <button
      ref={ref}
      type="button"
      className={styles.quietButton}
      aria-label={label}
      title="Close (Esc)"
      onClick={onClose}
    >
      ✕
    </button>
  );
}
