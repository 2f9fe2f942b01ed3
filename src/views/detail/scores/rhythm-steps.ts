import { NULLS } from '../../../analysis/scores/rhythm-null.ts';
import type { Rhythm } from '../../../analysis/scores/rhythm.ts';
import { formatValue } from '../../text/format.ts';
import type { StepGroup } from './calculation-table.tsx';

/** How a rhythm's score came about: the visits, the band that explains their gaps, and what it is worth. */
export function rhythmSteps(rhythm: Rhythm): StepGroup[] {
  const [once, twice, thrice] = rhythm.counts;
  const outside = rhythm.gaps - once - twice - thrice;
  const [[low, high]] = rhythm.bandsS;
  const v = formatValue;
  return [
    {
      title: 'Visits',
      steps: [
        {
          name: 'events',
          formula: null,
          value: rhythm.events,
          meaning: 'Starts of flows that were looked at. A flow that only went on after a timeout is not one.',
        },
        {
          name: 'τ',
          formula: null,
          value: rhythm.scaleS,
          meaning:
            'Events up to this many seconds apart count as one visit: the burst scale at which the rhythm shows best.',
        },
        { name: 'm', formula: null, value: rhythm.gaps, meaning: 'Gaps between visits at that scale.' },
      ],
    },
    {
      title: 'The band',
      steps: [
        {
          name: 'c',
          formula: null,
          value: rhythm.centreS,
          meaning: 'Middle of the band of gaps that explains most, in seconds.',
        },
        {
          name: 'w',
          formula: null,
          value: rhythm.width,
          meaning:
            'Half its width as a share of c. With 25 ms for the clock on each side the band reaches from ' +
            `${v(low)} s to ${v(high)} s.`,
        },
        { name: 'n₁', formula: null, value: once, meaning: 'Gaps inside the band: one period long.' },
        { name: 'n₂', formula: null, value: twice, meaning: 'Gaps two periods long: one check-in was missed.' },
        { name: 'n₃', formula: null, value: thrice, meaning: 'Gaps three periods long: two check-ins were missed.' },
        {
          name: 'n₀',
          formula: `${v(rhythm.gaps)} − ${v(once)} − ${v(twice)} − ${v(thrice)}`,
          value: outside,
          meaning: 'Gaps that the rhythm does not explain.',
        },
      ],
    },
    {
      title: 'What it is worth',
      steps: [
        {
          name: 'E',
          formula: null,
          value: rhythm.evidence,
          part: true,
          meaning:
            'Evidence in nats: by how much the band beats the best of four explanations without a rhythm (here: ' +
            `${NULLS[rhythm.nullModel]}), less ln ${v(rhythm.scales)} + 2 + ½ ln m for having searched.`,
        },
        {
          name: 'tc',
          formula: null,
          value: rhythm.explainedShare,
          part: true,
          meaning: 'Share of the time between first and last event that explained gaps cover.',
        },
        {
          name: 'h₁',
          formula: `${v(once)} / ${v(rhythm.gaps)}`,
          value: rhythm.singleShare,
          part: true,
          meaning: 'Share of the gaps that are one period long.',
        },
        {
          name: 'S',
          value: rhythm.strength,
          part: true,
          meaning: 'Strength: what connections are ranked by. Without evidence it is the evidence.',
          formula:
            rhythm.evidence > 0
              ? `${v(rhythm.evidence)} × ${v(rhythm.explainedShare)} × ${v(rhythm.singleShare)}`
              : `E, because E is not above 0`,
        },
        {
          name: 'score',
          value: rhythm.score,
          part: true,
          meaning: 'Strength brought between 0 and 1.',
          formula:
            rhythm.strength > 0 ? `${v(rhythm.strength)} / (${v(rhythm.strength)} + 3)` : '0, because S is not above 0',
        },
      ],
    },
  ];
}
