import { useMemo, useState } from 'react';
import { unreadWords } from '../../analysis/capture.ts';
import { reportHeadline } from '../../analysis/report/row-facts.ts';
import { useLook, useReport } from '../context.ts';
import { InlineButton } from '../controls/inline-button.tsx';
import { HostHeadline } from './host-headline.tsx';
import { moreNewsOf } from './headline-more.ts';
import { headlineOf, longestSteadyMs } from './headline.ts';
import { shortCapture } from './short-capture.ts';
import { TimeBrush } from './time-brush.tsx';
import buttonStyles from '../controls/button.module.css';
import textStyles from '../text/text.module.css';
import styles from './headline.module.css';

/** The answer in one sentence, how many rhythms there are, what so short a capture cannot say, and the capture's packets over time beside it. */
export function HeadlineRow({ onOpen }: { onOpen: (row: number) => void }) {
  const { report, texts } = useReport();
  const { dispatch } = useLook();
  const { before, connection, after, row } = headlineOf(report, texts);
  const headline = useMemo(() => reportHeadline(report, texts.hosts, texts), [report, texts]);
  const spanMs = (report.lastMs ?? 0) - (report.firstMs ?? 0);
  // One long interval among many is for its own detail to warn of.
  const isShort = report.firstMs !== null && shortCapture(spanMs, null).warn;
  const short = isShort ? shortCapture(spanMs, longestSteadyMs(report.connections), report.range !== null) : null;
  // Where there is little room, the reasons and the rest are shown when they are asked for.
  const [brief, setBrief] = useState(true);
  const unread = unreadWords(report.captures);
  return (
    <div className={styles.headline}>
      <h2 className={brief ? styles.brief : undefined}>
        <HostHeadline headline={headline} onOpen={onOpen} />{' '}
        <span className={styles.rest}>
          {before}
          {row !== null && <InlineButton onClick={() => onOpen(row)}>{connection}</InlineButton>}
          {after}
          {moreNewsOf(report).map(({ text, tab }, at) => (
            <span key={tab}>
              {at === 0 && (before + connection + after).endsWith('.') ? ' ' : '. '}
              <InlineButton onClick={() => dispatch({ type: 'tabbed', tab })}>{text}</InlineButton>
            </span>
          ))}
        </span>
      </h2>
      <div className={styles.time}>
        <TimeBrush />
        {short !== null && (
          <p className={`${textStyles.warn} ${styles.caption}`} title={short.sentence}>
            ⚠ {short.brief}
          </p>
        )}
      </div>
      <button
        type="button"
        className={`${buttonStyles.quietButton} ${styles.more}`}
        aria-expanded={!brief}
        onClick={() => setBrief(!brief)}
      >
        {brief ? 'More' : 'Less'}
      </button>
      {unread !== '' && <p className={`${textStyles.warn} ${styles.headlineWarning}`}>⚠ {unread}</p>}
    </div>
  );
}
