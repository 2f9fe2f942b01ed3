import type { AsideChoice } from '../state/set-aside.ts';

/** What a choice of what to set aside says on its button. */
export function choiceWords({ kind, text }: AsideChoice): string {
  switch (kind) {
    case 'address':
      return `this destination, ${text}`;
    case 'network':
      return `its network, ${text}`;
    case 'name':
      return `the name ${text} alone`;
    case 'below':
      return `${text} and all names below it`;
  }
}
