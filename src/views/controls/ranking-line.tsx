import { DEFAULT_SETTINGS } from '../../analysis/settings.ts';
import { RANKING_DESCRIPTIONS } from '../../state/rankings.ts';
import { useLook, useReport } from '../context.ts';
import { ScoreNotes } from '../panels/score-notes.tsx';
import { formatCounted } from '../text/format.ts';
import { RANKING_WORDS } from '../text/ranking-words.ts';
import textStyles from '../text/text.module.css';
import styles from './ranking-line.module.css';

/** What the score ranked by means, how often it is wrong, and how many connections have none. */
export function RankingLine() {
  const { report } = useReport();
  const { ranking } = useLook().view;
  const { meaning, errors } = RANKING_WORDS[ranking];
  const without = RANKING_DESCRIPTIONS[ranking]
    .unscored(report.connections)
    .reduce((count, code) => (code === 0 ? count : count + 1), 0);
  const foreign =
    report.settings.grouping !== DEFAULT_SETTINGS.grouping && (ranking === 'notebook' || ranking === 'corrected');
  return (
    <div className={styles.rankingLine} data-testid="ranking">
      <p>
        {meaning} <span className={textStyles.quiet}>{errors}</span>
        {foreign && (
          <span className={textStyles.warn}>
            {' '}
            The notebook's scores belong to connections by source, destination and port: in another grouping they have
            no value.
          </span>
        )}
        {!foreign && without > 0 && (
          <span className={textStyles.quiet}>
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
