/** Every address of a file is remembered with what became of it, however many there are. */

import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { seenHashes } from "#store/imports/seen-hashes.ts";

it("remembers each added hash with its value, and no other, at any size", () => {
  const hash = (number: number): string => createHash("sha256").update(String(number)).digest("hex");
  const seen = seenHashes();
  const many = 200_000;
  const wrong: number[] = [];
  for (let number = 0; number < many; number++) {
    if (seen.fate(hash(number)) !== 0 || seen.add(hash(number))) wrong.push(number);
    seen.setFate(hash(number), 1 + (number % 9));
  }
  for (let number = 0; number < many; number++)
    if (!seen.add(hash(number)) || seen.fate(hash(number)) !== 1 + (number % 9)) wrong.push(number);
  for (let number = many; number < many + 1_000; number++) if (seen.fate(hash(number)) !== 0) wrong.push(number);
  expect(wrong).toEqual([]);
});
