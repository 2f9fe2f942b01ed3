import { FIRST_POINTS, NEXT_POINTS } from '../../analysis/triage/badge.ts';
import { LISTED_POINTS } from '../../analysis/triage/worth.ts';
import type { ReactNode } from 'react';
import { DEFAULT_SETTINGS } from '../../analysis/settings.ts';
import { RANKING_DESCRIPTIONS } from '../../state/rankings.ts';
import type { Ranking } from '../../state/rankings.ts';
import { useLook, useReport } from '../context.ts';
import { Disclosure } from '../controls/disclosure.tsx';
import { formatCounted } from '../text/format.ts';
import {
  beaconsAtOneIn1000,
  beaconsReaching,
  BENCHMARK_NOTE,
  falsePositives,
  nameLookupsAt07,
} from '../text/measured.ts';
import { RANKING_WORDS } from '../text/ranking-words.ts';
import textStyles from '../text/text.module.css';
import styles from './score-notes.module.css';

/** What the order or score ranked by says, how often it is wrong, how many have none, and what it is made of. */
export function ScoreNotes() {
  const { report } = useReport();
  const { ranking } = useLook().view;
  const { meaning, errors } = RANKING_WORDS[ranking];
  const without = RANKING_DESCRIPTIONS[ranking]
    .unscored(report.connections)
    .reduce((count, code) => (code === 0 ? count : count + 1), 0);
  const isForeign =
    report.settings.grouping !== DEFAULT_SETTINGS.grouping && (ranking === 'notebook' || ranking === 'corrected');
  return (
    <Disclosure label={ranking === 'triage' ? 'About triage' : 'About this score'} side="right" warn={isForeign}>
      <div className={styles.prose}>
        <p data-testid="ranking">
          {meaning} <span className={textStyles.quiet}>{errors}</span>
        </p>
        {isForeign && (
          <p className={textStyles.warn}>
            The notebook's scores belong to connections by source, destination and port: in another grouping they have
            no value.
          </p>
        )}
        {!isForeign && without > 0 && (
          <p className={textStyles.quiet}>
            {formatCounted(without, 'connection has', 'connections have')} no score; why is told on hover and in the
            detail.
          </p>
        )}
        {NOTES[ranking]}
        <p>
          And no timing tells malware from an honest clock: time servers, monitoring and mail polling are regular too.
          Look at the destination, its name, and who else goes there.
        </p>
        {ranking !== 'triage' && <p className={textStyles.quiet}>{BENCHMARK_NOTE}</p>}
      </div>
    </Disclosure>
  );
}

const NOTEBOOK_FAULTS = (
  <ul>
    <li>
      <strong>Erratic sizes raise it.</strong> dsMadmScore grows with the spread of the sizes and has no bound, so a
      score can pass 1.
    </li>
    <li>
      <strong>Bursts look perfect.</strong> Deltas are cut to whole seconds, so many flows within a second count as
      even.
    </li>
    <li>
      <strong>Days are dropped.</strong> A gap of 2 days and 10 minutes counts as 10 minutes, and a span of exactly 24 h
      as none.
    </li>
    <li>
      <strong>Slow sleepers lose.</strong> A spread of 30 s or more brings tsMadmScore to 0, whatever the interval.
    </li>
  </ul>
);

const NOTES: Readonly<Record<Ranking, ReactNode>> = {
  triage: (
    <>
      <p>
        <strong>Triage</strong> adds up a few lines, each a reason in words: a rhythm (3 points, a weak one 1), an odd
        port, a missing, random or disposable name, requests that only claim to be a browser's, a program in the clear,
        a certificate that vouches for itself, what the host did just before, what your watch list holds; and takes
        points for what explains a rhythm, such as clocks, name service, mail, a vendor's own name, or staying inside
        the network. A line is only said where the capture could show it. Connections of few flows are listed from{' '}
        {LISTED_POINTS} points on. Equal totals are in the order of rhythm's strength.
      </p>
      <ul>
        <li>
          <strong>◆ read first</strong>: {FIRST_POINTS} points or more. <strong>◇ read next</strong>: {NEXT_POINTS} or
          more.
        </li>
        <li>
          <strong>○ explained</strong>: a rhythm with fewer points. <strong>· rest</strong>: fewer points, and no
          rhythm.
        </li>
      </ul>
      <p>
        What it cannot do: a rhythm to a named host behind a content network gets 3 points, like any program that polls
        its vendor; how many others go there, or your lists, have to decide. Command and control over NTP, MQTT or mail,
        inside the network, or under a forged vendor name ranks low by construction. The evidence is mostly Windows
        malware of 2016 to 2024.
      </p>
    </>
  ),
  rhythm: (
    <>
      <p>
        <strong>Rhythm</strong> looks for one band of intervals, and twice and three times it after missed check-ins,
        that explains the times between flows better than the best of four kinds of chance. Bursts are taken together
        first, whatever their length, and a flow that only went on after a timeout is not a check-in.
      </p>
      <p>Ranked is the strength S, the evidence times how much of the time it explains; the score is S / (S + 3).</p>
      <ul>
        <li>
          <strong>0.5 and more</strong> is called steady here: {falsePositives('rhythm', '0.5')} of 1,000 connections
          without a rhythm reach it, and {beaconsReaching('rhythm', '0.5')} of beacons.
        </li>
        <li>
          <strong>0.7</strong>: {falsePositives('rhythm', '0.7')} of 1,000, and {beaconsReaching('rhythm', '0.7')}.{' '}
          <strong>0.8</strong>: {falsePositives('rhythm', '0.8')} and {beaconsReaching('rhythm', '0.8')}.{' '}
          <strong>0.9</strong>: {falsePositives('rhythm', '0.9')} and {beaconsReaching('rhythm', '0.9')}.
        </li>
        <li>
          <strong>Below 0.3</strong> there is no rhythm worth describing.
        </li>
      </ul>
    </>
  ),
  rita: (
    <>
      <p>
        <strong>RITA</strong> is the beacon score of RITA 5.1.1: a quarter each for even times between flows, alike
        sizes, an even histogram over 24 slices of the capture, and how long it lasts. It takes whole seconds and the
        last 24 hours.
      </p>
      <p>
        Its histogram and duration reward any flat, long-lived traffic: {nameLookupsAt07('rita')} of the DNS connections
        of the benchmark reach 0.7. It finds {beaconsAtOneIn1000('rita')} of beacons where 1 in 1,000 connections
        without a rhythm passes; rhythm finds {beaconsAtOneIn1000('rhythm')}.
      </p>
    </>
  ),
  notebook: (
    <>
      <p>
        <strong>The notebook's score</strong> is the mean of two parts. <em>tsScore</em> asks whether flows come at even
        distances; <em>dsScore</em> asks whether they send alike, small amounts. Each part is a mean of three simpler
        scores, and the detail of a connection shows all of them with their numbers. It is kept to the letter because
        everyone can reproduce it.
      </p>
      <p>What is known to be wrong with it:</p>
      {NOTEBOOK_FAULTS}
    </>
  ),
  corrected: (
    <>
      <p>
        <strong>The notebook's score, corrected</strong>, is the same formula with four faults put right:
      </p>
      {NOTEBOOK_FAULTS}
      <p>
        Of these the first three are gone: times are real, with fractions and days, zeros are left out, and alike sizes
        raise the score. The last one is the formula's own and stays, as does the wish for a flow every 90 s.
      </p>
    </>
  ),
};
