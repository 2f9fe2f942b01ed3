import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import textStyles from '../text/text.module.css';
import buttonStyles from './button.module.css';
import styles from './disclosure.module.css';

interface Props {
  label: ReactNode;
  /** Marks what the analyst should not overlook. */
  warn?: boolean;
  /** Which side of the button the panel keeps to. */
  side?: 'left' | 'right';
  /** Panels for tables are wider than what is read, and forms have one width. */
  size?: 'wide' | 'form' | null;
  /** A class of its own for the box around both. */
  place?: string;
  children: ReactNode;
}

/** Between a panel and the edge of the window. */
const MARGIN_PX = 8;

/** A button with a floating panel under it; Escape or a press outside closes it. */
export function Disclosure({ label, warn = false, side = 'left', size = null, place = '', children }: Props) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (open && panel.current !== null) keepInWindow(panel.current);
  }, [open]);

  useEffect(() => {
    if (!open) return;
    const outer = box.current;
    const pressOutside = (event: PointerEvent) => {
      if (event.target instanceof Node && outer?.contains(event.target) === false) setOpen(false);
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      setOpen(false);
      opener.current?.focus();
    };
    addEventListener('pointerdown', pressOutside);
    outer?.addEventListener('keydown', escape);
    return () => {
      removeEventListener('pointerdown', pressOutside);
      outer?.removeEventListener('keydown', escape);
    };
  }, [open]);

  return (
    <div className={`${styles.disclosure} ${place}`} ref={box}>
      <button
        ref={opener}
        type="button"
        className={warn ? `${buttonStyles.quietButton} ${textStyles.warn}` : buttonStyles.quietButton}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {label}
      </button>
      <div
        id={id}
        ref={panel}
        className={`${styles.panel} ${side === 'left' ? styles.panelLeft : styles.panelRight} ${size === null ? '' : styles[size]}`}
        data-panel
        hidden={!open}
      >
        {open && children}
      </div>
    </div>
  );
}

/**
 * Moves a panel back into the window where it sticks out of it: how far it reaches depends on what is left and right of
 * its button.
 */
function keepInWindow(panel: HTMLElement): void {
  panel.style.translate = '';
  const { left, right } = panel.getBoundingClientRect();
  const { clientWidth } = document.documentElement;
  const byX = left < MARGIN_PX ? MARGIN_PX - left : Math.min(0, clientWidth - MARGIN_PX - right);
  if (byX !== 0) panel.style.translate = `${byX}px`;
}
