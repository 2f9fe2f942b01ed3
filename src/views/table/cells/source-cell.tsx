import type { CellProps } from '../row-context.ts';

export function SourceCell({ context: { texts }, row }: CellProps) {
  const source = texts.source(row);
  return (
    <td className="text" title={source}>
      {source}
    </td>
  );
}
