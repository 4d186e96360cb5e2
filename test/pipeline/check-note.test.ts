/** What is told of a note before it is posted. */

import { expect, it } from "vitest";
import type { Post } from "#core/posts/post.ts";
import { checkNote, misspeltNetworks, toldOnce } from "#pipeline/renditions/check-note.ts";
import { noteRendition } from "#render/note/note.ts";
import { noteTemplates } from "#render/note/template.ts";
import { graphemes, makePost } from "../render/support.ts";

function codes(post: Partial<Post>, maxLength = 300): string[] {
  const fit = {
    ...{ channel: "social", adapter: "board", maxLength, measure: graphemes },
    ...{ hashtags: 0, threads: false, warnings: false, card: "crawl" as const, style: {} },
  };
  const made = makePost("", post);
  return checkNote(noteRendition(made, fit, noteTemplates(new Map()), "A Site"), made, fit).map(({ code }) => code);
}

it("reports nothing for a correct note", () => {
  expect(codes({ image: { url: "https://room.example.org/a.jpg", alt: "The room at noon" } })).toEqual([]);
  expect(codes({ shareText: "Tea, finally. https://room.example.org/blog/sample/" })).toEqual([]);
  expect(codes({ socialTexts: { social: "Two lines.\n\nOf mine." } })).toEqual([]);
});

it("reports that the author's own text is cut", () => {
  expect(codes({ shareText: "One sentence is here. And another one that is too long." }, 80)).toEqual(["note-cut"]);
});

it("reports a link that is longer than the network allows, and a note with only a link", () => {
  expect(codes({}, 20)).toEqual(["note-too-long", "note-empty"]);
});

it("reports a picture without a description", () => {
  expect(codes({ image: { url: "https://room.example.org/a.jpg", alt: "" } })).toEqual(["note-without-alt"]);
});

it.each(["http://localhost:4000/a/", "http://blog.test/a/", "https://192.168.1.7/a/", "http://[::1]/a/"])(
  "is reported for %s, which other people can't open",
  (url) => {
    expect(codes({ url })).toEqual(["note-private-link"]);
  },
);

it("reports a misspelt network name, but not a name from another tool", () => {
  const found = (post: Partial<Post>) => misspeltNetworks(makePost("", post), ["bluesky", "work"]);
  expect(found({ networks: { blusky: false } })).toMatchObject([
    {
      code: "unknown-network",
      message: 'social.blusky: no channel or network has this name; did you mean "bluesky"?',
    },
  ]);
  expect(found({ socialTexts: { wrk: "Two words." } })).toHaveLength(1);
  expect(found({ networks: { work: false, default: false }, socialTexts: { facebook: "Two words." } })).toEqual([]);
});

it("is reported once for all channels that it concerns", () => {
  const finding = (channel: string, what: string) => ({
    ...{ severity: "warning" as const, code: "note-cut", line: 1, message: `${channel}: ${what}` },
  });
  expect(
    toldOnce([finding("x", "too long: 280 fit"), finding("bluesky", "other"), finding("threads", "too long: 280 fit")]),
  ).toEqual([finding("x, threads", "too long: 280 fit"), finding("bluesky", "other")]);
});
