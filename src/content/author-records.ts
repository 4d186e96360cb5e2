/** The site's authors file: names and addresses by the ids that posts use. */

import { stat } from "node:fs/promises";
import { parseYaml } from "#formats/yaml.ts";
import type { ReadRecord } from "./authors.ts";
import { readSource } from "./source.ts";

/** Reads the file again when it has changed. A file that isn't there, or is broken, knows nobody. */
export function openAuthorRecords(file: string | undefined): () => Promise<ReadRecord> {
  let known: { mark: string; read: ReadRecord } | null = null;
  return async () => {
    if (!file) return nobody;
    const facts = await stat(file).catch(() => null);
    if (!facts) return nobody;
    const mark = `${facts.mtimeMs} ${facts.size}`;
    if (known?.mark !== mark) known = { mark, read: await records(file) };
    return known.read;
  };
}

async function records(file: string): Promise<ReadRecord> {
  const source = await readSource(file);
  if ("problem" in source) return nobody;
  try {
    const { value } = parseYaml(source.text);
    if (typeof value !== "object" || value === null) return nobody;
    const byId = new Map(Object.entries(value).filter(([, record]) => typeof record === "object" && record !== null));
    return (id) => byId.get(id);
  } catch {
    return nobody;
  }
}

const nobody: ReadRecord = () => undefined;
