import { useMemo } from 'react';
import { unreadWords } from '../../analysis/capture.ts';
import { reportHeadline } from '../../analysis/report/row-facts.ts';
import { useLook, useReport } from '../context.ts';
import { HostHeadline } from './host-headline.tsx';
import { moreNewsOf } from './headline-more.ts';
import { headlineOf } from './headline.ts';
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
  const short = shortCapture((report.lastMs ?? 0) - (report.firstMs ?? 0), null, report.range !== null);
  const unread = unreadWords(report.captures);
  return (
    <div className={styles.headline}>
      <h2>
        <HostHeadline headline={headline} onOpen={onOpen} />{' '}
        <span className={styles.rest}>
          {before}
          {row !== null && (
            <button type="button" className={buttonStyles.link} onClick={() => onOpen(row)}>
              {connection}
            </button>
          )}
          {after}
          {moreNewsOf(report).map(({ text, tab }, at) => (
            <span key={tab}>
              {at === 0 && (before + connection + after).endsWith('.') ? ' ' : '. '}
              <button type="button" className={buttonStyles.link} onClick={() => dispatch({ type: 'tabbed', tab })}>
                {text}
              </button>
            </span>
          ))}
        </span>
      </h2>
      <TimeBrush />
      {unread !== '' && <p className={`${textStyles.warn} ${styles.headlineWarning}`}>⚠ {unread}</p>}
      {short.warn && report.firstMs !== null && (
        <p className={`${textStyles.warn} ${styles.headlineWarning}`}>⚠ {short.sentence}</p>
      )}
    </div>
  );
}
