import { Worker } from 'node:worker_threads';

/**
 * A thread that runs the program from the beginning, as a bundle or as it lies here.
 *
 * @param entry the program's first module, which does what `task` says where it is not the main thread
 */
export function programThread(entry: URL, task: string): Worker {
  const isBundle = !entry.pathname.endsWith('.ts');
  return isBundle
    ? new Worker(entry, { workerData: task })
    : new Worker(readingTypeScript(entry), { eval: true, workerData: task });
}

/** What a thread begins with where the program is not a bundle: it learns to read TypeScript first. */
function readingTypeScript(entry: URL): string {
  const tsx = import.meta.resolve('tsx/esm/api');
  const [reader, program] = [tsx, entry.href].map((url) => JSON.stringify(url));
  return `import(${reader}).then((tsx) => { tsx.register(); return import(${program}); })`;
}
