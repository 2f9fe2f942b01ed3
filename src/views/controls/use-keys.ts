import { useEffect, useRef } from 'react';

/**
 * Keys of the whole page, by `KeyboardEvent.key`, with "Ctrl+" before it where that (or Command) is held. Keys typed into
 * a field, with another modifier, already answered further in, or while a dialog is open are left alone.
 */
export function useKeys(actions: Readonly<Record<string, () => void>>): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return;
      if (document.querySelector('dialog[open]') !== null || isField(event.target)) return;
      const action = latest.current[event.ctrlKey || event.metaKey ? `Ctrl+${event.key}` : event.key];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

function isField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'radio' && target.type !== 'checkbox';
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
