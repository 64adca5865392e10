// The bench of this project: what stands in its table is measured here, ours and a hand-written Go operator in turn,
// on one real API server after the other (docs/benchmarks.md).
import { writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, totalmem } from 'node:os';
import { ControlPlane } from '../kube/support/control-plane';
import { Websites } from '../kube/support/websites';
import { type BringUp, bringUp, NAMESPACE } from './bring-up';
import { measureNoopPasses, templatesOfSample } from './noop-passes';
import { type OperatorName, type Running, startBareLoop, startOrkestra, startPeer } from './operators';
import { type BenchOptions, readOptions, USAGE } from './options';
import { buildGoProgram } from './go-program';
import { type Rest, rest } from './rest';
import { measureIdleSandbox } from './idle-sandbox';
import { measureSandbox } from './sandbox';
import { measureStartToReady } from './start-to-ready';
import { measureTemplates } from './templates';
import { BRING_UP_ROWS, printTable, type RawRuns, rowsOf, short } from './rows';
import { measureLargeLoad, measureValidate } from './validate-wall';

/** Whether every bar is met. */
export async function main(args: readonly string[]): Promise<boolean> {
  const options = readOptions(args);
  if (options === undefined) {
    console.log(USAGE);
    return true;
  }
  const raw = await measure(options);
  const rows = rowsOf(raw, options.rows);
  console.log(`\n${printTable(rows)}`);
  if (options.json !== undefined) {
    const machine = {
      cores: availableParallelism(),
      memoryMiB: Math.round(totalmem() / 2 ** 20),
      node: process.version,
    };
    writeFileSync(
      options.json,
      `${JSON.stringify({ machine, isPeerCached: options.isPeerCached, rows, raw }, undefined, 2)}\n`,
    );
  }
  return rows.every(({ isMet }) => isMet);
}

async function measure(options: BenchOptions): Promise<RawRuns> {
  const { rows, sizes, rounds } = options;
  console.log(
    `load before: ${loadavg()
      .map((value) => value.toFixed(2))
      .join(' ')}`,
  );
  // First, while nothing else has shaped the compiled code.
  const templates = rows.has('templates') ? measureTemplates() : undefined;
  const validateMs = rows.has('validate') ? measureValidate() : [];
  const largeLoads = rows.has('large') ? [false, true].map(measureLargeLoad) : [];
  const passes = rows.has('passes') ? await measureNoopPasses() : undefined;
  const startToReadyMs = rows.has('start') ? await measureStartToReady() : [];
  const idleSandboxMiB = rows.has('sandbox') ? await measureIdleSandbox() : [];
  const sandbox = rows.has('sandbox') ? await measureSandbox() : undefined;
  const bringUps: BringUp[] = [];
  const rests: Rest[] = [];
  if (BRING_UP_ROWS.some((id) => rows.has(id))) {
    const binary = buildGoProgram('peer-go');
    for (const count of sizes) {
      for (let round = 1; round <= rounds; round++) {
        // Who begins changes with each round.
        const order: readonly OperatorName[] = round % 2 === 1 ? ['orkestra', 'go'] : ['go', 'orkestra'];
        const floor: readonly OperatorName[] = options.hasBareLoop ? ['bare'] : [];
        const sides = [...order, ...floor];
        for (const name of sides) bringUps.push(await oneBringUp(name, count, round, { binary, options }));
      }
    }
  }
  if (rows.has('rest')) rests.push(await oneRest());
  return { bringUps, rests, passes, validateMs, largeLoads, sandbox, idleSandboxMiB, startToReadyMs, templates };
}

interface PeerChoice {
  readonly binary: string;
  readonly options: BenchOptions;
}

async function oneBringUp(name: OperatorName, count: number, round: number, peer: PeerChoice): Promise<BringUp> {
  return onFreshPlane(async (plane) => {
    const running = await startSide(plane, name, peer);
    try {
      const run = await bringUp(plane, running, count, round);
      const { seconds, cpuSecondsPer1000, rssMiB, requests, load, serverCpuSeconds } = run;
      console.log(
        `${String(count).padStart(5)} ${name.padEnd(8)} round ${round}: children after ${short(seconds)} s, ` +
          `CPU ${short(cpuSecondsPer1000)} s per 1,000, RSS ${short(rssMiB)} MiB, ${short(requests.perCr)} requests per CR, servers ${short(serverCpuSeconds)} CPU s, load ${load.toFixed(1)}`,
      );
      return run;
    } finally {
      await running.process.stop();
    }
  });
}

const START_MS = 3_000;

/** Ours says when it is ready; the others get a while. */
async function startSide(plane: ControlPlane, name: OperatorName, { binary, options }: PeerChoice): Promise<Running> {
  if (name === 'orkestra') return startOrkestra(plane);
  const running = name === 'bare' ? startBareLoop(plane) : startPeer(plane, binary, options.isPeerCached);
  await new Promise((resolve) => setTimeout(resolve, START_MS));
  if (running.process.hasEnded) throw new Error(`${name} ended: ${running.process.output}`);
  return running;
}

const REST_CRS = 50;
const REST_RESYNC = '2s';

/** Ours is started again on what it brought up before: caches are filled, nothing is to be done. */
async function oneRest(): Promise<Rest> {
  return onFreshPlane(async (plane) => {
    const first = await startOrkestra(plane);
    await bringUp(plane, first, REST_CRS, 1).finally(() => first.process.stop());
    const second = await startOrkestra(plane, REST_RESYNC);
    try {
      return await rest(plane, second, templatesOfSample());
    } finally {
      await second.process.stop();
    }
  });
}

async function onFreshPlane<T>(work: (plane: ControlPlane) => Promise<T>): Promise<T> {
  const plane = await ControlPlane.start();
  try {
    await new Websites(plane).install();
    await plane.applyText(`{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"${NAMESPACE}"}}`);
    return await work(plane);
  } finally {
    await plane.stop();
  }
}
