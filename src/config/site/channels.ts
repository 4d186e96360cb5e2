/** Reads a channel in `postrider.yaml`: the settings of every channel, and those of its adapter. */

import { type Problem, validate } from "#config/values/issues.ts";
import { sendingSchema, splitSending } from "#config/values/sending.ts";
import { splitTiming, timingSchema } from "#config/values/timing.ts";
import type { Adapter, Schema } from "#core/adapter.ts";
import type { Channel } from "#core/publishing/publication.ts";
import type { Timing } from "#core/publishing/timing.ts";
import type { NoteStyle } from "#core/renditions/rendition.ts";
import type { SendingRules } from "#core/sending/sending.ts";
import { suggestion } from "#core/spelling.ts";
import { type Approval, approvalKey } from "./approval.ts";
import { noteStyle, splitStyle } from "./note-style.ts";

type Path = readonly (string | number)[];

/** What a channel may refer to. Paths start at the root of the file. */
export interface ChannelSurroundings {
  adapters: ReadonlyMap<string, Adapter>;
  timezone: string;
  segments: Readonly<Record<string, string>>;
  /** The environment variable that the value at a path comes from. */
  variableOf(path: Path): string | undefined;
  /** Whether a value comes from a missing variable. An error in it is then not a mistake in the file. */
  isGap(path: Path): boolean;
}

export function parseChannel(
  name: string,
  { adapter: adapterName, ...settings }: { adapter: string; [key: string]: unknown },
  { adapters, timezone, segments, variableOf, isGap }: ChannelSurroundings,
): { channel: Channel } | { problems: Problem[] } {
  const adapter = adapters.get(adapterName);
  if (!adapter) {
    const names = [...adapters.keys()];
    const message = `unknown adapter "${adapterName}"; ${suggestion(adapterName, names) || `known: ${names.join(", ")}`}`;
    return { problems: [{ path: ["channels", name, "adapter"], message }] };
  }
  const problems: Problem[] = [];
  /** A value that is invalid only because of a missing variable is not changed. */
  const parse = <T>(schema: Schema<T>, value: unknown): T => {
    const pathOf = (path: Path) => ["channels", name, ...path];
    const result = validate(schema, value, (path) => variableOf(pathOf(path)));
    if ("value" in result) return result.value;
    const placed = result.problems.map(({ path, message }) => ({ path: pathOf(path), message }));
    problems.push(...placed.filter(({ path }) => !isGap(path)));
    return value as T;
  };
  const { approval: wanted, ...others } = settings;
  const approval =
    wanted === undefined ? undefined : parse(approvalKey as Schema<Approval>, { approval: wanted }).approval;
  const { timing, own: untimed } = splitTiming(others, adapter.medium);
  const { sending, own } = adapter.medium === "email" ? splitSending(untimed) : { sending: {}, own: untimed };
  const parted = adapter.medium === "note" ? splitStyle(own) : { style: {}, own };
  const config = parse(adapter.config, parted.own);
  const rules = parse(sendingSchema(timezone, segments) as Schema<SendingRules>, sending);
  const style = parse(noteStyle as Schema<NoteStyle>, parted.style);
  const when = parse(timingSchema(adapter.medium === "note" ? "note" : "email", timezone) as Schema<Timing>, timing);
  if (problems.length > 0) return { problems };
  const list = (config as { list?: unknown }).list;
  return {
    channel: {
      name,
      adapter: adapter.name,
      medium: adapter.medium,
      ...(typeof list === "string" && { list }),
      ...(Object.keys(sending).length > 0 && { sending: rules }),
      ...(Object.keys(parted.style).length > 0 && { style }),
      ...(Object.keys(timing).length > 0 && { timing: when }),
      ...(approval && { approval }),
      config,
    },
  };
}
