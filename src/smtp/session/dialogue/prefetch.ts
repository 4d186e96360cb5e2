/** Fetches the next email while the current one is being sent. */

/** Asks for the next mail before there is room for it. */
export function prefetch<Mail>(take: () => Promise<Mail | null>): { mail: Promise<Mail | null>; ready(): Mail | null } {
  let ready: Mail | null = null;
  const mail = take();
  mail.then(
    (taken) => {
      ready = taken;
    },
    () => undefined,
  );
  return { mail, ready: () => ready };
}
