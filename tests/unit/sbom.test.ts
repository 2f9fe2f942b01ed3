import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

it('npm run sbom lists the pinned packages, as CycloneDX', () => {
  const printed = execFileSync('npm', ['run', '--silent', 'sbom'], { encoding: 'utf8', shell: true });
  const { bomFormat, components } = JSON.parse(printed) as {
    bomFormat: string;
    components: { name: string; version: string }[];
  };
  expect(bomFormat).toBe('CycloneDX');
  const listed = components.map(({ name, version }) => `${name} ${version}`);
  const pinned = Object.entries(packageJson.devDependencies).map(([name, version]) => `${name} ${version}`);
  expect(listed).toEqual(expect.arrayContaining(pinned));
});

it('no package but esbuild runs a script when it is installed, and each is held by its hash', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { hasInstallScript?: boolean; link?: boolean; integrity?: string }>;
  };
  const installed = Object.entries(packages).filter(
    ([place, { link }]) => /(?:^|\/)node_modules\//.test(place) && link !== true,
  );
  expect(installed.length).toBeGreaterThan(100);
  // esbuild checks that the program for this machine is there: nothing of it is in what is built.
  expect(installed.flatMap(([place, { hasInstallScript }]) => (hasInstallScript === true ? [place] : []))).toEqual([
    'node_modules/esbuild',
  ]);
  expect(
    installed.filter(([, { integrity }]) => integrity?.startsWith('sha512-') !== true).map(([place]) => place),
  ).toEqual([]);
});

it('the engine that is installed on first use runs no scripts, of which its packages have some', () => {
  expect(readFileSync('src/fleet/embedded/package-lock.json', 'utf8')).toContain('"hasInstallScript": true');
  const code = readFileSync('src/fleet/engine/chdb.ts', 'utf8');
  const calls = Array.from(code.matchAll(/spawn\('npm', \[([^\]]*)\]/g), ([, given]) => given);
  expect(calls).toHaveLength(1);
  for (const given of calls) expect(given).toContain("'--ignore-scripts'");
});
