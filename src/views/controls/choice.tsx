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
