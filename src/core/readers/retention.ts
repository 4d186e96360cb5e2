/** How long personal data is kept, and what was erased when that time was over. */

export interface Retention {
  unconfirmedDays: number;
  networkDays: number;
  engagementDays: number;
  bounceDays: number;
  /** Absent: the audit log is kept. */
  auditLogDays?: number | undefined;
}

/** The numbers of erased records. */
export interface Retained {
  unconfirmed: number;
  networks: number;
  engagement: number;
  bounces: number;
  auditLog: number;
}
