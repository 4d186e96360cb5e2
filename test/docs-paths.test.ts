/** The documents name files of the repository: each must be there. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const folders = /^(?:src|test|docs|templates|jobs|migrations|bench)\//;

const isMissing = (path: string): boolean => !existsSync(join(root, path));

function namedIn(document: string): string[] {
  const text = readFileSync(join(root, document), "utf8");
  return [...text.matchAll(/`([\w./-]+)`/g)].map(([, path = ""]) => path).filter((path) => folders.test(path));
}

function linkedIn(document: string): string[] {
  const text = readFileSync(join(root, document), "utf8");
  const links = text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g);
  return [...links].map(([, path = ""]) => join(dirname(document), path));
}

it("names only existing files on the architecture page", () => {
  const named = namedIn("docs/architecture.md");
  expect(named.filter(isMissing)).toEqual([]);
  // So that a page written in another way is noticed.
  expect(named.length).toBeGreaterThan(80);
});

it("links only to existing files", () => {
  const documents = ["docs/guides", "docs/adr"].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name)),
  );
  const linked = [...documents, "README.md", "CONTEXT.md", "SECURITY.md", "docs/security.md"].flatMap(linkedIn);
  expect(linked.filter(isMissing)).toEqual([]);
  expect(linked.length).toBeGreaterThan(20);
});
