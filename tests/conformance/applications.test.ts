import { beforeAll, describe, expect, it } from 'vitest';
import { APPLICATIONS } from '../../src/analysis/protocols/application-ids.ts';
import { APPLICATION_DIFFERENCES } from './application-differences.ts';
import { type Compared, comparedFlows } from './compared.ts';
import { sharedFolder } from './shared.ts';

const captures = sharedFolder('captures');
const NAMES = new Set<string>(APPLICATIONS);
/** Named protocols that have to come out equal, and fewest flows that this is said of. */
const SHARE = 0.98;
const FEWEST_FLOWS = 1300;

interface Answer {
  label: string;
  /** What nDPI calls the protocol, the service behind it left out. */
  want: string;
  got: string;
  guessed: boolean;
}

function answer({ label, row, flows, id }: Compared): Answer {
  const [want] = row.application_name.split('.');
  return { label, want, got: APPLICATIONS[flows.application[id]], guessed: flows.applicationGuessed[id] === 1 };
}

describe.skipIf(captures === null)('what nDPI calls protocols (../shared/captures)', () => {
  let answers: Answer[] = [];

  beforeAll(async () => {
    answers = (await comparedFlows(captures ?? '')).map(answer);
  }, 60_000);

  it('is what they are called here, but for listed flows', () => {
    const named = answers.filter(({ want }) => NAMES.has(want) && want !== 'Unknown');
    const different = named.filter(({ want, got }) => want !== got);
    const listed = Object.fromEntries(different.map(({ label, want, got }) => [label, `${want}, here ${got}`]));
    const expected = Object.entries(APPLICATION_DIFFERENCES).map(([label, [names]]) => [label, names]);
    expect(listed).toEqual(Object.fromEntries(expected));
    expect(named.length).toBeGreaterThanOrEqual(FEWEST_FLOWS);
    expect(1 - different.length / named.length).toBeGreaterThanOrEqual(SHARE);
  });

  it('is nothing where nothing is said here, but for tunnels that it has no name for', () => {
    const more = answers.filter(({ want, got }) => want === 'Unknown' && got !== 'Unknown');
    expect(more.map(({ got }) => got).filter((got) => got !== 'Geneve')).toEqual([]);
  });

  it('is guessed for few flows, which have no payload or none that says anything', () => {
    const guessed = answers.filter(({ want, got, guessed: isGuess }) => isGuess && NAMES.has(want) && want === got);
    expect(guessed.length / answers.length).toBeLessThan(0.15);
  });
});
