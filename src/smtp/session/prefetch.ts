/** Fetches the next email while the current one is being sent. */

/** Asks for the next mail before there is room for it. */
export function prefetch<Job>(take: () => Promise<Job | null>): { job: Promise<Job | null>; ready(): Job | null } {
  let ready: Job | null = null;
  const job = take();
  job.then(
    (taken) => {
      ready = taken;
    },
    () => undefined,
  );
  return { job, ready: () => ready };
}
