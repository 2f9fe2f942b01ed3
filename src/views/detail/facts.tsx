import styles from './facts.module.css';

/** One thing known about a connection. */
export interface Fact {
  term: string;
  value: string;
  /** The exact value, where the one shown is rounded. */
  exact?: string;
  /** What it is and how it came about. */
  meaning: string;
}

/** Facts, one a line, each with what it means beside it. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <table className={styles.factsList}>
      <tbody>
        {facts.map(({ term, value, exact, meaning }) => (
          <tr key={term}>
            <th scope="row">{term}</th>
            <td className={styles.factValue} title={exact}>
              {value}
            </td>
            <td className={styles.factMeaning}>{meaning}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
