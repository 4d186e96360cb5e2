import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { mailSite, openTestSite, post, readersCsv, type TestSite } from "../support/cli.ts";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
/** What a pipe holds on Linux. */
const pipeBytes = 65_536;

/**
 * Runs a command into a pipe that is full already, with a reader that sleeps before it reads. Whatever the command prints,
 * short or long, has to wait for the reader. If the command is slower than the sleep, the test notices less but does not fail.
 */
async function readSlowly(site: TestSite, ...args: string[]): Promise<{ text: string; status: string }> {
  const script = `{ head -c ${pipeBytes} /dev/zero; "$@" 2>&1; echo $? >status; } | { sleep 3; tail -c +${pipeBytes + 1} >slow.txt; }`;
  const child = spawn("sh", ["-c", script, "sh", process.execPath, "--conditions=source", main, ...args], {
    cwd: site.dir,
    env: { ...process.env, ...site.env, NO_COLOR: "1", DATABASE_URL: "", QUEUE_URL: "" },
    stdio: "ignore",
  });
  await once(child, "close");
  const read = (name: string): string => readFileSync(join(site.dir, name), "utf8");
  return { text: read("slow.txt"), status: read("status").trim() };
}

it("prints everything to a reader that reads late", { timeout: 400_000 }, async () => {
  const posts = Array.from({ length: 200 }, (_, index) => [`content/posts/post-${index}.md`, post(`Post ${index}`)]);
  const site = openTestSite(mailSite("smtp://127.0.0.1:9"), {
    ...Object.fromEntries(posts),
    "readers.csv": readersCsv(2_000),
    "jobs/new-posts.yaml": "name: new-posts\nwhen: { on: new-post }\nchannels: [newsletter]\n",
  });
  await site.run("subscribers", "import", "readers.csv", "--list", "everyone");

  const checked = await readSlowly(site, "--json", "check");
  expect(checked.text.length, "more than a pipe holds").toBeGreaterThan(pipeBytes);
  // A slow machine is told how far it is, before the document.
  expect(JSON.parse(checked.text.slice(checked.text.indexOf("{"))).posts).toHaveLength(200);
  expect(checked.status).toBe("0");

  const exported = await readSlowly(site, "subscribers", "export");
  expect(exported.text.length, "more than a pipe holds").toBeGreaterThan(pipeBytes);
  expect(exported.text.match(/@example\.org/g)).toHaveLength(2_000);
  expect(exported.text).toContain("2,000 subscriptions exported");

  const documents = [
    ["subscribers", "export"],
    ["subscribers", "suppressions"],
    ["subscribers", "show", "reader1@example.org"],
    ["plan", "content/posts/post-1.md"],
    ["preview", "content/posts/post-1.md"],
    ["status"],
    ["campaigns", "list"],
    ["audit", "--export", "deliveries.jsonl"],
    ["jobs", "list"],
    ["jobs", "check"],
    ["schema"],
    ["no-such-command"],
  ];
  for (const command of documents) {
    const { text } = await readSlowly(site, "--json", ...command);
    // Notes on standard error are in the same pipe: the document is what stands between the first and the last brace.
    const document = text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1);
    expect(() => JSON.parse(document), `${command.join(" ")} printed ${text.length} characters`).not.toThrow();
  }

  const help = await readSlowly(site, "--help");
  expect(help).toMatchObject({
    text: expect.stringMatching(/^Usage: postrider[\s\S]*postrider status\n$/),
    status: "0",
  });
  const refused = await readSlowly(site, "plan", "content/posts/missing.md");
  expect(refused).toMatchObject({ text: expect.stringMatching(/error missing-file .+\n/), status: "1" });
});
