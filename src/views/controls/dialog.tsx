import { type ReactNode, useEffect, useRef } from 'react';
import styles from './frames.module.css';

interface Props {
  /** A class of its own for the dialog, besides that of all dialogs. */
  className: string;
  shown: boolean;
  /** The id of the heading among `children`. */
  titleId: string;
  /** Also called when Escape closes the dialog. */
  onClose: () => void;
  children: ReactNode;
}

/** A dialog over the page, which takes no clicks and keys until it is closed. */
export function Dialog({ className, shown, titleId, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (shown) dialog.current?.showModal();
    else dialog.current?.close();
  }, [shown]);
  return (
    <dialog ref={dialog} className={`${styles.dialog} ${className}`} aria-labelledby={titleId} onClose={onClose}>
      {children}
    </dialog>
  );
}
