import type { Headline } from '../../analysis/hosts/headline.ts';
import { sentenceParts } from '../../analysis/hosts/sentences.ts';
import { reportHeadline } from '../../analysis/report/row-facts.ts';
import type { Report } from '../../analysis/report/report.ts';
import type { RowTexts } from '../../state/row-texts.ts';
import { useLook, useReport } from '../context.ts';
import { InlineButton } from '../controls/inline-button.tsx';
import { useKeys } from '../controls/use-keys.ts';
import { connectionName } from './headline.ts';
import styles from './headline.module.css';

interface Props {
  headline: Headline;
  /** Opens a row of the connections. */
  onOpen: (row: number) => void;
}

/** The answer: the first host to look at, and why, each a link; else the first connection, or that there is none to read. */
export function HostHeadline({ headline, onOpen }: Props) {
  const { report, texts } = useReport();
  const { dispatch } = useLook();
  const openHost = (): void => {
    if (headline.kind === 'host') {
      dispatch({ type: 'hosted', address: texts.hosts.text('address', headline.host) });
    } else dispatch({ type: 'tabbed', tab: 'hosts' });
  };
  useKeys({ h: openHost });
  if (headline.kind === 'none') return <span>{headline.text}</span>;
  if (headline.kind === 'connection') {
    return (
      <span>
        Read first:{' '}
        <InlineButton onClick={() => onOpen(headline.row)}>{connectionName(report, texts, headline.row)}</InlineButton>
        {more(headline.more)}
      </span>
    );
  }
  const [deed, reasons] = sentenceParts(headline.why);
  return (
    <span>
      Look first at{' '}
      <InlineButton title="h" onClick={openHost}>
        {headline.title}
      </InlineButton>
      : <InlineButton onClick={() => onOpen(report.connections.group.indexOf(headline.group))}>{deed}</InlineButton>
      <span className={styles.reasons}>
        {reasons === '' ? '' : `: ${reasons}`}
        {more(headline.more)}
      </span>
    </span>
  );
}

/** The headline as a text, for who does not see the page. */
export function headlineText(report: Report, texts: RowTexts): string {
  const headline = reportHeadline(report, texts.hosts, texts);
  if (headline.kind === 'none') return headline.text;
  if (headline.kind === 'connection')
    return `Read first: ${connectionName(report, texts, headline.row)}${more(headline.more)}`;
  return `Look first at ${headline.title}: ${headline.why}${more(headline.more)}`;
}

function more(text: string): string {
  return text === '' ? '.' : `; ${text}.`;
}
