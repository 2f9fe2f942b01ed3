import type { Report } from '../analysis/report.ts';
import { DEFAULT_SETTINGS } from '../analysis/settings.ts';
import { RANKING_DESCRIPTIONS } from '../state/rankings.ts';
import type { Ranking } from '../state/rankings.ts';
import { formatCounted } from './format.ts';
import { RANKING_WORDS } from './ranking-words.ts';
import { ScoreNotes } from './score-notes.tsx';

/** What the score ranked by means, how often it is wrong, and how many connections have none. */
export function RankingLine({ report, ranking }: { report: Report; ranking: Ranking }) {
  const { meaning, errors } = RANKING_WORDS[ranking];
  const without = RANKING_DESCRIPTIONS[ranking]
    .unscored(report.connections)
    .reduce((count, code) => (code === 0 ? count : count + 1), 0);
  const foreign =
    report.settings.grouping !== DEFAULT_SETTINGS.grouping && (ranking === 'notebook' || ranking === 'corrected');
  return (
    <div className="ranking-line">
      <p>
        {meaning} <span className="quiet">{errors}</span>
        {foreign && (
          <span className="warn">
            {' '}
            The notebook's scores belong to connections by source, destination and port: in another grouping they have
            no value.
          </span>
        )}
        {!foreign && without > 0 && (
          <span className="quiet">
            {' '}
            {formatCounted(without, 'connection has', 'connections have')} no score; why is told on hover and in the
            detail.
          </span>
        )}
      </p>
      <ScoreNotes ranking={ranking} />
    </div>
  );
}
