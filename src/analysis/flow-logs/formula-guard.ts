/**
 * What a spreadsheet takes for the beginning of a formula, also behind blanks and quotes, and of full width. An apostrophe
 * is one of them, or taking a guard away again would take one too many.
 */
const FORMULA = String.raw`(?=["\s]*['=+\-@＝＋－＠]|[\t\r])`;
const BEGINNING = new RegExp(`^${FORMULA}`);
/** Where a spreadsheet sees a cell begin that parts lines by something else than commas. */
const PARTS = new RegExp(String.raw`[;\t\r\n]${FORMULA}`, 'g');
const GUARDED_BEGINNING = new RegExp(`^'${FORMULA}`);
const GUARDED_PARTS = new RegExp(String.raw`([;\t\r\n])'${FORMULA}`, 'g');

/**
 * A text for a cell of a CSV: an apostrophe stands before whatever a spreadsheet would run as a formula, also where it
 * parts cells by semicolons or tabs. `unguarded` takes them away again.
 */
export function guarded(text: string): string {
  const inner = text.replaceAll(PARTS, "$&'");
  return BEGINNING.test(text) ? `'${inner}` : inner;
}

/** The text of a cell that `guarded` made. */
export function unguarded(cell: string): string {
  if (!cell.includes("'")) return cell;
  return (GUARDED_BEGINNING.test(cell) ? cell.slice(1) : cell).replaceAll(GUARDED_PARTS, '$1');
}
