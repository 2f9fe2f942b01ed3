import { useId } from 'react';
import textStyles from '../text/text.module.css';
import styles from './choice.module.css';

interface Props<T extends string> {
  /** What is chosen, for those who do not see it. */
  legend: string;
  options: readonly T[];
  labels?: Readonly<Partial<Record<T, string>>>;
  /** Null where several have different ones. */
  value: T | null;
  onChange: (value: T) => void;
}

/** The same as a list that opens, where there is no room for all side by side. */
export function NarrowChoice<T extends string>({ legend, options, labels, value, onChange }: Props<T>) {
  const choose = (chosen: string) => {
    const option = options.find((known) => known === chosen);
    if (option !== undefined) onChange(option);
  };
  return (
    <select
      className={styles.list}
      aria-label={legend}
      value={value ?? undefined}
      onChange={(event) => choose(event.target.value)}
    >
      {options.map((option) => (
        <option key={option} value={option}>
          {labels?.[option] ?? option}
        </option>
      ))}
    </select>
  );
}

/** A few alternatives side by side, as radio buttons. */
export function Choice<T extends string>({ legend, options, labels, value, onChange }: Props<T>) {
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend className={textStyles.unseen}>{legend}</legend>
      {options.map((option) => (
        <label key={option}>
          <input type="radio" name={name} checked={option === value} onChange={() => onChange(option)} />
          <span>{labels?.[option] ?? option}</span>
        </label>
      ))}
    </fieldset>
  );
}
