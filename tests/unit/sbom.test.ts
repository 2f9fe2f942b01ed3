import { execFileSync } from 'node:child_process';
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
