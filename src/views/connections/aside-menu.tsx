import { useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { AsideChoice } from '../../state/set-aside.ts';
import { choiceWords } from '../text/triage-words.ts';
import type { SetAside } from './use-set-aside.ts';
import styles from './aside-menu.module.css';

interface Props {
  choices: readonly AsideChoice[];
  /** Where its row is in the window, CSS pixels. */
  at: { left: number; top: number; bottom: number };
  aside: SetAside;
  onClose: () => void;
}

/** Room that the menu takes at most, CSS pixels. */
const HEIGHT = 180;
const WIDTH = 380;

/** What of some rows to set aside. Arrows move, Enter chooses; Escape or a press outside closes it. */
export function AsideMenu({ choices, at, aside, onClose }: Props) {
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    menu.current?.querySelector('button')?.focus();
    const pressOutside = (event: PointerEvent) => {
      if (event.target instanceof Node && menu.current?.contains(event.target) === false) onClose();
    };
    addEventListener('pointerdown', pressOutside);
    return () => removeEventListener('pointerdown', pressOutside);
  }, [onClose]);

  const press = (event: KeyboardEvent) => {
    const buttons = [...(menu.current?.querySelectorAll('button') ?? [])];
    const place = buttons.findIndex((button) => button === document.activeElement);
    if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else if (event.key === 'ArrowDown') buttons[(place + 1) % buttons.length]?.focus();
    else if (event.key === 'ArrowUp') buttons.at(place - 1)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const up = at.bottom + HEIGHT > innerHeight;
  const style = {
    left: Math.max(8, Math.min(at.left, innerWidth - WIDTH - 8)),
    ...(up ? { bottom: innerHeight - at.top } : { top: at.bottom }),
  };
  return (
    <div
      ref={menu}
      className={styles.asideMenu}
      role="menu"
      tabIndex={-1}
      aria-label="Set aside"
      style={style}
      onKeyDown={press}
    >
      <p aria-hidden="true">Set aside</p>
      {choices.map((choice) => (
        <button
          key={choice.kind}
          type="button"
          role="menuitem"
          onClick={() => {
            aside.setAside(choice.indicators);
            onClose();
          }}
        >
          {choiceWords(choice)}
        </button>
      ))}
    </div>
  );
}
