import { Fragment } from 'react';

/** A name that a line ends behind one of its dots, where it is too long for one. */
export function Labels({ name }: { name: string }) {
  const starts = [0];
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) starts.push(dot + 1);
  return starts.map((start, label) => (
    <Fragment key={start}>
      {start > 0 && <wbr />}
      {name.slice(start, starts[label + 1])}
    </Fragment>
  ));
}
