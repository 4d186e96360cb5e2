import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { deliveryProgress } from "#cli/reports/progress.ts";
import type { Terminal } from "#cli/terminal/terminal.ts";
import type { PublicationReport } from "#core/publishing/publication.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

function watch(): { look(seconds: number, accepted: number): void; notes: string[] } {
  const notes: string[] = [];
  const terminal = { interactive: false, note: (text: string) => notes.push(text) } as unknown as Terminal;
  const progress = deliveryProgress(terminal);
  return {
    notes,
    look(seconds, accepted) {
      vi.advanceTimersByTime(seconds * 1000);
      const counts = { accepted, pending: 1_000 - accepted };
      progress([{ channels: { newsletter: { counts } } } as unknown as PublicationReport]);
    },
  };
}

it("Progress shows the rate of the last seconds, not of the whole run", () => {
  const { look, notes } = watch();
  look(0, 0);
  look(6, 0);
  for (let second = 1; second <= 12; second++) look(1, 50 * second);
  expect(notes).toEqual(["0 of 1,000 · waiting", "250 of 1,000 · 23/s · 33 s left", "500 of 1,000 · 50/s · 10 s left"]);
});

it("Progress shows no time left while nothing moves, and prints nothing at the end", () => {
  const { look, notes } = watch();
  look(0, 3);
  for (let second = 1; second <= 15; second++) look(1, second < 3 ? 3 + second : 5);
  expect(notes.at(-1)).toBe("5 of 1,000 · waiting");
  const before = notes.length;
  look(6, 1_000);
  expect(notes).toHaveLength(before);
});
