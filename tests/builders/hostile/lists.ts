/** A text of a piece over and over, of about so many bytes. */
function filled(bytes: number, piece: (index: number) => string, separator = ''): string {
  const pieces: string[] = [];
  for (let length = 0; length < bytes; length += pieces[pieces.length - 1].length + separator.length)
    pieces.push(piece(pieces.length));
  return pieces.join(separator);
}

function stix(objects: string): string {
  return `{"type":"bundle","objects":[${objects}]}`;
}

function misp(attributes: string): string {
  return `{"Event":{"info":"${'x'.repeat(1000)}","Attribute":[${attributes}]}}`;
}

/** A list as it should be. */
export function honestList(bytes: number): string {
  return filled(bytes, (index) => `host-${index}.evil.example # seen in ${index % 97}\n`);
}

/** Lists that were made to be slow to read, by what they are made of, of about so many bytes each. */
export const HOSTILE_LISTS: Readonly<Record<string, (bytes: number) => string>> = {
  'empty lines': (bytes) => '\n'.repeat(bytes),
  blanks: (bytes) => ' '.repeat(bytes),
  'blanks before JSON': (bytes) => `${' '.repeat(bytes)}{"type":"bundle","objects":[]}`,
  'lines of one letter': (bytes) => filled(bytes, () => '?\n'),
  'one line': (bytes) => 'a.'.repeat(bytes / 2),
  'one line of a thousand equal ones': (bytes) => filled(bytes, () => `${'a.'.repeat(500)}\n`),
  'the same line': (bytes) => filled(bytes, () => 'a.example\n'),
  'pairs within pairs': (bytes) => filled(bytes, () => `${'1.1.1.1>'.repeat(255)}a\n`),
  'dots to be put back': (bytes) => filled(bytes, () => `${'a[.]'.repeat(500)}b\n`),
  'cells without end': (bytes) => `ip,note\n${','.repeat(bytes)}\n`,
  'cells of quotes': (bytes) => `ip,note\n"${'""'.repeat(bytes / 2)}"\n`,
  'cells whose quotes do not end': (bytes) => `ip,note\n${filled(bytes, () => '"a\n')}`,
  'headings without end': (bytes) => `${'a,'.repeat(bytes / 2)}ip\n10.0.0.1\n`,
  'comments above the headings': (bytes) => `${'#,;\n'.repeat(bytes / 4)}ip,note\n10.0.0.1,x\n`,
  'JSON of empty objects': (bytes) => stix(filled(bytes, () => '{}', ',')),
  'JSON of lists in lists': (bytes) => `[{"a":${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}}]`,
  'JSON that does not end': (bytes) => `{"a":${'['.repeat(bytes)}`,
  'STIX patterns without end': (bytes) =>
    stix(`{"type":"indicator","pattern":"[url:value = '${'\\\\'.repeat(bytes / 2)}"}`),
  'STIX patterns of many values': (bytes) =>
    stix(`{"type":"indicator","pattern":"[${filled(bytes, () => "url:value='a'", ' OR ')}]"}`),
  'STIX of what was observed': (bytes) =>
    stix(`{"type":"indicator"},{"type":"observed-data","object_refs":[${filled(bytes, (at) => `"${at}"`, ',')}]}`),
  'MISP of one value': (bytes) => misp(`{"type":"domain|ip","value":"${'|'.repeat(bytes)}"}`),
  'MISP of empty attributes': (bytes) => misp(filled(bytes, () => '{}', ',')),
  'MISP of one note': (bytes) => misp(filled(bytes, (at) => `{"type":"domain","value":"a${at}.example"}`, ',')),
};
