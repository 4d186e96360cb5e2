/** A short run of the finder with fixed posts: those that it found once, and a few made from numbers. */

import { afterAll, describe, expect, it } from "vitest";
import { openExaminers, openReaderExaminers, problemOf } from "./examiners.ts";
import { found } from "./found.ts";
import { foundInputs } from "./found-inputs.ts";
import { named, type Recipe, recipeOf, textOf } from "./hostile-posts.ts";
import { readers } from "./readers.ts";

const examiners = openExaminers();
const readerExaminers = openReaderExaminers();
afterAll(async () => {
  await examiners[Symbol.asyncDispose]();
  await readerExaminers[Symbol.asyncDispose]();
});

function postOf(unit: string, bytes: number, preset = "plain"): Recipe {
  const count = Math.ceil(bytes / Buffer.byteLength(unit));
  return { preset, name: "2026-05-04-a.md", between: "", parts: [{ unit, count }] };
}

describe("A hostile post", () => {
  it.each(found)("of %j is checked and previewed in time, which once %s", async (unit, _, preset) => {
    expect(problemOf(await examiners.examine(postOf(unit, 100_000, preset)))).toBeNull();
  });

  it.each([3, 9, 14, 27, 31, 42])("made from the number %i is checked and previewed in time", async (seed) => {
    const recipe = recipeOf(seed, 100_000);
    expect(problemOf(await examiners.examine(recipe)), named(recipe)).toBeNull();
  });

  it("of 5 MB is refused, and the message names the limit", async () => {
    const answer = await examiners.examine(postOf("。**a", 5_000_000));
    expect(answer.codes).toEqual(["file-too-big"]);
    expect(problemOf(answer)).toBeNull();
  });
});

describe("A broken input", () => {
  it.each(foundInputs)("of %s, made from the number %i, is read in time, which once %s", async (reader, seed) => {
    expect(problemOf(await readerExaminers.examine({ reader, seed }))).toBeNull();
  });

  it.each(Object.entries(readers))("of %s is read in time, or refused in words", async (reader, { atOnce = 50 }) => {
    for (let seed = 0; seed < 2 * atOnce; seed++)
      expect(problemOf(await readerExaminers.examine({ reader, seed })), `${reader} ${seed}`).toBeNull();
  });
});

describe("The finder", () => {
  it("makes the same post from the same number, with the given size", () => {
    expect(textOf(recipeOf(7, 50_000))).toBe(textOf(recipeOf(7, 50_000)));
    for (let seed = 0; seed < 200; seed++) {
      const size = Buffer.byteLength(textOf(recipeOf(seed, 50_000)));
      expect(size, named(recipeOf(seed, 50_000))).toBeLessThan(120_000);
    }
  });

  it("treats an exception and a long time as problems, but not a busy machine", () => {
    const answer = { calibration: 10, check: 100, preview: 100, rendered: true, codes: [] };
    expect(problemOf(answer)).toBeNull();
    expect(problemOf({ ...answer, error: "Maximum call stack size exceeded" })).toContain("stack");
    expect(problemOf({ ...answer, preview: 5_000 })).toContain("5000 ms");
    expect(problemOf({ ...answer, preview: 5_000, calibration: 40 })).toBeNull();
  });
});
