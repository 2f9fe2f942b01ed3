import { Fragment } from 'react';
import { formatValue } from '../../text/format.ts';
import textStyles from '../../text/text.module.css';
import styles from './scores.module.css';

/** One step of a score: its name, how it came about with the numbers put in, its value, and what it means. */
export interface Step {
  name: string;
  /** Null for what is read off the flows. */
  formula: string | null;
  value: number;
  meaning: string;
  /** Later steps are a mean or product of these: they stand out. */
  part?: boolean;
}

/** Steps that are about one thing. */
export interface StepGroup {
  title: string;
  steps: Step[];
}

/** A score step by step: every value, how it came about, and what it means. */
export function CalculationTable({ label, groups }: { label: string; groups: readonly StepGroup[] }) {
  return (
    <table className={styles.arithmetic} aria-label={label}>
      <thead className={textStyles.unseen}>
        <tr>
          <th>Step</th>
          <th>How it came about</th>
          <th>Value</th>
        </tr>
      </thead>
      {groups.map(({ title, steps }) => (
        <tbody key={title}>
          <tr>
            <th colSpan={3} scope="rowgroup" className={styles.group}>
              {title}
            </th>
          </tr>
          {steps.map(({ name, formula, value, meaning, part }) => (
            <Fragment key={name}>
              <tr className={part === true ? styles.part : undefined}>
                <th scope="row">{name}</th>
                <td className={styles.formula}>{formula !== null && `= ${formula}`}</td>
                <td className={`${textStyles.number} ${styles.value}`} title={String(value)}>
                  {formatValue(value)}
                </td>
              </tr>
              <tr className={styles.meaning}>
                <td colSpan={3}>{meaning}</td>
              </tr>
            </Fragment>
          ))}
        </tbody>
      ))}
    </table>
  );
}
