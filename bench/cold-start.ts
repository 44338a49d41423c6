/**
 * What a cold start loads: the bytes of each function's bundle, and the time to load it beside the time to load the three
 * SDK clients alone, bundled the same way. Each load is a process of its own; the two take turns in one run, and what is
 * counted is processor time, so that the ratios of the shortest and of the median loads hold on a busy machine, too.
 *
 *   node bench/cold-start.ts [loads of each]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { functionNames, lambdas } from '../functions/lambdas.ts';
import { bundleFunctions, settings } from '../lib/bundle.ts';
import { DEMO_GROUP, readGroupFile } from '../lib/group-file.ts';
import { feedsOf } from '../lib/sources.ts';

const CLIENTS = 'three SDK clients';
const loads = Number(process.argv[2] ?? 21);
const scratch = mkdtempSync(join(tmpdir(), 'cold-start-'));
async function report(): Promise<void> {
  const entries = functionNames.map((name) => ({ name, file: lambdas[name].entry }));
  const group = readGroupFile(DEMO_GROUP);
  await bundleFunctions({ entries, group, feeds: feedsOf(group, DEMO_GROUP), into: scratch });
  // Bundled as the SDK comes, with its whole credential chain.
  const bare = bundleOf(CLIENTS);
  await build({
    ...settings,
    entryPoints: [{ in: join(import.meta.dirname, 'bare-clients.ts'), out: join(CLIENTS, 'index') }],
    outdir: scratch,
    write: true,
  });
  console.log(`Times the load of the clients, ${loads} loads each`);
  console.log(`${'bundle'.padEnd(28)}${'KB'.padStart(6)}${'shortest'.padStart(10)}${'median'.padStart(10)}`);
  console.log(`${CLIENTS.padEnd(28)}${kilobytes(bare)}`);
  for (const name of functionNames) {
    const ratios = compare(bundleOf(name), bare).map((ratio) => ratio.toFixed(2).padStart(10));
    console.log(`${name.padEnd(28)}${kilobytes(bundleOf(name))}${ratios.join('')}`);
  }
}

const bundleOf = (name: string) => join(scratch, name, 'index.mjs');
const kilobytes = (file: string) => String(Math.round(statSync(file).size / 1000)).padStart(6);

/** How many times longer the one loads than the other, by the shortest loads and by the medians. */
function compare(file: string, other: string): readonly [number, number] {
  const [times, others]: [number[], number[]] = [[], []];
  for (let at = 0; at < loads; at += 1) {
    times.push(load(file));
    others.push(load(other));
  }
  return [Math.min(...times) / Math.min(...others), median(times) / median(others)];
}

/** Microseconds of processor time from the start of the import to its end, in a process that has loaded nothing else. */
function load(file: string): number {
  const script = `
    const before = process.cpuUsage();
    await import(${JSON.stringify(file)});
    const { user, system } = process.cpuUsage(before);
    console.log(user + system);`;
  const given = ['--input-type=module', '--eval', script];
  return Number(execFileSync(process.execPath, given, { encoding: 'utf8', env: {} }));
}

const median = (times: readonly number[]): number =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN;

try {
  await report();
} finally {
  rmSync(scratch, { recursive: true });
}
