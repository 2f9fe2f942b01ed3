import { useMemo } from 'react';
import { connectionFields, flatFields } from '../../../export/connection-fields.ts';
import { valueText } from '../../../export/value-text.ts';
import { useReport } from '../../context.ts';
import { type Fact, Facts } from '../facts.tsx';
import { Section, type SectionProps, ScoreBreakdown } from '../section.tsx';

/** Every value that exports write of the connection, under the name that they give it. */
export function ValuesSection({ row }: SectionProps) {
  const { report } = useReport();
  const fields = useMemo(() => flatFields(connectionFields(report)), [report]);
  const factsOf = (): Fact[] =>
    fields
      .map((field) => ({ field, value: field.of(row) }))
      .filter(({ value }) => value !== null)
      .map(({ field, value }) => ({
        term: field.name,
        value: valueText(field, value),
        exact: String(value),
        meaning: `${field.title}: ${field.meaning}`,
      }));
  return (
    <Section title="All values">
      <ScoreBreakdown summary="Every value of this connection, as exports write it">
        <Facts facts={factsOf()} />
      </ScoreBreakdown>
    </Section>
  );
}
