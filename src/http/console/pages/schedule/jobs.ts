/** `/console/jobs`: the declared jobs with their next times; and one job with its runs, its plan and a button. */

import { PostriderError } from "#core/errors.ts";
import type { JobFile } from "#core/jobs/job-file.ts";
import { html, type Markup, type Value } from "#core/posts/markup.ts";
import { republishModes } from "#core/publishing/republish.ts";
import { listJobs, pageOccurrences } from "#desk/jobs/read.ts";
import { type JobPlan, openQuestions, planJob, runJob } from "#desk/jobs/run.ts";
import type { JobOverview } from "#desk/ports.ts";
import { button, checkbox, choiceField, form, textField } from "../../parts/form.ts";
import { asCommand, facts, nextPage, table } from "../../parts/table.ts";
import { count, pathOf, plural, state } from "../../parts/words.ts";
import type { Asking } from "../../shell/asking.ts";
import { type Form, type Pages, text, texts } from "../../shell/serve.ts";

const mostShown = 25;

export function jobPages(pages: Pages): void {
  pages.page("/jobs", async (asking) => {
    const { jobs, problems } = await asking.ask(listJobs, {});
    return {
      title: "Jobs",
      isLive: true,
      main: html`${problems.map(({ message, line }) => html`<p class="problem">${line ? `Line ${line}: ` : ""}${message}</p>`)}
<p class="quiet">Jobs are files in <code>jobs/</code>. Change them there.</p>
${table(
  "Jobs",
  ["Job", "Kind", "When", "Next", "Last run"],
  jobs.map((each) => row(each, asking)),
  "There are no jobs. A file in jobs/ declares one.",
)}
${asCommand("postrider jobs list")}`,
    };
  });
  pages.page("/jobs/:job", async (asking) => {
    const name = asking.named("job");
    const found = (await asking.ask(listJobs, {})).jobs.find(({ job }) => job.name === name);
    if (!found) throw new PostriderError("not_found", `There is no job "${name}"`);
    return {
      title: found.job.name,
      above: { name: "Jobs", path: "/console/jobs" },
      isLive: true,
      main: html`${overview(found, asking)}
${await running(found.job, asking)}
<section><h2>Occurrences</h2>${await occurrences(name, asking)}</section>
${asCommand(`postrider jobs run ${name} --dry-run`)}`,
    };
  });
  pages.form("/jobs/:job/runs", async (asking, fields) => {
    const job = asking.named("job");
    await asking.ask(runJob, { job, ...saidIn(fields) });
    return `${pathOf("jobs", job)}?done=ran`;
  });
}

function row({ job, next: [at], last, trouble }: JobOverview, { clock }: Asking) {
  return [
    html`<a href="${pathOf("jobs", job.name)}">${job.name}</a><br><span class="quiet">${job.description}</span>`,
    job.kind,
    job.schedule ? html`${job.schedule.text}<br><span class="quiet">${job.schedule.timezone}</span>` : howItBegins(job),
    clock.timeAway(at),
    html`${trouble && html`${state("failed")} ${trouble.failure}<br>`}${last && html`${clock.time(last.scheduledFor)}<br><span class="quiet">${last.outcome}</span>`}`,
  ];
}

function howItBegins({ kind }: JobFile): string {
  return kind === "publish" ? "when a post appears" : "when somebody runs it";
}

function overview({ job, next, trouble }: JobOverview, { clock }: Asking): Markup {
  const channels = job.kind === "publish" || job.kind === "campaign" ? job.channels.join(", ") : "";
  return html`<p>${job.description}</p>
${trouble && html`<p class="problem">${trouble.failure}. Tried again ${clock.timeAway(trouble.retryAt)}.</p>`}
${facts([
  ["Kind", job.kind],
  ["File", html`<code>jobs/${job.name}.yaml</code>`],
  ...(channels ? [["Channels", channels] as const] : []),
  ...(job.kind === "campaign" && job.audience ? [["List", job.audience.list] as const] : []),
  ["When", job.schedule ? `${job.schedule.text}, ${job.schedule.timezone}` : howItBegins(job)],
  ...(job.schedule
    ? [["A missed time", job.schedule.missed === "skip" ? "is left out" : "runs once, later"] as const]
    : []),
])}
${next.length > 0 && html`<h2>Next times</h2><ul class="agenda">${next.map((at) => html`<li>${clock.timeAway(at)}</li>`)}</ul>`}`;
}

async function occurrences(job: string, asking: Asking): Promise<Markup> {
  const cursor = asking.named("cursor");
  const found = await asking.ask(pageOccurrences, { job, limit: mostShown, ...(cursor && { cursor }) });
  const rows = found.items.map(({ scheduledFor, actor, state: now, outcome, missed }) => [
    asking.clock.time(scheduledFor),
    state(now),
    html`${outcome}${missed > 0 && html`<br><span class="quiet">instead of ${plural(missed, "missed time")}</span>`}`,
    actor,
  ]);
  return html`${table("Occurrences", ["When", "State", "Result", "By"], rows, "It has not run yet.")}
${nextPage(new URL(asking.context.req.url), found.next)}`;
}

