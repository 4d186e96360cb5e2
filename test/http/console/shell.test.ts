/** The frame of the console: signing in and out, and what is refused. */

import { beforeAll, describe, expect, it } from "vitest";
import { type ConsoleSite, openConsoleSite } from "../../support/console.ts";

let site: ConsoleSite;

beforeAll(async () => {
  site = await openConsoleSite("", { workers: false });
  return () => site[Symbol.asyncDispose]();
});

describe("The console", () => {
  it("sends everybody without a session to the sign-in page", async () => {
    for (const path of ["/console", "/console/posts", "/console/nothing", "/console/events"]) {
      const answer = await fetch(site.url + path, { redirect: "manual" });
      expect([path, answer.status, answer.headers.get("location")]).toEqual([path, 303, "/console/sign-in"]);
    }
  });

  it("opens a session with a link once, only when its button is pressed, and leads nowhere else", async () => {
    const link = await site.linkFor("ada", "admin");
    for (let looks = 0; looks < 3; looks++) expect((await fetch(link)).status).toBe(200);
    const secret = new URL(link).searchParams.get("link") ?? "";
    const press = () =>
      fetch(`${site.url}/console/sign-in?next=https://evil.example/`, {
        method: "POST",
        body: new URLSearchParams({ link: secret, next: "//evil.example/" }),
        redirect: "manual",
      });
    const first = await press();
    expect([first.status, first.headers.get("location")]).toEqual([303, "/console"]);
    const second = await press();
    expect(second.status).toBe(401);
    expect(second.headers.get("set-cookie")).toBeNull();
  });

  it("limits the tries to sign in from one network", async () => {
    await using other = await openConsoleSite("", { workers: false });
    const tries = Array.from({ length: 30 }, () =>
      fetch(`${other.url}/console/sign-in`, { method: "POST", body: new URLSearchParams({ link: "0".repeat(48) }) }),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429).length).toBe(10);
  });

  it("has a policy without exceptions on every page, and can't be framed", async () => {
    const { headers, html } = await (await site.signIn("ada")).get("/console");
    expect(headers.get("content-security-policy")).not.toContain("unsafe");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(html).not.toMatch(/ style=|<style|<script>| on\w+=/);
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it("does nothing for a form without its token, or from another site", async () => {
    const ada = await site.signIn("ada");
    const without = await ada.submit("/console", "/console/sign-out", {}, ["csrf"]);
    expect(without.status).toBe(403);
    const wrong = await ada.submit("/console", "/console/sign-out", { csrf: "0".repeat(64) });
    expect(wrong.status).toBe(403);
    const foreign = await fetch(`${site.url}/console/sign-out`, {
      method: "POST",
      headers: { cookie: ada.cookie, "sec-fetch-site": "cross-site" },
    });
    expect(foreign.status).toBe(403);
    expect((await ada.get("/console")).status).toBe(200);
  });

  it("forgets the session when somebody signs out: a copied cookie does not work any more", async () => {
    const ada = await site.signIn("ada");
    expect((await ada.submit("/console", "/console/sign-out")).url).toBe("/console/sign-in");
    expect((await ada.get("/console")).headers.get("location")).toBe("/console/sign-in");
    const forged = await fetch(`${site.url}/console`, {
      headers: { cookie: `postrider_session=${"a".repeat(48)}` },
      redirect: "manual",
    });
    expect(forged.headers.get("location")).toBe("/console/sign-in");
  });

  it("shows each role only the pages that it can read", async () => {
    const viewer = (await (await site.signIn("vic", "viewer")).get("/console")).html;
    expect(viewer).toContain("/console/posts");
    for (const page of ["readers", "people", "log", "settings"]) expect(viewer).not.toContain(`"/console/${page}"`);
    const admin = (await (await site.signIn("ada")).get("/console")).html;
    expect(admin).toContain('"/console/people"');
  });

  it("does not exist where it is switched off", async () => {
    await using closed = await openConsoleSite("console: { enabled: false }\n", { workers: false });
    expect((await fetch(`${closed.url}/console`)).status).toBe(404);
    expect((await fetch(`${closed.url}/console/sign-in`)).status).toBe(404);
  });
});
