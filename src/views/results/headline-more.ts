import { tunnelCount } from '../../analysis/dns/report.ts';
import type { Report } from '../../analysis/report/report.ts';
import { LONG_LEVELS_MS } from '../../analysis/sessions/long.ts';
import type { Tab } from '../../state/view.ts';
import { formatCounted } from '../text/format.ts';

/** What another list has to say, and the tab that shows it. */
export interface MoreNews {
  text: string;
  tab: Tab;
}

/** Where four hours are among `LONG_LEVELS_MS`, from which a session is worth a sentence. */
const WORTH_SAYING = 1;

/** The most important of the other lists: domains that look like tunnels, and sessions that were open for hours. */
export function moreNewsOf({ dns, long }: Report): MoreNews[] {
  const news: MoreNews[] = [];
  const tunnels = tunnelCount(dns);
  if (tunnels > 0) {
    news.push({
      text: formatCounted(tunnels, 'domain looks like a DNS tunnel', 'domains look like DNS tunnels'),
      tab: 'dns',
    });
  }
  const count = long.reached[WORTH_SAYING];
  if (count > 0) {
    const hours = LONG_LEVELS_MS[WORTH_SAYING] / 3_600_000;
    news.push({
      text: `${formatCounted(count, 'session was', 'sessions were')} open for more than ${hours} h`,
      tab: 'long',
    });
  }
  return news;
}
