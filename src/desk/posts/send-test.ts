/** Sends a post as a test email to given addresses. Nothing is recorded in the ledger. */

import { z } from "zod";
import { ConfigError, messageOf } from "#core/errors.ts";
import type { Reading } from "#core/posts/content.ts";
import type { EmailRendition } from "#core/renditions/rendition.ts";
import { DeliveryError } from "#core/sending/delivery.ts";
import { sendTestMail, type TestMailPorts } from "#pipeline/sending/test-mail.ts";
import { type Actor, act, anyLimits } from "../act.ts";
import { testAnswer } from "../answers/site.ts";
import { requireChannels } from "../limits.ts";
import type { Opening, SitePorts } from "../ports.ts";
import { requireAddress } from "../readers/address.ts";
import { readNamed, refusedDocuments } from "./read.ts";

export interface TestAnswer {
  reading: Reading;
  /** One result for each address; empty if the post can't be read. */
  tests: { to: string; accepted: boolean; message: string }[];
}

type TestPorts = SitePorts & Opening<TestMailPorts> & { stop: AbortSignal };

export const sendTest = act({
  name: "posts.send-test",
  asks: z.strictObject({
    post: z.string().min(1),
    to: z.array(z.string()).min(1),
    /** Default: the first email channel. */
    channel: z.string().min(1).optional(),
  }),
  needs: "publish",
  within: anyLimits,
  answers: testAnswer,
  async run({ post: name, to, channel: wanted }, actor: Actor, ports: TestPorts): Promise<TestAnswer> {
    for (const address of to) requireAddress(address);
    const channel = wanted === undefined ? ports.channelsOf("email")[0] : ports.channelsNamed([wanted])[0];
    if (channel?.medium !== "email") throw new ConfigError("There is no email channel in the configuration");
    requireChannels(actor, wanted === undefined ? undefined : [wanted], [channel]);
    const reading = await readNamed(name, actor, ports);
    const { post } = reading;
    if (!post) return { reading, tests: [] };
    const mail = (await ports.renderOffline(post, channel)) as EmailRendition;
    const test = { channel: channel.name, list: channel.list ?? channel.name, mail };
    const opened = await ports.opened();
    const tests: TestAnswer["tests"] = [];
    for (const address of to)
      try {
        const receipt = await sendTestMail(test, address, opened, ports.stop);
        tests.push({ to: address, accepted: true, message: receipt.url ?? receipt.response ?? "" });
      } catch (error) {
        const message = error instanceof DeliveryError ? error.failure.message : messageOf(error);
        tests.push({ to: address, accepted: false, message });
      }
    return { reading, tests };
  },
  document: ({ reading, tests }, { placeOf }) => ({
    tests,
    ...(!reading.post && { refused: refusedDocuments([reading], placeOf) }),
  }),
});
