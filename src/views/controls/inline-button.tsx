import type { KeyboardEvent, ReactNode } from 'react';
import buttonStyles from './button.module.css';

interface Props {
  title?: string;
  onClick: () => void;
  children: ReactNode;
}

/** A button within a sentence, which breaks into lines as the words around it do: a `button` is a box that does not. */
export function InlineButton({ title, onClick, children }: Props) {
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onClick();
  };
  return (
    <span role="button" tabIndex={0} className={buttonStyles.link} title={title} onClick={onClick} onKeyDown={press}>
      {children}
    </span>
  );
}
