/** What people and programs may do: permissions, and the roles, which are fixed sets of them. */

/** In the order in which messages and tables list them. */
export const permissions = ["read", "check", "publish", "approve", "operate", "readers", "admin"] as const;
export type Permission = (typeof permissions)[number];

/**
 * What a link allows whoever has it: to decide about one edition, to change one's own subscription, or to sign in. No
 * role has these.
 */
export type LinkPermission = "review" | "self" | "sign-in";

/** From the fewest permissions to the most. */
export const roles = ["viewer", "author", "publisher", "operator", "admin"] as const;
export type Role = (typeof roles)[number];

const viewer: readonly Permission[] = ["read"];
const author: readonly Permission[] = [...viewer, "check"];
const publisher: readonly Permission[] = [...author, "publish", "approve"];
const operator: readonly Permission[] = [...publisher, "operate", "readers"];

/** Each role has every permission of the role before it. */
export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  ...{ viewer, author, publisher, operator },
  admin: permissions,
};

/** What the role of a person gives to a program. A program may only approve plans if its token says so expressly. */
export function scopesOfRole(role: Role): Permission[] {
  return permissionsOf[role].filter((permission) => permission !== "approve");
}

/** The roles that have at least one of these permissions. */
export function rolesWith(wanted: readonly (Permission | LinkPermission)[]): Role[] {
  return roles.filter((role) => permissionsOf[role].some((each) => wanted.includes(each)));
}
