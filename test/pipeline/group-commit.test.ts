/** Results are written in few commits, none is lost, and each learns whether it was ours. */

import { describe, expect, it } from "vitest";
import type { Clock } from "#core/clock.ts";
import type { Change } from "#core/ports/sending.ts";
import { groupCommit } from "#pipeline/sending/group-commit.ts";

const change = (id: number): Change => ({ id: String(id), state: "pending" });
const idsOf = (changes: readonly Change[]): string[] => changes.map(({ id }) => id);

/** Goes on at once, and notes how long it was to wait. */
function openClock() {
  const waits: number[] = [];
  const clock: Clock = { now: () => new Date(), sleep: async (milliseconds) => void waits.push(milliseconds) };
  return { clock, waits, log: { debug() {}, info() {}, warn() {}, error() {} } };
}

describe("Results of deliveries", () => {
  it("that come together are written together, and each learns whether it was still ours", async () => {
    const groups: string[][] = [];
    const { clock, waits, log } = openClock();
    const commit = groupCommit(
      async (changes) => {
        groups.push(idsOf(changes));
        return new Set(["1", "3"]);
      },
      { clock, log },
    );
    expect(await Promise.all([1, 2, 3].map((id) => commit(change(id))))).toEqual([true, false, true]);
    expect(groups).toEqual([["1", "2", "3"]]);
    expect(waits).toEqual([50]);
    expect(await commit(change(1))).toBe(true);
    expect(groups).toHaveLength(2);
  });

  it("that come during a commit go into the next one", async () => {
    const groups: string[][] = [];
    const { clock, log } = openClock();
    let later: Promise<boolean> | undefined;
    const commit = groupCommit(
      async (changes) => {
        groups.push(idsOf(changes));
        later ??= commit(change(2));
        return new Set(idsOf(changes));
      },
      { clock, log },
    );
    expect(await commit(change(1))).toBe(true);
    expect(await later).toBe(true);
    expect(groups).toEqual([["1"], ["2"]]);
  });

  it("wait for more only while they are fewer than 250", async () => {
    const waited = async (count: number): Promise<number[]> => {
      const { clock, waits, log } = openClock();
      let first = true;
      const commit = groupCommit(
        async (changes) => {
          // The others come during the first commit.
          if (first) many = Array.from({ length: count }, (_, id) => commit(change(id)));
          first = false;
          return new Set(idsOf(changes));
        },
        { clock, log },
      );
      let many: Promise<boolean>[] = [];
      await commit(change(-1));
      expect(await Promise.all(many)).toEqual(Array(count).fill(true));
      return waits;
    };
    expect(await waited(249)).toEqual([50, 50]);
    expect(await waited(250)).toEqual([50]);
  });

  it("are written again if the database was away, six times in all, and it is told that the first try may have worked", async () => {
    const tries: boolean[] = [];
    const { clock, waits, log } = openClock();
    const record = (fails: number) => async (changes: Change[], again: boolean) => {
      tries.push(again);
      if (tries.length <= fails) throw new Error("away");
      return new Set(idsOf(changes));
    };
    expect(await groupCommit(record(5), { clock, log })(change(1))).toBe(true);
    expect(tries).toEqual([false, true, true, true, true, true]);
    expect(waits).toEqual([50, 250, 1_000, 3_000, 8_000, 16_000]);
    tries.length = 0;
    const commit = groupCommit(record(6), { clock, log });
    const lost = await Promise.allSettled([commit(change(1)), commit(change(2))]);
    expect(lost.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(tries).toHaveLength(6);
    // The next ones are tried all the same.
    tries.length = 7;
    expect(await commit(change(3))).toBe(true);
  });
});
