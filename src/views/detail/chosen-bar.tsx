import { type ReactNode, useState } from 'react';
import { type Remark, tagsOf } from '../../analysis/report/case.ts';
import { MOST_CHOSEN } from '../../state/chosen.ts';
import { useRemarks } from '../context.ts';
import { Choice } from '../controls/choice.tsx';
import { formatCounted } from '../text/format.ts';
import { VERDICT_CHOICES, VERDICT_LABELS, type VerdictChoice, verdictOf, verdictWords } from '../text/verdict-words.ts';
import buttonStyles from '../controls/button.module.css';
import styles from './chosen-bar.module.css';

interface Props {
  /** What names all that are chosen in a case, one or more, and what one of them is: "host". */
  keys: readonly string[];
  noun: string;
  onNone: () => void;
  /** What else can be done with them. */
  children?: ReactNode;
}

/** What is said of all that are chosen at once; a note and tags are added to those that they have. */
export function ChosenBar({ keys, noun, onNone, children }: Props) {
  const { remarks, change } = useRemarks();
  const verdicts = new Set(keys.map((key): VerdictChoice => remarks.get(key)?.verdict ?? 'none'));
  const counted = formatCounted(keys.length, noun);
  const say = (what: (remark: Remark) => Partial<Remark>, words: string) => change(keys, what, `${words}, ${counted}`);
  return (
    <div className={styles.chosen} role="group" aria-label={`Chosen ${noun}s`} data-testid="chosen">
      <strong role="status">
        {counted} chosen{keys.length >= MOST_CHOSEN ? ', no more at once' : ''}
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
      {children}
      <button type="button" className={buttonStyles.link} title="Esc" onClick={onNone}>
        Choose none
      </button>
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
