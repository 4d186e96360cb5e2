/** A push, as each Git host tells of it by its own documentation: headers, forms and shapes. */

import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { gitHookRoutes } from "#http/machines/git-hook.ts";

const secret = "0123456789abcdef-git";
const pushTo = (branch: string): string => JSON.stringify({ ref: `refs/heads/${branch}`, before: "1", after: "2" });
const bitbucket = (type: string, name: string): string =>
  JSON.stringify({
    push: {
      changes: [
        { old: null, new: null },
        { old: null, new: { type, name } },
      ],
    },
  });
const hex = (body: string, key: string, hash = "sha256"): string => createHmac(hash, key).update(body).digest("hex");
const form = { "content-type": "application/x-www-form-urlencoded" };
const formOf = (json: string): string => new URLSearchParams({ payload: json }).toString();
const standard = (body: string, key: string | Buffer) => ({
  "webhook-id": "f5e5f430",
  "webhook-timestamp": "1786708800",
  "webhook-signature": `v1,b2xk v1,${createHmac("sha256", key).update(`f5e5f430.1786708800.${body}`).digest("base64")}`,
});

async function tell(body: string, headers: Record<string, string>, known = secret) {
  let pulls = 0;
  const app = gitHookRoutes({ secret: known, branch: "main", pull: () => void pulls++ });
  const { status } = await app.request("/webhooks/git", { method: "POST", headers, body });
  return { status, pulls };
}

type Signs = (body: string, key: string) => Record<string, string>;
const hosts: Record<string, Signs> = {
  GitHub: (body, key) => ({
    "x-github-event": "push",
    "x-hub-signature": `sha1=${hex(body, key, "sha1")}`,
    "x-hub-signature-256": `sha256=${hex(body, key)}`,
  }),
  Gitea: (body, key) => ({ "x-gitea-event": "push", "x-gitea-signature": hex(body, key) }),
  Forgejo: (body, key) => ({ "x-forgejo-event": "push", "x-forgejo-signature": hex(body, key) }),
  Gogs: (body, key) => ({ "x-gogs-event": "push", "x-gogs-signature": hex(body, key) }),
  Bitbucket: (body, key) => ({ "x-event-key": "repo:push", "x-hub-signature": `sha256=${hex(body, key)}` }),
  "GitLab with a signing token": standard,
  "GitLab with a secret token": (_, key) => ({ "x-gitlab-event": "Push Hook", "x-gitlab-token": key }),
};

describe.each(Object.entries(hosts))("A push reported by %s", (name, signs) => {
  const push = (branch: string): string => (name === "Bitbucket" ? bitbucket("branch", branch) : pushTo(branch));

  it("is pulled when it is signed with the secret and goes to the branch", async () => {
    expect(await tell(push("main"), signs(push("main"), secret))).toEqual({ status: 202, pulls: 1 });
    expect(await tell(push("draft"), signs(push("draft"), secret))).toEqual({ status: 200, pulls: 0 });
  });

  it("does nothing if it is signed with another secret", async () => {
    expect(await tell(push("main"), signs(push("main"), "another-secret-16"))).toEqual({ status: 401, pulls: 0 });
    if (!name.includes("secret token"))
      expect(await tell(push("main"), signs(push("draft"), secret))).toEqual({ status: 401, pulls: 0 });
  });
});

describe("A push", () => {
  it("may be a form, which some hosts send by default; the signature covers the form", async () => {
    const body = formOf(pushTo("main"));
    const headers = { ...form, "x-hub-signature-256": `sha256=${hex(body, secret)}` };
    expect(await tell(body, headers)).toEqual({ status: 202, pulls: 1 });
    const inner = { ...form, "x-hub-signature-256": `sha256=${hex(pushTo("main"), secret)}` };
    expect(await tell(body, inner)).toEqual({ status: 401, pulls: 0 });
  });

  it("may be signed with a GitLab signing token", async () => {
    const key = Buffer.from("an-old-key-of-thirty-two-bytes-xx");
    const body = pushTo("main");
    const token = `whsec_${key.toString("base64")}`;
    expect(await tell(body, standard(body, key), token)).toEqual({ status: 202, pulls: 1 });
  });

  it("is not any other signed request: a ping, a tag, a deleted branch, invalid JSON, or an empty body", async () => {
    const others = [
      '{"zen":"Speak like a human.","hook_id":1}',
      '{"ref":"refs/tags/main"}',
      '{"ref":1}',
      "null",
      "[]",
      "{",
      "",
    ];
    for (const body of [...others, bitbucket("tag", "main")])
      expect(await tell(body, { "x-gitea-signature": hex(body, secret) })).toEqual({ status: 200, pulls: 0 });
  });

  it("is never accepted unsigned, with an empty signature, or with a SHA-1", async () => {
    const body = pushTo("main");
    const weak = { "x-hub-signature": `sha1=${hex(body, secret, "sha1")}` };
    const empty = { "x-hub-signature-256": "", "x-gitlab-token": "", "webhook-signature": "" };
    for (const headers of [{}, weak, empty]) expect(await tell(body, headers)).toEqual({ status: 401, pulls: 0 });
  });
});
