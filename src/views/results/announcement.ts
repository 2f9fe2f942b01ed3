import type { Report } from '../../analysis/report/report.ts';
import { RowTexts } from '../../state/row-texts.ts';
import type { Session } from '../../state/session.ts';
import { failureTitle } from '../reading/failure-text.ts';
import { moreNewsOf } from './headline-more.ts';
import { headlineOf } from './headline.ts';
import { headlineText } from './host-headline.tsx';

/** What a screen reader is told of a session; while reading it changes only every tenth of the way, and with the first rows. */
export function announcementOf(session: Session): string {
  switch (session.phase) {
    case 'idle':
      return '';
    case 'reading': {
      const { progress } = session;
      if (progress === null || progress.bytesTotal === 0) return 'Reading.';
      const tenths = Math.floor((progress.bytesRead / progress.bytesTotal) * 10);
      const shown = session.soFar === null ? '' : ' The first connections are shown.';
      return `Reading ${progress.file}: ${Math.min(tenths, 10) * 10} percent.${shown}`;
    }
    case 'failed':
      return `${failureTitle(session.failure)}. ${session.failure.message}`;
    case 'ready':
      return announcementOfReport(session.report);
  }
}

/** The same once there is a report: the headline and what else is new. */
export function announcementOfReport(report: Report): string {
  const texts = new RowTexts(report);
  const { before, connection, after } = headlineOf(report, texts);
  const said = (before + connection + after).replace(/\.$/, '');
  return [headlineText(report, texts).replace(/\.$/, ''), said, ...moreNewsOf(report).map(({ text }) => text)].join(
    '. ',
  );
}
