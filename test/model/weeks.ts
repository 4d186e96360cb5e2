/** Runs sequences of commands, shrinks one that breaks a promise, and tells it in words in which a person can do the same. */

import fc from "fast-check";
import { commands } from "./commands.ts";
import type { Model } from "./model.ts";
import { begin, type Real, settle } from "./real.ts";
import type { World } from "./world.ts";

export interface Wanted {
  runs: number;
  seed?: number | undefined;
  /** Of a failure: leads straight to its shrunk form. */
  path?: string | undefined;
  replay?: string | undefined;
  /** Called after each run. */
  onRun?(): void;
}

/** Commands in a row, at most. */
const longest = 20;

/** How a promise was broken; `null`: all were kept. */
export async function weeks(world: World, { runs, seed, path, replay, onRun }: Wanted): Promise<string | null> {
  const sequences = fc.commands<Model, Real, false>(commands, {
    ...{ maxCommands: longest, size: "max" as const },
    ...(replay !== undefined && { replayPath: replay }),
  });
  const property = fc.asyncProperty(sequences, async (sequence) => {
    await live(world, (begun) => fc.asyncModelRun(() => begun, sequence));
    onRun?.();
  });
  const result = await fc.check(property, {
    ...{ numRuns: runs, endOnFailure: path !== undefined },
    ...(seed !== undefined && { seed }),
    ...(path !== undefined && { path }),
  });
  const [sequence] = result.counterexample ?? [];
  if (!sequence) return null;
  const [, replayPath = ""] = /replayPath="([^"]*)"/.exec(String(sequence)) ?? [];
  return [
    `A promise was broken after ${result.numRuns} runs: ${messageOf(result.errorInstance)}`,
    ...(await diaryOf(world, sequence)),
    `The same again: npm run model -- --seed ${result.seed} --path ${result.counterexamplePath} --replay ${replayPath}`,
  ].join("\n");
}

type Begun = Awaited<ReturnType<typeof begin>>;

/** From nothing to where nothing more comes of it. */
async function live(world: World, act: (begun: Begun) => Promise<void>): Promise<void> {
  const begun = await begin(world);
  await act(begun);
  await settle(begun.model, begun.real);
}

/** Once more, since a command's words say what came of it the last time. */
async function diaryOf(world: World, sequence: Iterable<fc.AsyncCommand<Model, Real>>): Promise<string[]> {
  const diary: string[] = [];
  await live(world, async ({ model, real }) => {
    for (const command of sequence) {
      const number = diary.push(command.toString());
      await command.run(model, real).finally(() => {
        diary[number - 1] = `  ${number}. ${command}`;
      });
    }
  }).catch(() => undefined);
  return diary;
}

function messageOf(error: unknown): string {
  return error instanceof Error
    ? error.name === "Error"
      ? error.message
      : (error.stack ?? error.message)
    : String(error);
}
