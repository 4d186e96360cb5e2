/** How long personal data is kept, and what was erased when that time was over. */

export interface Retention {
  unconfirmedDays: number;
  networkDays: number;
  engagementDays: number;
  bounceDays: number;
}

/** How much of each was erased. */
export interface Retained {
  unconfirmed: number;
  networks: number;
  engagement: number;
  bounces: number;
}
