/** Fields of reports, as servers write them and as they should not. */

import { describe, expect, it } from "vitest";
import { addressIn, readFields, typed } from "#smtp/bounces/fields.ts";

const asObjects = (text: string) => readFields(text).map((group) => Object.fromEntries(group));

describe("Groups of fields", () => {
  it.each<[string, string, Record<string, string[]>[]]>([
    ["nothing", "", []],
    ["only empty lines", "\n \r\n\t\n", []],
    ["two groups, with any number of empty lines between", "\n\nA: 1\n\n\nB: 2\n", [{ a: ["1"] }, { b: ["2"] }]],
    ["line ends of every kind", "A: 1\r\nB: 2\rC: 3\n\rD: 4", [{ a: ["1"], b: ["2"], c: ["3"] }, { d: ["4"] }]],
    ["a field that occurs twice", "A: 1\nB: 2\na: 3", [{ a: ["1", "3"], b: ["2"] }]],
    ["a folded line", "A: one\n two\n\tthree\nB: 2", [{ a: ["one two three"], b: ["2"] }]],
    ["a folded line of the second of two", "A: 1\nA: 2\n more", [{ a: ["1", "2 more"] }]],
    ["an indented line with nothing before it", " A: 1\n\n B: 2", [{ a: ["1"] }, { b: ["2"] }]],
    ["lines that are no fields", "words\n: nothing\ntwo words: x\nA : 1", [{ a: ["1"] }]],
    ["a value with colons", "A: b: c:d", [{ a: ["b: c:d"] }]],
  ])("of %s are read", (_title, text, groups) => {
    expect(asObjects(text)).toEqual(groups);
  });

  it("are read up to a message and a thousand recipients", () => {
    expect(readFields("A: 1\n\n".repeat(1_500))).toHaveLength(1_001);
    expect(readFields(`${"A: 1\n".repeat(10)}\n`.repeat(10_000)).length).toBeLessThanOrEqual(1_001);
    expect(readFields(`A: ${"x".repeat(300_000)}\nB: 2`).map((group) => [...group.keys()])).toEqual([["a"]]);
  });
});

describe("A value with a type", () => {
  it.each([
    ["rfc822; ada@example.org", "ada@example.org"],
    ["rfc822 ;ada@example.org", "ada@example.org"],
    ["x-unix;", undefined],
    [" smtp; 550 no ", "smtp; 550 no"],
    ["smtp; 550 5.1.1; no", "550 5.1.1; no"],
    ["550 no", "550 no"],
    ["", undefined],
    [undefined, undefined],
  ])("%j is %j", (value, expected) => {
    expect(typed(value)).toBe(expected);
  });
});

describe("The address in a value", () => {
  it.each([
    ["rfc822;ada@example.org", "ada@example.org"],
    ["<ada@example.org>", "ada@example.org"],
    ["Ada (home) <ada@example.org>, others", "ada@example.org"],
    ["utf-8; ädä@exämple.org", "ädä@exämple.org"],
    ["rfc822; ada+2Bblog@example.org", "ada+blog@example.org"],
    ["rfc822; ada+3Dblog+40example.org", "ada=blog@example.org"],
    // Not xtext, but a tag that looks like it.
    ["rfc822; ada+41@example.org", "ada+41@example.org"],
    ["ada@example.org.", "ada@example.org"],
    ["ada@-example.org", undefined],
    ["ada at example.org", undefined],
    ["@example.org", undefined],
    [undefined, undefined],
  ])("%j is %j", (value, expected) => {
    expect(addressIn(value)).toBe(expected);
  });
});
