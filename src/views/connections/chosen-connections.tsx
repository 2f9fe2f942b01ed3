import { useRef, useState } from 'react';
import { remarkKey } from '../../analysis/report/case-keys.ts';
import { asideChoices } from '../../state/set-aside.ts';
import { useLook, useReport } from '../context.ts';
import { ChosenBar } from '../detail/chosen-bar.tsx';
import { AsideMenu } from './aside-menu.tsx';
import type { SetAside } from './use-set-aside.ts';

interface Props {
  /** The rows that are chosen, one or more. */
  rows: readonly number[];
  aside: SetAside;
}

/** What is said and done of all chosen connections at once. */
export function ChosenConnections({ rows, aside }: Props) {
  const { report, texts } = useReport();
  const { dispatch } = useLook();
  const [menu, setMenu] = useState<DOMRect | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const open = rows.filter((row) => report.connections.triage.setAside[row] === 0);
  return (
    <ChosenBar
      keys={rows.map((row) => remarkKey(report, texts, row))}
      noun="connection"
      onNone={() => dispatch({ type: 'chose', groups: [] })}
    >
      {open.length > 0 && (
        <button
          ref={opener}
          type="button"
          aria-haspopup="menu"
          onClick={(event) => setMenu(event.currentTarget.getBoundingClientRect())}
        >
          Set aside …
        </button>
      )}
      {menu !== null && (
        <AsideMenu
          choices={asideChoices(open.map((row) => texts.ends(row)))}
          at={menu}
          aside={aside}
          onClose={() => {
            setMenu(null);
            opener.current?.focus();
          }}
        />
      )}
    </ChosenBar>
  );
}
