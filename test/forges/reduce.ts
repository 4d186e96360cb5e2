/**
 * Makes `github.json`: of GitHub's own description of its API, only what a comment on a pull request needs. The whole has
 * 12 MB.
 *   npm pack @octokit/openapi && tar xf octokit-openapi-*.tgz
 *   node test/forges/reduce.ts package/generated/api.github.com.json
 */

import { readFileSync, writeFileSync } from "node:fs";

const wanted: Record<string, readonly string[]> = {
  "/repos/{owner}/{repo}/issues/{issue_number}/comments": ["get", "post", "parameters"],
  "/repos/{owner}/{repo}/issues/comments/{comment_id}": ["patch", "parameters"],
  "/repos/{owner}/{repo}/commits/{commit_sha}/pulls": ["get", "parameters"],
};

type Json = Record<string, unknown>;

const whole = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Json & {
  paths: Record<string, Json>;
  components: Record<string, Json>;
};
const paths = Object.fromEntries(
  Object.entries(wanted).map(([path, parts]) => [
    path,
    Object.fromEntries(Object.entries(whole.paths[path] ?? {}).filter(([part]) => parts.includes(part))),
  ]),
);
const components: Record<string, Json> = {};
const take = (part: unknown): void => {
  for (const [, kind = "", name = ""] of JSON.stringify(part).matchAll(/"#\/components\/(\w+)\/([^"/]+)"/g)) {
    const room = components[kind] ?? {};
    components[kind] = room;
    if (name in room) continue;
    room[name] = whole.components[kind]?.[name];
    take(room[name]);
  }
};
take(paths);
const { openapi, info } = whole;
const servers = [{ url: "https://api.github.com" }];
const file = new URL("github.json", import.meta.url);
writeFileSync(file, `${JSON.stringify({ openapi, info, servers, paths, components })}\n`);
