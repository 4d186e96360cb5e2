/** Checks a sender domain's DNS: SPF (RFC 7208) and DMARC (RFC 7489), which large providers require. */

import { Resolver } from "node:dns/promises";
import type { Finding } from "./finding.ts";

const timeoutMs = 3_000;

/** If DNS does not answer, the state is `unknown`: the domain may still be right. */
export async function domainFindings(domain: string): Promise<Finding[]> {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
  if (!(await isKnown(resolver, domain)))
    return [{ about: `DNS of ${domain}`, state: "unknown", message: "the host name can't be found" }];
  return Promise.all([
    finding(
      resolver,
      domain,
      `SPF of ${domain}`,
      /^v=spf1(\s|$)/i,
      "add the SPF record that your relay's manual describes",
    ),
    finding(
      resolver,
      `_dmarc.${domain}`,
      `DMARC of ${domain}`,
      /^v=DMARC1\s*;/i,
      `publish at least "v=DMARC1; p=none" at _dmarc.${domain}`,
    ),
  ]);
}

/** Checks that the key is published. Only its type and the key itself are compared. */
export async function recordFinding({ name, value }: { name: string; value: string }): Promise<Finding> {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
  const about = `DKIM at ${name}`;
  try {
    const records = (await resolver.resolveTxt(name)).map((parts) => parts.join(""));
    if (records.some((record) => keyIn(record) === keyIn(value)))
      return { about, state: "ok", message: "the published key matches" };
    return { about, state: "wrong", message: `a different key is published; change it to "${value}"` };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (code === "ENODATA" || code === "ENOTFOUND")
      return { about, state: "wrong", message: `no record: publish "${value}"` };
    return { about, state: "unknown", message: `DNS does not answer (${code || "no reply"})` };
  }
}

function keyIn(record: string): string {
  return /(?:^|;)\s*p=([^;]*)/.exec(record)?.[1]?.replace(/\s+/g, "") ?? "";
}

/** If DNS knows nothing at all about the name, the problem is probably this machine's DNS and not SPF. */
async function isKnown(resolver: Resolver, domain: string): Promise<boolean> {
  const answers = await Promise.allSettled([
    resolver.resolveTxt(domain),
    resolver.resolveMx(domain),
    resolver.resolve4(domain),
  ]);
  return answers.some(({ status, ...answer }) => status === "fulfilled" || codeOf(answer) === "ENODATA");
}

function codeOf(answer: object): string {
  return ((answer as { reason?: NodeJS.ErrnoException }).reason?.code ?? "").toString();
}

async function finding(
  resolver: Resolver,
  name: string,
  about: string,
  wanted: RegExp,
  advice: string,
): Promise<Finding> {
  try {
    const records = (await resolver.resolveTxt(name))
      .map((parts) => parts.join(""))
      .filter((text) => wanted.test(text));
    if (records.length === 1) return { about, state: "ok", message: records[0] ?? "" };
    if (records.length > 1) return { about, state: "wrong", message: `${records.length} records; only one is allowed` };
    return { about, state: "wrong", message: `no record: ${advice}` };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (code === "ENODATA" || code === "ENOTFOUND") return { about, state: "wrong", message: `no record: ${advice}` };
    return { about, state: "unknown", message: `DNS does not answer (${code || "no reply"})` };
  }
}
