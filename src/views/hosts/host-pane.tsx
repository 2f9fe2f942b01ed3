import { useRef } from 'react';
import { HOST_FIELDS, HOST_SCHEMA, NO_GROUP } from '../../analysis/hosts/schema.ts';
import { sentenceParts } from '../../analysis/hosts/sentences.ts';
import { SOURCE_WORDS } from '../../analysis/hosts/story.ts';
import type { StoryLine } from '../../analysis/hosts/story-columns.ts';
import { hostKey } from '../../analysis/report/case-keys.ts';
import type { TimeZone } from '../../state/view.ts';
import { useActions, useReport, useTimeZone } from '../context.ts';
import { CloseButton } from '../controls/close-button.tsx';
import { InlineButton } from '../controls/inline-button.tsx';
import { useOpenedPane } from '../controls/layout.ts';
import { RemarkBar } from '../detail/remark-bar.tsx';
import { Terms } from '../detail/terms.tsx';
import { formatBytes, formatCount } from '../text/format.ts';
import { type DateDetail, dateDetailOf, exactTime, formatTime, zoneName } from '../text/timestamps.ts';
import detailStyles from '../detail/detail.module.css';
import textStyles from '../text/text.module.css';
import styles from './hosts.module.css';

interface Props {
  row: number;
  /** Opens a connection by its group. */
  onOpen: (group: number) => void;
  onClose: () => void;
}

/** What the heading and the story say already. */
const SAID: ReadonlySet<string> = new Set(['address', 'why']);

/** The open host: who it is, and what it did in the order of time. */
export function HostPane({ row, onOpen, onClose }: Props) {
  const { texts } = useReport();
  const { hosts } = texts;
  const timeZone = useTimeZone();
  const close = useRef<HTMLButtonElement>(null);
  const pane = useOpenedPane(close);
  const title = hosts.title(row);
  const why = hosts.text('why', row);
  return (
    <aside className={detailStyles.detail} ref={pane} aria-label={`Host ${title}`}>
      <header>
        <h2>{title}</h2>
        <CloseButton ref={close} label="Close the host" onClose={onClose} />
      </header>
      <RemarkBar about={hostKey(hosts.text('address', row))} />
      {why !== '' && <p className={detailStyles.leadSentence}>{sentence(why)}</p>}
      <Story lines={hosts.story(row)} onOpen={onOpen} />
      <section>
        <h3>Who it is</h3>
        <Terms
          terms={HOST_FIELDS.filter((column) => !SAID.has(column)).map((column) => ({
            term: HOST_SCHEMA[column].title,
            meaning: HOST_SCHEMA[column].meaning,
            value: valueText(hosts.value(column, row), HOST_SCHEMA[column].unit, timeZone),
          }))}
        />
      </section>
      <Told row={row} />
    </aside>
  );
}

function Story({ lines, onOpen }: { lines: readonly StoryLine[]; onOpen: (group: number) => void }) {
  const { report } = useReport();
  const { relist } = useActions();
  const timeZone = useTimeZone();
  const listed = new Set(report.connections.group);
  const detail = dateDetailOf(report.firstMs ?? 0, report.lastMs ?? 0, timeZone);
  const open = ({ group, flows }: StoryLine) => {
    if (!listed.has(group)) relist({ minFlows: Math.max(0, flows - 1) });
    onOpen(group);
  };
  return (
    <section>
      <h3>What it did ({zoneName(timeZone)})</h3>
      {lines.length === 0 && <p className={textStyles.quiet}>Nothing that is to be read first or next.</p>}
      <ol className={styles.story} data-testid="story">
        {lines.map((line) => {
          const [deed, reasons] = sentenceParts(line.text);
          return (
            <li key={`${line.atMs} ${line.text}`}>
              <span className={styles.when} title={exactTime(line.atMs, timeZone)}>
                {whenText(line, timeZone, detail)}
              </span>
              {line.group === NO_GROUP ? (
                <span>{line.text}</span>
              ) : (
                <span>
                  <InlineButton onClick={() => open(line)}>{deed}</InlineButton>
                  {reasons === '' ? '' : `: ${reasons}`}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** What protocols told of who the host is, each with its source. */
function Told({ row }: { row: number }) {
  const { texts } = useReport();
  const identities = texts.hosts.identities(row);
  if (identities.length === 0) return null;
  return (
    <section>
      <h3>Told by</h3>
      <ul className={styles.told}>
        {identities.map(({ kind, source, text }) => (
          <li key={`${kind} ${source} ${text}`}>
            <span className={textStyles.quiet}>
              {SOURCE_WORDS[source]}, {kind}:
            </span>{' '}
            {text}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** "10:02:11", or "10:02:11 – 12:30:00" of what went on. */
function whenText({ atMs, untilMs }: StoryLine, timeZone: TimeZone, detail: DateDetail): string {
  const [start, end] = [atMs, untilMs].map((ms) => formatTime(ms, timeZone, detail));
  return start === end ? start : `${start} – ${end}`;
}

function valueText(value: string | number | null, unit: string, timeZone: TimeZone): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (unit === 'time') return exactTime(value, timeZone).slice(0, 19);
  return unit === 'bytes' ? formatBytes(value) : formatCount(value);
}

function sentence(phrase: string): string {
  return `${phrase.slice(0, 1).toUpperCase()}${phrase.slice(1)}.`;
}
