/** Of GitHub's own description of its API, only what a comment on a pull request needs: the whole has 12 MB. */

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const whole = fileURLToPath(new URL("node_modules/@octokit/openapi/generated/api.github.com.json", import.meta.url));
const wanted: Record<string, readonly string[]> = {
  "/repos/{owner}/{repo}/issues/{issue_number}/comments": ["get", "post", "parameters"],
  "/repos/{owner}/{repo}/issues/comments/{comment_id}": ["patch", "parameters"],
  "/repos/{owner}/{repo}/commits/{commit_sha}/pulls": ["get", "parameters"],
};

type Json = Record<string, unknown>;

interface Description extends Json {
  paths: Record<string, Json>;
  // biome-ignore lint/suspicious/noExplicitAny: examples of any form.
  components: { [kind: string]: Record<string, any>; examples: Record<string, any> };
}

/** It comes with `npm ci --prefix test/forges`. */
export const hasGitHubDescription = existsSync(whole);

export function gitHubDescription(): Description {
  const { openapi, info, paths: all, components: parts } = JSON.parse(readFileSync(whole, "utf8")) as Description;
  const paths: Description["paths"] = {};
  for (const [path, methods] of Object.entries(wanted))
    paths[path] = Object.fromEntries(Object.entries(all[path] ?? {}).filter(([part]) => methods.includes(part)));
  const components: Description["components"] = { examples: {} };
  const take = (part: unknown): void => {
    for (const [, kind = "", name = ""] of JSON.stringify(part).matchAll(/"#\/components\/(\w+)\/([^"/]+)"/g)) {
      components[kind] ??= {};
      if (name in components[kind]) continue;
      components[kind][name] = parts[kind]?.[name];
      take(components[kind][name]);
    }
  };
  take(paths);
  return { openapi, info, servers: [{ url: "https://api.github.com" }], paths, components };
}
