/** All commands: as `--help` lists them, and the code of each, which is loaded only when it is asked for. */

import type { Registration } from "./context.ts";

export interface Listed {
  /** Its name and its arguments. */
  term: string;
  summary: string;
  load(): Promise<Registration>;
}

/** In the order of `--help`. `test/cli/commands.test.ts` compares each line with the command itself. */
export const commands: readonly Listed[] = [
  {
    term: "init [options] [dir]",
    summary: "create a site with configuration, sample post, templates and jobs, or set up an existing blog",
    load: async () => (await import("./commands/init.ts")).initCommand,
  },
  {
    term: "check [options] [paths...]",
    summary: "read and render posts, and report problems as file:line",
    load: async () => (await import("./commands/check.ts")).checkCommand,
  },
  {
    term: "plan [options] [posts...]",
    summary: "show what publishing would do: to whom, who is left out and why, and how it looks",
    load: async () => (await import("./commands/plan.ts")).planCommand,
  },
  {
    term: "preview [options] <post>",
    summary: "write the email, the feed item and the social posts to files; send nothing",
    load: async () => (await import("./commands/preview.ts")).previewCommand,
  },
  {
    term: "publish [options] [posts...]",
    summary: "send posts to every channel, once to each reader; running it again does not send them twice",
    load: async () => (await import("./commands/publish.ts")).publishCommand,
  },
  {
    term: "republish [options] <post>",
    summary: "retry failed deliveries, edit published copies, finish a cancelled mailing, or send a post again",
    load: async () => (await import("./commands/republish.ts")).republishCommand,
  },
  {
    term: "withdraw [options] <post>",
    summary: "withdraw a post: cancel what was not sent, delete its social posts, mark it as withdrawn in feeds",
    load: async () => (await import("./commands/withdraw.ts")).withdrawCommand,
  },
  {
    term: "status [post]",
    summary: "show how many deliveries of each post are in each state",
    load: async () => (await import("./commands/status.ts")).statusCommand,
  },
  {
    term: "campaigns",
    summary: "list and control mailings",
    load: async () => (await import("./commands/campaigns.ts")).campaignsCommand,
  },
  {
    term: "deliveries",
    summary: "list single deliveries, and decide about uncertain ones",
    load: async () => (await import("./commands/deliveries.ts")).deliveriesCommand,
  },
  {
    term: "jobs",
    summary: "list, check and run the jobs in jobs/",
    load: async () => (await import("./commands/jobs.ts")).jobsCommand,
  },
  {
    term: "audit [options] <campaign>",
    summary: "check that a campaign's numbers are consistent; exit status 1 if they are not",
    load: async () => (await import("./commands/audit.ts")).auditCommand,
  },
  {
    term: "mcp [options]",
    summary: "serve an assistant on standard input and output (Model Context Protocol)",
    load: async () => (await import("./commands/mcp.ts")).mcpCommand,
  },
  {
    term: "webhooks",
    summary: "show webhooks and the messages that they did not take, and send messages again",
    load: async () => (await import("./commands/webhooks.ts")).webhooksCommand,
  },
  {
    term: "log [options]",
    summary: "show who published, paused, imported … what, when and why",
    load: async () => (await import("./commands/log.ts")).logCommand,
  },
  {
    term: "subscribers",
    summary: "import, export, list, count, add, remove, show, suppress or forget subscribers",
    load: async () => (await import("./commands/subscribers.ts")).subscribersCommand,
  },
  {
    term: "lists",
    summary: "remove a list; `subscribers count` shows them all",
    load: async () => (await import("./commands/lists.ts")).listsCommand,
  },
  {
    term: "bounce [options]",
    summary: "explain a bounce or complaint read from standard input",
    load: async () => (await import("./commands/bounce.ts")).bounceCommand,
  },
  {
    term: "measure [options] <adapter>",
    summary: "measure the text on standard input by the network's own rule",
    load: async () => (await import("./commands/measure.ts")).measureCommand,
  },
  {
    term: "adapter",
    summary: "test your own adapter",
    load: async () => (await import("./commands/adapter.ts")).adapterCommand,
  },
  {
    term: "schema",
    summary: "print the JSON Schema of postrider.yaml; `jobs schema` prints that of job files",
    load: async () => (await import("./commands/schema.ts")).schemaCommand,
  },
  {
    term: "send-test [options] <post>",
    summary: "send a test email to given addresses; nothing is recorded in the ledger",
    load: async () => (await import("./commands/send-test.ts")).sendTestCommand,
  },
  {
    term: "feed",
    summary: "rebuild feed files, or withdraw a post from them",
    load: async () => (await import("./commands/feed.ts")).feedCommand,
  },
  {
    term: "serve [options]",
    summary: "run the HTTP server, send what is due and watch the posts, in one process, until stopped",
    load: async () => (await import("./commands/serve.ts")).serveCommand,
  },
  {
    term: "worker [options]",
    summary: "send what is queued and scheduled, until stopped",
    load: async () => (await import("./commands/worker.ts")).workerCommand,
  },
  {
    term: "people",
    summary: "list, add and remove people, and change their roles",
    load: async () => (await import("./commands/people.ts")).peopleCommand,
  },
  {
    term: "tokens",
    summary: "create, list and revoke tokens, with which programs use the API",
    load: async () => (await import("./commands/tokens.ts")).tokensCommand,
  },
  {
    term: "console",
    summary: "print an address with which a person signs in to the console",
    load: async () => (await import("./commands/console.ts")).consoleCommand,
  },
  {
    term: "migrate",
    summary: "update the database schema and show what was done",
    load: async () => (await import("./commands/migrate.ts")).migrateCommand,
  },
  {
    term: "backup <file>",
    summary: "write posts, subscribers and the ledger to one file",
    load: async () => (await import("./commands/backup.ts")).backupCommand,
  },
  {
    term: "restore <file>",
    summary: "fill an empty database from a backup",
    load: async () => (await import("./commands/backup.ts")).restoreCommand,
  },
  {
    term: "arm",
    summary: "allow this database to send after a restore or a move",
    load: async () => (await import("./commands/arm.ts")).armCommand,
  },
  {
    term: "doctor",
    summary: "check configuration, database, queue, each channel's credentials, and the From domain's DNS",
    load: async () => (await import("./commands/doctor.ts")).doctorCommand,
  },
];
