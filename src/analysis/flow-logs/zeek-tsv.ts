import type { Warning } from '../capture.ts';
import { isCutTo, plainCells } from './csv-line.ts';
import { contentOf, type ZeekContent, ZeekReader } from './zeek-log.ts';
import type { ZeekValues } from './zeek-siblings.ts';

/**
 * The separator's own line has a blank before it whatever it is, which some programs make a tab, and others put one more
 * behind each line.
 */
const SEPARATOR_LINE = /^#separator[ \t]((?:\\x[\da-f]{2})+|.*)/i;
/** Another separator than the one said: somebody has replaced tabs in the whole file. */
const REPLACED = /^#fields([\t,;|])/;

/**
 * Zeek's logs as its ASCII writer makes them: header lines say how the others are written. A header further on, as
 * joined files have it, counts from there.
 */
export class ZeekTsvReader extends ZeekReader {
  format = 'Zeek log';
  private separator: string | RegExp = '\t';
  /** Where the tabs between fields have become blanks, as in what is copied from a screen. */
  private inBlanks = false;
  private empty = '(empty)';
  private unset = '-';
  private path = '';
  private places = new Map<string, number>();
  private count = 0;
  private content: ZeekContent = null;
  private cells: string[] = [];
  private readonly value: ZeekValues = (field) => {
    const place = this.places.get(field);
    if (place === undefined) return undefined;
    const cell = this.cells[place];
    return cell === this.unset || cell === this.empty ? undefined : cell;
  };

  line(text: string, number: number, ended: boolean): void {
    if (text === '') return;
    if (text.startsWith('#')) {
      this.header(text);
      return;
    }
    if (this.count === 0) {
      this.faults.add(number, 'no #fields line says what its fields are');
      return;
    }
    this.cells = this.cellsOf(this.inBlanks ? text.trim() : text);
    if (isCutTo(this.cells, this.count)) this.take(this.content, this.value, number);
    else if (!ended) this.faults.add(number, 'the file ends inside it');
    else
      this.faults.add(
        number,
        `it has ${this.cells.length} ${this.cells.length === 1 ? 'field' : 'fields'} where the header names ${this.count}`,
      );
  }

  private cellsOf(text: string): string[] {
    const { separator } = this;
    return typeof separator === 'string' ? plainCells(text, separator) : text.split(separator);
  }

  private header(line: string): void {
    const separator = SEPARATOR_LINE.exec(line);
    if (separator !== null) {
      this.separator = unescaped(separator[1]) || '\t';
      return;
    }
    const [, replaced = this.separator] = REPLACED.exec(line) ?? [];
    if (!this.inBlanks) this.separator = replaced;
    const isSplit = typeof this.separator !== 'string' || line.includes(this.separator);
    if (line.startsWith('#fields ') && !isSplit) [this.separator, this.inBlanks] = [/[ \t]+/, true];
    const [name, ...values] = line.trimEnd().split(this.separator);
    if (name === '#empty_field') this.empty = values[0] ?? '';
    else if (name === '#unset_field') this.unset = values[0] ?? '';
    else if (name === '#path') this.path = values[0] ?? '';
    else if (name === '#fields') this.setFields(values);
  }

  protected override remarks(): Warning[] {
    if (!this.inBlanks) return super.remarks();
    const message =
      'its tabs have become blanks: fields were told apart by those, rows with a blank in a field are left out';
    return [...super.remarks(), { kind: 'blanks', offset: null, message }];
  }

  private setFields(fields: string[]): void {
    this.count = fields.length;
    this.places = new Map(fields.map((field, place) => [field, place]));
    this.content = contentOf(this.path, () => fields);
    const { content } = this;
    const path = this.path || (content === null ? '' : typeof content === 'string' ? content : content.paths[0]);
    this.format = path === '' ? 'Zeek log' : `Zeek ${path.replaceAll(/[^\w-]/g, '?').slice(0, 32)}.log`;
  }
}

/** Resolves `\x09`, as Zeek writes its separator. */
function unescaped(text: string): string {
  return text.replaceAll(/\\x([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
