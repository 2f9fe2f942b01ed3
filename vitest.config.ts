import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { macVendors } from './src/vendors/packed.ts';

/** Browser tests build the page first and drive a real browser. */
const inBrowser = (
  name: string,
  engine: 'chromium' | 'firefox',
  include: string[],
): TestProjectInlineConfiguration => ({
  extends: true,
  test: {
    name,
    include,
    provide: { engine },
    globalSetup: ['tests/browser/build-pages.ts'],
    expect: { poll: { timeout: 60_000 } },
  },
});

/** Unit, property and conformance tests run in Node; those of the page in each engine. */
export default defineConfig({
  plugins: [macVendors()],
  resolve: { tsconfigPaths: true },
  test: {
    reporters: ['default', './tests/closing-line.ts'],
    // Loading the modules anew for each file would take as long as the tests; none keeps a state that another sees.
    isolate: false,
    maxWorkers: '100%',
    coverage: { provider: 'v8', include: ['src/**/*.{ts,tsx}'], reporter: ['text-summary', 'html'] },
    // A busy machine takes its time: what is waited for comes, or never does.
    testTimeout: 180_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.{ts,tsx}'] } },
      { extends: true, test: { name: 'property', include: ['tests/property/**/*.test.ts'] } },
      { extends: true, test: { name: 'conformance', include: ['tests/conformance/**/*.test.ts'] } },
      inBrowser('browser', 'chromium', ['tests/browser/**/*.test.ts']),
      inBrowser('firefox', 'firefox', ['tests/browser/*.test.ts']),
    ],
  },
});
