import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const VIEWS = path.resolve('src/views');
const FILES = readdirSync(VIEWS, { recursive: true, encoding: 'utf8' });
const contents = (file: string): string => readFileSync(file, 'utf8');

/** Classes that a module defines, without comments, numbers such as `.5`, and what stands in `:global()`. */
function classesOf(file: string): Set<string> {
  const text = contents(file)
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/:global\([^)]*\)/g, '');
  return new Set(Array.from(text.matchAll(/\.([A-Za-z]\w*)/g), ([, name]) => name));
}

/** Which classes of which modules the components use: `styles.name`, or any of them by `styles[...]`. */
const USED = new Map<string, Set<string>>();
const MISSING: string[] = [];
for (const name of FILES.filter((file) => file.endsWith('.tsx'))) {
  const file = path.join(VIEWS, name);
  const text = contents(file);
  for (const [, alias, from] of text.matchAll(/^import (\w+) from '([^']+\.module\.css)';$/gm)) {
    const module = path.join(path.dirname(file), from);
    const defined = classesOf(module);
    const used = USED.get(module) ?? new Set();
    USED.set(module, used);
    for (const [, one] of text.matchAll(new RegExp(`(?<![\\w.])${alias}\\.(\\w+)`, 'g'))) {
      used.add(one);
      if (!defined.has(one)) MISSING.push(`${name}: ${one}`);
    }
    if (new RegExp(`(?<![\\w.])${alias}\\[`).test(text)) for (const one of defined) used.add(one);
  }
}

describe('style modules', () => {
  it('define every class that a component uses', () => {
    expect(MISSING).toEqual([]);
  });

  it('define none that no component uses', () => {
    const unused = FILES.filter((file) => file.endsWith('.module.css')).flatMap((name) => {
      const module = path.join(VIEWS, name);
      const used = USED.get(module) ?? new Set();
      return [...classesOf(module)].filter((one) => !used.has(one)).map((one) => `${name}: ${one}`);
    });
    expect(unused).toEqual([]);
  });
});
