import { useRef, useState } from 'react';
import { type Remark, tagsOf } from '../../analysis/report/case.ts';
import { remarkKey } from '../../analysis/report/case-keys.ts';
import { MOST_CHOSEN } from '../../state/chosen.ts';
import { asideChoices } from '../../state/set-aside.ts';
import { useLook, useRemarks, useReport } from '../context.ts';
import { Choice } from '../controls/choice.tsx';
import { formatCounted } from '../text/format.ts';
import { VERDICT_CHOICES, VERDICT_LABELS, type VerdictChoice, verdictOf, verdictWords } from '../text/verdict-words.ts';
import { AsideMenu } from './aside-menu.tsx';
import type { SetAside } from './use-set-aside.ts';
import buttonStyles from '../controls/button.module.css';
import styles from './chosen-bar.module.css';

interface Props {
  /** The rows that are chosen, one or more. */
  rows: readonly number[];
  aside: SetAside;
}

/** What is said and done of all chosen connections at once; a note and tags are added to those that they have. */
export function ChosenBar({ rows, aside }: Props) {
  const { report, texts } = useReport();
  const { dispatch } = useLook();
  const { remarks, change } = useRemarks();
  const [menu, setMenu] = useState<DOMRect | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const keys = rows.map((row) => remarkKey(report, texts, row));
  const verdicts = new Set(keys.map((key): VerdictChoice => remarks.get(key)?.verdict ?? 'none'));
  const counted = formatCounted(rows.length, 'connection');
  const open = rows.filter((row) => report.connections.triage.setAside[row] === 0);
  const say = (what: (remark: Remark) => Partial<Remark>, words: string) => change(keys, what, `${words}, ${counted}`);
  return (
    <div className={styles.chosen} role="group" aria-label="Chosen connections" data-testid="chosen">
      <strong role="status">
        {counted} chosen{rows.length >= MOST_CHOSEN ? ', no more at once' : ''}
      </strong>
      <Choice
        legend="Verdict on all that are chosen"
        options={VERDICT_CHOICES}
        labels={VERDICT_LABELS}
        value={verdicts.size === 1 ? [...verdicts][0] : null}
        onChange={(choice) => say(() => ({ verdict: verdictOf(choice) }), verdictWords(choice))}
      />
      <AddText
        label="Tags for all"
        onText={(text) => say(({ tags }) => ({ tags: tagsOf([...tags, text].join(',')) }), 'tags added')}
      />
      <AddText
        label="Note on all"
        onText={(text) => say(({ note }) => ({ note: note === '' ? text : `${note}\n${text}` }), 'note added')}
      />
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
      <button
        type="button"
        className={buttonStyles.link}
        title="Esc"
        onClick={() => dispatch({ type: 'chose', groups: [] })}
      >
        Choose none
      </button>
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
    </div>
  );
}

/** A short text that is added when it is sent. */
function AddText({ label, onText }: { label: string; onText: (text: string) => void }) {
  const [text, setText] = useState('');
  return (
    <form
      className={styles.add}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === '') return;
        onText(text.trim());
        setText('');
      }}
    >
      <input
        type="text"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" aria-label={`Add: ${label}`}>
        Add
      </button>
    </form>
  );
}
