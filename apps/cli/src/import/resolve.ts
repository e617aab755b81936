import { fillingOf, type Constructor, type Filling } from '#http';
import type { Body } from './line.js';

/** The id that stands for what was written where the API wants one: itself, or what an earlier line of that name made. */
export type FindId = (written: string, field: string) => Promise<string>;

/** The body with ids in the place of references, wherever the request has an id. */
export async function withIds(request: Constructor, body: Body, find: FindId, within = ''): Promise<Body> {
  const fields: [string, unknown][] = [];
  for (const [field, value] of Object.entries(body))
    fields.push([field, await withIdsIn(fillingOf(request, field), value, find, within + field)]);
  return Object.fromEntries(fields) as Body;
}

async function withIdsIn(
  filling: Filling | undefined,
  value: unknown,
  find: FindId,
  at: string,
): Promise<unknown> {
  if (filling === 'id') return typeof value === 'string' ? find(value, at) : value;
  if (filling === 'ids') return eachOf(value, (one, i) => withIdsIn('id', one, find, `${at}[${i}]`));
  if (typeof filling !== 'object') return value;
  if ('part' in filling) return isBody(value) ? withIds(filling.part(), value, find, `${at}.`) : value;
  const part = { part: filling.parts };
  return eachOf(value, (one, i) => withIdsIn(part, one, find, `${at}[${i}]`));
}

async function eachOf(
  value: unknown,
  change: (one: unknown, i: number) => Promise<unknown>,
): Promise<unknown> {
  if (!Array.isArray(value)) return value;
  const changed: unknown[] = [];
  for (const [i, one] of value.entries()) changed.push(await change(one, i));
  return changed;
}

function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