/** What running it now would do, and the button that does it. */
async function running(job: JobFile, asking: Asking): Promise<Markup | null> {
  if (!asking.can("check")) return null;
  const said = saidInAddress(asking);
  const questions = job.kind === "republish" ? openQuestions(job, true) : [];
  const isAnswered = questions.every((each) => each === "channels" || each === "reason" || said[each] !== undefined);
  const isAsked = asking.named("rehearse") !== "";
  const fields = questions.length > 0 && questionFields(questions, said, asking);
  return html`<section><h2>Run it now</h2>
<form action="${pathOf("jobs", job.name)}"><input type="hidden" name="rehearse" value="1">${fields}${button("Show what it would do")}</form>
${isAsked && isAnswered && (await rehearsal(job, said, asking))}</section>`;
}

type Said = Partial<Record<"post" | "mode" | "reason", string>> & { channels?: string[] };

function questionFields(questions: readonly string[], said: Said, asking: Asking): Markup {
  const channels = asking.ports.desk.configuredChannels().map(({ channel }) => channel.name);
  return html`${questions.includes("post") && textField({ name: "post", label: "Post", value: said.post ?? "", required: true, hint: "The path of its file" })}
${
  questions.includes("mode") &&
  choiceField(
    "mode",
    "Mode",
    republishModes.map((each) => [each, each] as const),
    said.mode,
  )
}
${questions.includes("channels") && html`<fieldset><legend>Channels (none: all)</legend>${channels.map((name) => checkbox("channel", name, name, said.channels?.includes(name)))}</fieldset>`}
${questions.includes("reason") && textField({ name: "reason", label: "Reason", value: said.reason ?? "", required: true })}`;
}

async function rehearsal(job: JobFile, said: Said, asking: Asking): Promise<Value> {
  const plan = await asking.ask(planJob, { job: job.name, ...(said as object) });
  const hidden = Object.entries({ ...said, channels: undefined }).map(
    ([name, value]) => typeof value === "string" && html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const channels = (said.channels ?? []).map((name) => html`<input type="hidden" name="channel" value="${name}">`);
  return html`<div class="decision"><p class="sentence">${sentence(plan)}</p>${details(plan, asking)}
${asking.can("operate") && form(asking, pathOf("jobs", job.name, "runs"), html`${hidden}${channels}${button(`Run ${job.name} now`, "main")}`)}</div>`;
}

function sentence(plan: JobPlan): string {
  if (plan.kind === "maintenance") return `It would: ${plan.tasks.join("; ") || "do nothing"}.`;
  if (plan.kind === "republish") {
    const due = plan.plan.steps.filter(({ action }) => action !== "none");
    return due.length > 0 ? `It would change ${due.map(({ channel }) => channel).join(", ")}.` : "It would do nothing.";
  }
  if (plan.baseline !== null)
    return `This would be its first run: ${plural(plan.baseline, "post")} count as published, and nothing is sent.`;
  if (plan.kind === "publish")
    return plan.offers.length > 0 ? `It would publish ${plural(plan.offers.length, "post")}.` : "There is no new post.";
  const readers = plan.audiences.reduce((sum, { pending }) => sum + pending, 0);
  return plan.draft
    ? `It would prepare “${plan.draft.edition.title}” for ${plural(readers, "reader")}${plan.draft.edition.reviewers.length > 0 ? ", and ask for a review" : ""}.`
    : "There is nothing to send.";
}

function details(plan: JobPlan, { clock }: Asking): Markup | null {
  if (plan.kind === "publish" && plan.offers.length > 0)
    return table(
      "What would be published",
      ["Post", "Channels"],
      plan.offers.map(({ post, channels }) => [
        post.title,
        html`${channels.map(({ channel, at }) => html`${channel} ${clock.time(at)}<br>`)}`,
      ]),
    );
  if (plan.kind === "campaign" && plan.audiences.length > 0)
    return table(
      "Readers",
      ["Channel", "List", "#Readers", "#Suppressed"],
      plan.audiences.map(({ channel, list, pending, suppressed }) => [
        channel,
        list,
        count(pending),
        count(suppressed),
      ]),
    );
  return null;
}

function saidInAddress({ context, named }: Asking): Said {
  const channels = context.req.queries("channel") ?? [];
  return answersOf((name) => named(name).trim(), channels);
}

function saidIn(fields: Form): object {
  return answersOf((name) => text(fields, name), texts(fields, "channel"));
}

function answersOf(answer: (name: string) => string, channels: readonly string[]): Said {
  const said: Said = {};
  for (const name of ["post", "mode", "reason"] as const) {
    const value = answer(name);
    if (value) said[name] = value;
  }
  return { ...said, ...(channels.length > 0 && { channels: [...channels] }) };
}
