/** Compares two descriptions of the API: what would a program notice that was written for the earlier one? */

export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
}

interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

export interface Description {
  paths: Record<string, Record<string, Operation>>;
}

/** What programs send, or what they get: a request may allow more than before, an answer may say more. */
type Way = "request" | "answer";

/** @returns one sentence for each break; new operations, new optional parameters, new fields of answers and new values are none. */
export function breakingChanges(before: Description, now: Description): string[] {
  return Object.entries(before.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const at = `${method.toUpperCase()} ${path}`;
      const other = now.paths[path]?.[method];
      return other ? operationChanges(operation, other, at) : [`${at} is gone`];
    }),
  );
}

function operationChanges(before: Operation, now: Operation, at: string): string[] {
  return [...parameterChanges(before, now, at), ...bodyChanges(before, now, at), ...answerChanges(before, now, at)];
}

function parameterChanges({ parameters: before = [] }: Operation, { parameters: now = [] }: Operation, at: string) {
  const same = (one: { name: string; in: string }, other: { name: string; in: string }): boolean =>
    one.name === other.name && one.in === other.in;
  const gone = before.flatMap((parameter) => {
    const other = now.find((each) => same(each, parameter));
    const place = `${at}: parameter ${parameter.name}`;
    return other ? schemaChanges("request", parameter.schema, other.schema, place) : [`${place} is gone`];
  });
  const demanded = now.filter(
    (parameter) => parameter.required && !before.some((each) => same(each, parameter) && each.required),
  );
  return [...gone, ...demanded.map(({ name }) => `${at}: parameter ${name} is required now`)];
}

function bodyChanges({ requestBody: before }: Operation, { requestBody: now }: Operation, at: string): string[] {
  const place = `${at}: body`;
  if (!now) return before ? [`${place} is gone`] : [];
  const demanded = now.required && !before?.required ? [`${place} is required now`] : [];
  const changed = Object.entries(before?.content ?? {}).flatMap(([type, { schema }]) => {
    const other = now.content[type];
    return other ? schemaChanges("request", schema, other.schema, place) : [`${place} as ${type} is gone`];
  });
  return [...demanded, ...changed];
}

function answerChanges({ responses: before }: Operation, { responses: now }: Operation, at: string): string[] {
  return Object.entries(before)
    .filter(([status]) => status.startsWith("2"))
    .flatMap(([status, { content = {} }]) => {
      const other = now[status];
      if (!other) return [`${at}: answer ${status} is gone`];
      return Object.entries(content).flatMap(([type, { schema }]) => {
        const media = other.content?.[type];
        const place = `${at}: answer ${status}`;
        return media ? schemaChanges("answer", schema, media.schema, place) : [`${place} as ${type} is gone`];
      });
    });
}

function schemaChanges(way: Way, before: Schema, now: Schema, at: string): string[] {
  const options = [before.anyOf ?? before.oneOf, now.anyOf ?? now.oneOf] as const;
  if (options[0] || options[1]) return optionChanges(way, options[0] ?? [before], options[1] ?? [now], at);
  return [
    ...typeChanges(way, before, now, at),
    ...(way === "request" ? limitChanges(before, now, at) : []),
    ...fieldChanges(way, before, now, at),
    ...(before.items && now.items ? schemaChanges(way, before.items, now.items, `${at}[]`) : []),
    ...(typeof before.additionalProperties === "object" && typeof now.additionalProperties === "object"
      ? schemaChanges(way, before.additionalProperties, now.additionalProperties, `${at}.*`)
      : []),
  ];
}

/** Each form that was allowed in a request is still allowed; an answer has no form that it did not have. */
function optionChanges(way: Way, before: readonly Schema[], now: readonly Schema[], at: string): string[] {
  const fits = (one: Schema, other: Schema): boolean => schemaChanges(way, one, other, at).length === 0;
  if (way === "request")
    return before.every((one) => now.some((other) => fits(one, other))) ? [] : [`${at} does not allow a form any more`];
  return now.every((other) => before.some((one) => fits(one, other))) ? [] : [`${at} has a new form`];
}

function typeChanges(way: Way, before: Schema, now: Schema, at: string): string[] {
  const [narrow, wide] = way === "request" ? [before, now] : [now, before];
  const [some, all] = [typesOf(narrow), typesOf(wide)];
  if (all.length === 0 || (some.length > 0 && some.every((type) => all.includes(type) || fitsNumber(type, all))))
    return [];
  return [`${at} was ${typesOf(before).join(" or ") || "anything"}, is now ${typesOf(now).join(" or ") || "anything"}`];
}

function fitsNumber(type: string, all: readonly string[]): boolean {
  return type === "integer" && all.includes("number");
}

function typesOf({ type, const: value, enum: values }: Schema): string[] {
  if (type !== undefined) return [type].flat();
  const known = value !== undefined ? [value] : (values ?? []);
  return [...new Set(known.map((each) => (each === null ? "null" : typeof each)))];
}

/** Only for requests: an answer may be more limited, and may have new values. */
function limitChanges(before: Schema, now: Schema, at: string): string[] {
  const allowed = now.const !== undefined ? [now.const] : now.enum;
  const wanted = before.const !== undefined ? [before.const] : before.enum;
  const lost = allowed && (wanted ?? ["other values"]).filter((value) => !allowed.includes(value));
  const stricter = [
    ...(["minimum", "minLength"] as const).filter((name) => (now[name] ?? -Infinity) > (before[name] ?? -Infinity)),
    ...(["maximum", "maxLength"] as const).filter((name) => (now[name] ?? Infinity) < (before[name] ?? Infinity)),
    ...(now.pattern !== undefined && now.pattern !== before.pattern ? ["pattern"] : []),
  ];
  return [
    ...(lost && lost.length > 0 ? [`${at} does not allow ${lost.join(", ")} any more`] : []),
    ...stricter.map((name) => `${at} has a stricter ${name}`),
  ];
}

function fieldChanges(way: Way, before: Schema, now: Schema, at: string): string[] {
  const changed = Object.entries(before.properties ?? {}).flatMap(([name, field]) => {
    const other = now.properties?.[name];
    const place = `${at}.${name}`;
    if (other) return schemaChanges(way, field, other, place);
    return way === "request" && now.additionalProperties !== false ? [] : [`${place} is gone`];
  });
  const [some, all] = way === "request" ? [now, before] : [before, now];
  const missing = (some.required ?? []).filter((name) => !all.required?.includes(name));
  const words = way === "request" ? "is required now" : "can be absent now";
  return [
    ...changed,
    ...missing.filter((name) => way === "request" || now.properties?.[name]).map((name) => `${at}.${name} ${words}`),
  ];
}
