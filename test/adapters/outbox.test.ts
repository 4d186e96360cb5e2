/** What would be posted, as files. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import outbox from "#adapters/outbox.ts";
import { anEnvelope, never, openChannel } from "#contract/samples.ts";
import { tempDir } from "../support/temp.ts";

it("contains every part of a thread, and everything else that a network would get", async () => {
  const dir = tempDir();
  const envelope = anEnvelope("note");
  const transport = await openChannel(outbox, { dir });
  const rendition = { ...envelope.rendition, thread: ["Two"], contentWarning: "Salt" };
  const { url = "" } = await transport.send({ ...envelope, rendition }, never);
  expect(readFileSync(url, "utf8")).toBe(`${rendition.text}\n\nTwo\n`);
  const record = JSON.parse(readFileSync(url.replace(/txt$/, "json"), "utf8"));
  expect(record).toMatchObject({ thread: ["Two"], contentWarning: "Salt", card: { title: "Hello" } });
});

it("deletes only its own files", async () => {
  const dir = tempDir();
  const transport = await openChannel(outbox, { dir: join(dir, "box") });
  const receipt = await transport.send(anEnvelope("note"), never);
  writeFileSync(join(dir, "other.txt"), "not ours");
  await transport.retract?.({ url: join(dir, "other.txt") }, never);
  await transport.retract?.(receipt, never);
  expect(readdirSync(join(dir, "box"))).toEqual([]);
  expect(readdirSync(dir).sort()).toEqual(["box", "other.txt"]);
});
