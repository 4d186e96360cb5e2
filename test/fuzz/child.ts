/** Examines posts in a process of its own, which may hang or die without taking the run with it. */

import { calibrate } from "./calibrate.ts";
import { type Examined, openExaminer } from "./examine.ts";
import { type Recipe, textOf } from "./hostile-posts.ts";

export interface Answer {
  /** Milliseconds that the calibration loop took just before. */
  calibration: number;
  /** Processor time of checking and of previewing, in milliseconds. */
  check: number;
  preview: number;
  rendered: boolean;
  codes: string[];
  error?: string;
}

const examiners = new Map<string, Awaited<ReturnType<typeof openExaminer>>>();

async function examinerOf(preset: string): Promise<Awaited<ReturnType<typeof openExaminer>>> {
  const known = examiners.get(preset);
  if (known) return known;
  const made = await openExaminer(preset);
  // Libraries are loaded when they are first needed: that is no part of what a post costs.
  await made("2026-05-04-warm.md", textOf({ between: "", parts: [{ unit: warm, count: 1 }] }));
  examiners.set(preset, made);
  return made;
}

const warm = "Hello **you**, $a^2$ and `code`.\n\n```js\nlet a;\n```\n\n| a |\n|---|\n| b |\n";

process.on("message", async (recipe: Recipe) => {
  const examine = await examinerOf(recipe.preset);
  const text = textOf(recipe);
  const calibration = calibrate();
  const answer: Answer = { calibration, check: 0, preview: 0, rendered: false, codes: [] };
  try {
    const { times, rendered, diagnostics }: Examined = await examine(recipe.name, text);
    Object.assign(answer, { check: times.check, preview: times.preview, rendered });
    answer.codes = [...new Set(diagnostics.map(({ code }) => code))];
  } catch (error) {
    answer.error = error instanceof Error ? `${error.message}\n${error.stack?.slice(0, 600)}` : String(error);
  }
  process.send?.(answer);
});
process.send?.("ready");
