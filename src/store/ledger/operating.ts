/** The ledger's functions for operators. */

import type { CampaignLedger, ReportLedger, RepublicationLedger, WithdrawalLedger } from "#core/ports/operating.ts";
import type { Sql } from "#core/ports/transaction.ts";
import type { Database } from "../database/database.ts";
import { campaigns } from "../listings/campaigns.ts";
import { channelCleared, channelFailed } from "../publications/publications.ts";
import { report } from "../publications/report.ts";
import {
  cancelledOf,
  copies,
  edited,
  finish,
  openCopies,
  replacing,
  retry,
  retryOne,
  withdrawn,
} from "../publications/republish.ts";
import {
  editionsWith,
  endWithdrawal,
  holdWithdrawals,
  withdrawnAmong,
  withdrawnSince,
  withdrawPost,
} from "../publications/withdrawals.ts";
import { audit, auditedDeliveries } from "../sending/audit.ts";
import { controlCampaign, countFailures } from "../sending/campaigns.ts";
import { chooseSubject, subjectChosen } from "../sending/subjects.ts";
import { workedChannels } from "../sending/workers.ts";

export type OperatingLedger = CampaignLedger & RepublicationLedger & WithdrawalLedger & ReportLedger;

export function openOperatingLedger({ pool: sql, transaction }: Database): OperatingLedger {
  return {
    control: (id, channel, action, actor, reason) =>
      transaction((tx) => controlCampaign(tx, id, channel, action, actor, reason)),
    subjectChosen: (id, channel) => transaction((tx) => subjectChosen(tx, id, channel)),
    chooseSubject: (id, channel, subject, actor) => transaction((tx) => chooseSubject(tx, id, channel, subject, actor)),
    countFailures: (id, channel, failures) => countFailures(sql, id, channel, failures),
    channelFailed: (id, channel, failure, stallAfter) =>
      transaction((tx) => channelFailed(tx, id, channel, failure, stallAfter)),
    channelWorks: (id, channel) => channelCleared(sql, id, channel),
    copies: (postId) => copies(sql, postId),
    cancelledOf: (id, channel) => cancelledOf(sql, id, channel),
    finish,
    retry,
    retryOne,
    replacing,
    edited,
    openCopies: (postId) => openCopies(sql, postId),
    withdrawn,
    withdrawPost,
    endWithdrawal,
    withdrawnSince,
    async withdrawnAmong(posts, channels, tx?: Sql) {
      if (tx) await holdWithdrawals(tx, "others");
      return withdrawnAmong(tx ?? sql, posts, channels);
    },
    async editionsWith(post, tx?: Sql) {
      if (tx) await holdWithdrawals(tx, "mine");
      return editionsWith(tx ?? sql, post);
    },
    report: (postId) => report(sql, postId === undefined ? undefined : [postId]),
    workedChannels: () => workedChannels(sql),
    campaigns: (id) => campaigns(sql, id),
    audit: (id) => audit(sql, id),
    auditedDeliveries: (id) => auditedDeliveries(sql, id),
  };
}
