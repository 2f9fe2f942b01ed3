import { Disclosure } from './disclosure.tsx';

/** What the score is made of, and what is known to be wrong with it. */
export function ScoreNotes() {
  return (
    <Disclosure label="What is this score?" side="right">
      <div className="prose">
        <p>
          <strong>The notebook's score</strong> is the mean of two parts. <em>tsScore</em> asks whether flows come at even
          distances; <em>dsScore</em> asks whether they send alike, small amounts. Each part is a mean of three simpler
          scores, and the detail of a connection shows all of them with their numbers. It is kept to the letter because
          everyone can reproduce it.
        </p>
        <p>What is known to be wrong with it:</p>
        <ul>
          <li><strong>Erratic sizes raise it.</strong> dsMadmScore grows with the spread of the sizes and has no bound, so a score can pass 1.</li>
          <li><strong>Bursts look perfect.</strong> Deltas are cut to whole seconds, so many flows within a second count as even.</li>
          <li><strong>Days are dropped.</strong> A gap of 2 days and 10 minutes counts as 10 minutes, and a span of exactly 24 h as none.</li>
          <li><strong>Slow sleepers lose.</strong> A spread of 30 s or more brings tsMadmScore to 0, whatever the interval.</li>
        </ul>
        <p>
          And no timing tells malware from an honest clock: time servers, monitoring and mail polling are regular too. Look at
          the destination, its name, and who else goes there.
        </p>
      </div>
    </Disclosure>
  );
}
