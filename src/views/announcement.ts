import type { Session } from '../state/session.ts';
import { RowTexts } from '../state/row-texts.ts';
import { failureTitle } from './failure-text.ts';
import { headlineOf } from './headline.ts';
import { moreNewsOf } from './headline-more.ts';

/** What a screen reader is told of a session; while reading it changes only every tenth of the way. */
export function announcementOf(session: Session): string {
  switch (session.phase) {
    case 'idle':
      return '';
    case 'reading': {
      const { progress } = session;
      if (progress === null || progress.bytesTotal === 0) return 'Reading.';
      const tenths = Math.floor((progress.bytesRead / progress.bytesTotal) * 10);
      return `Reading ${progress.file}: ${Math.min(tenths, 10) * 10} percent.`;
    }
    case 'failed':
      return `${failureTitle(session.failure)}. ${session.failure.message}`;
    case 'ready': {
      const { before, connection, after } = headlineOf(session.report, new RowTexts(session.report));
      const said = (before + connection + after).replace(/\.$/, '');
      return [said, ...moreNewsOf(session.report).map(({ text }) => text)].join('. ');
    }
  }
}
