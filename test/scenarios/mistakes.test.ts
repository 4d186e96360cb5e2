/** Who mends configuration files sees every mistake of all of them in one run, each with its file and line. */

import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { openTestSite } from "../support/cli.ts";

const templates = fileURLToPath(new URL("../../templates", import.meta.url));
const configuration = `site:
  title: A Blog
  url: nowhere
content: { preset: hugoo, permalnk: /a/ }
pictures: { publish: server }
channels:
  feed: { adapter: rss, uot: public }
  social: { adapter: outbx }
`;

it("reports all mistakes in the configuration and the jobs at once", async () => {
  const site = openTestSite(configuration, {
    "jobs/one.yaml": "kind: campain\nchannels: [newsletter]\nsubjekt: News\n",
    "jobs/two.yaml": "kind: publish\nchannels: []\nafter: { feed: soon }\n",
  });
  const wanted = [
    /^error: postrider\.yaml:3: site\.url: expected/m,
    /^error: postrider\.yaml:4: content\.permalnk: unknown key "permalnk"; did you mean "permalink"\?/m,
    /^error: postrider\.yaml:4: content\.preset: unknown preset "hugoo"; did you mean "hugo"\?/m,
    /^error: postrider\.yaml:5: pictures\.publish: is "server", so server\.url/m,
    /^error: postrider\.yaml:7: channels\.feed\.out: is missing/m,
    /^error: postrider\.yaml:7: channels\.feed\.uot: unknown key "uot"; did you mean "out"\?/m,
    /^error: postrider\.yaml:8: channels\.social\.adapter: unknown adapter "outbx"; did you mean "outbox"\?/m,
  ];
  const inJobs = [
    /^error: jobs\/one\.yaml:1: kind: expected .*did you mean "campaign"\?/m,
    /^error: jobs\/one\.yaml:3: subjekt: unknown key "subjekt"; did you mean "subject"\?/m,
    /^error: jobs\/two\.yaml:2: channels: expected at least 1/m,
    /^error: jobs\/two\.yaml:3: after\.feed: expected an offset/m,
  ];
  const checked = await site.run("check");
  expect(checked.status).toBe(3);
  for (const line of wanted) expect(checked.stderr).toMatch(line);
  expect(checked.stderr).not.toContain(site.dir);
  const jobs = await site.run("jobs", "check");
  expect(jobs.status).toBe(3);
  for (const line of [...wanted, ...inJobs]) expect(jobs.stderr).toMatch(line);

  const told = (await site.run("check", "--json")).json<{ error: { problems: { file: string; line: number }[] } }>();
  expect(told.error.problems.map(({ file, line }) => `${file}:${line}`)).toEqual(
    [3, 4, 4, 5, 7, 7, 8].map((line) => `postrider.yaml:${line}`),
  );
  const { problems } = (await site.run("jobs", "check", "--json")).json<{ problems: unknown[] }>();
  expect(problems).toHaveLength(wanted.length + inJobs.length);
});

it("reports a wrong theme, a wrong address pattern and a wrong channel together", async () => {
  const site = openTestSite(
    configuration
      .replace("nowhere", "https://example.org")
      .replace("{ preset: hugoo, permalnk: /a/ }", '\n  permalink: "/:nonsense/"')
      .replace("pictures: { publish: server }\n", ""),
  );
  cpSync(templates, join(site.dir, "templates"), { recursive: true });
  site.write("templates/theme.yaml", "widht: 600\n");
  const checked = await site.run("check");
  expect(checked.status).toBe(3);
  expect(checked.stderr).toMatch(/^error: postrider\.yaml:5: ":nonsense" in the permalink/m);
  expect(checked.stderr).toMatch(/^error: templates\/theme\.yaml:1: .*widht/m);
  expect(checked.stderr).toMatch(/^error: postrider\.yaml:7: channels\.feed\.uot/m);
  expect(checked.stderr).toMatch(/^error: postrider\.yaml:8: channels\.social\.adapter/m);
});
