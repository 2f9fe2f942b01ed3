import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** What the builds are made of. */
const INPUTS = ['index.html', 'package.json', 'package-lock.json', 'src', 'public', 'results', 'tests/builders'];
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A copy of the tree under a path of its own, with the same packages. */
function copied(prefix: string): string {
  const tree = mkdtempSync(path.join(tmpdir(), prefix));
  folders.push(tree);
  const configs = readdirSync(ROOT).filter((name) => /^(vite|tsconfig).*\.(ts|json)$/.test(name));
  for (const input of [...INPUTS, ...configs])
    cpSync(path.join(ROOT, input), path.join(tree, input), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(tree, 'node_modules'));
  return tree;
}

/** Builds page and program; the digest of each file, and the text of all. */
function built(tree: string): { digests: Record<string, string>; text: string } {
  const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js');
  // Tests are told by their environment, in which React is built with the paths of its parts.
  const env = { ...process.env, NODE_ENV: 'production' };
  for (const options of [
    ['--mode', 'single'],
    ['--config', 'vite.cli.config.ts'],
  ])
    execFileSync(process.execPath, [vite, 'build', ...options, '--logLevel', 'warn'], {
      cwd: tree,
      stdio: 'pipe',
      env,
    });
  const digests: Record<string, string> = {};
  let text = '';
  for (const folder of ['dist-single', 'dist-cli']) {
    // What the bundle was made of is told by paths, and goes nowhere.
    const names = readdirSync(path.join(tree, folder)).filter((name) => name !== 'inputs.json');
    for (const name of names.toSorted()) {
      const bytes = readFileSync(path.join(tree, folder, name));
      digests[`${folder}/${name}`] = createHash('sha256').update(bytes).digest('hex');
      text += bytes.toString('latin1');
    }
  }
  return { digests, text };
}

/** Packages that the code in some folders imports, other than for types. */
function packagesOf(...parts: readonly string[]): string[] {
  const found = new Set<string>();
  for (const part of parts) {
    for (const name of readdirSync(path.join(ROOT, 'src', part), { recursive: true, encoding: 'utf8' })) {
      const code = /\.tsx?$/.test(name) ? readFileSync(path.join(ROOT, 'src', part, name), 'utf8') : '';
      const imports = code.matchAll(/^(?:import (?!type)|\} )[^;]*from '((?:@[\w-]+\/)?[a-z][\w.-]*)(?:\/[^']*)?';$/gm);
      for (const [, imported] of imports) found.add(imported);
    }
  }
  found.delete('pcap-ts-parser');
  expect(found.size).toBeGreaterThan(5);
  return [...found].filter((name) => !name.startsWith('node:'));
}

function lacksIn(licences: string): (name: string) => boolean {
  return (name) => !licences.includes(`${name}\n\n`);
}

it('two builds of one tree are equal to the byte, wherever it lies', { timeout: 600_000 }, () => {
  const trees = [copied('beaconscope-'), copied('another-place-')];
  const [one, other] = trees.map(built);
  expect(Object.keys(one.digests)).toEqual(
    expect.arrayContaining(['dist-single/beaconscope.html', 'dist-cli/beaconscope.js', 'dist-cli/LICENCES.txt']),
  );
  expect(other.digests).toEqual(one.digests);
  expect([ROOT, ...trees].filter((folder) => one.text.includes(folder))).toEqual([]);
  // The page is one file: the licences of what is in it are, too.
  const licences = /<template id="licences">([^<]*)/.exec(one.text)?.[1] ?? '';
  expect(packagesOf('views', 'state', 'worker', 'analysis', 'decompress', 'filter').filter(lacksIn(licences))).toEqual(
    [],
  );
  const ofProgram = readFileSync(path.join(trees[0], 'dist-cli/LICENCES.txt'), 'utf8');
  expect(packagesOf('cli', 'analysis', 'decompress', 'export', 'filter').filter(lacksIn(ofProgram))).toEqual([]);
  // What the page may do is written into it by the build, before anything else.
  const policy = /<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(one.text)?.[1] ?? '';
  const closed = ["default-src 'none'", "connect-src 'none'", "base-uri 'none'", "form-action 'none'"];
  expect(policy.split('; ')).toEqual(expect.arrayContaining([...closed, "require-trusted-types-for 'script'"]));
  // Of scripts the page's own run, each by its hash; and they compile nothing but WebAssembly.
  const scripts = policy.split('; ').find((part) => part.startsWith('script-src '));
  expect(scripts).toMatch(/^script-src(?: 'sha256-[\w+/]+=*')+ 'wasm-unsafe-eval'$/);
});
