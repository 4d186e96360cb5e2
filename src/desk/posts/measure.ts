/** Measures texts by a network's own rule. */

import { z } from "zod";
import type { Adapter } from "#core/adapter.ts";
import { PostriderError } from "#core/errors.ts";
import { measureOf } from "#pipeline/renditions/renditions.ts";
import { type Actor, act, anyLimits } from "../act.ts";
import { measureAnswer } from "../answers/site.ts";

export interface MeasurePorts {
  /** The adapters with these names; default: all. */
  loadAdapters(names?: readonly string[]): Promise<ReadonlyMap<string, Adapter>>;
}

export interface MeasureAnswer {
  /** The length of each text. */
  counts: number[];
  /** The network's limit; `null` if it has none. */
  limit: number | null;
}

export const measureTexts = act({
  name: "posts.measure",
  asks: z.strictObject({ adapter: z.string().min(1), texts: z.array(z.string()) }),
  needs: "check",
  within: anyLimits,
  answers: measureAnswer,
  async run({ adapter: name, texts }, _: Actor, ports: MeasurePorts): Promise<MeasureAnswer> {
    const adapter = (await ports.loadAdapters([name])).get(name);
    if (adapter?.medium !== "note") throw await unknownNetwork(name, ports);
    return { counts: texts.map(measureOf(adapter)), limit: adapter.traits.maxLength ?? null };
  },
  document: (answer) => answer,
});

async function unknownNetwork(name: string, { loadAdapters }: MeasurePorts): Promise<PostriderError> {
  const networks = [...(await loadAdapters()).values()].filter(({ medium }) => medium === "note");
  const hint = `Known: ${networks.map((each) => each.name).join(", ")}.`;
  return new PostriderError("invalid", `There is no network "${name}"`, { hint });
}
