import type { Recipient, RecipientScope, Scope } from '#person';
import { keyOf, type NaiveAct, type NaiveFacts } from './naive-facts.testing.js';

/** What a naive reader takes scopes, orders and copies to mean. */

export function inside(
  scope: Scope,
  item: string,
  category: string,
  recipient: Recipient,
  purpose: string,
): boolean {
  const anyItem = scope.items.length === 0 && scope.categories.length === 0;
  const items =
    anyItem || scope.items.some((i) => i === item) || scope.categories.some((c) => c === category);
  const named = (r: RecipientScope) =>
    r.kind === 'institution'
      ? recipient.kind !== 'outsider' &&
        recipient.kind !== 'unknown' &&
        recipient.institution === r.institution
      : keyOf(r, '') === keyOf(recipient, '');
  const recipients = scope.recipients.length === 0 || scope.recipients.some(named);
  return items && recipients && (scope.purposes.length === 0 || scope.purposes.some((p) => p === purpose));
}

/** As far as both dates tell, then by the record. */
export function isLater(one: { at: string; n: number }, other: { at: string; n: number }): boolean {
  const told = Math.min(one.at.length, other.at.length);
  const [a, b] = [one.at.slice(0, told), other.at.slice(0, told)];
  return a === b ? one.n > other.n : a > b;
}

/** The last category that was on record before this and had begun by then. */
export function categoryFor(facts: NaiveFacts, item: string, act: { at: string; n: number }): string {
  const [first, ...later] = facts.categories.get(item)!;
  return (later.findLast((given) => given.n < act.n && isLater(act, given)) ?? first!).category;
}

/** Of several records of one act one counts: the one that the others point to and that nobody retracted. */
export function counts(facts: NaiveFacts, act: NaiveAct): boolean {
  if (act.retracted) return false;
  const met: NaiveAct[] = [];
  for (let one: NaiveAct | undefined = act; one && !one.retracted; one = facts.acts.get(one.copyOf ?? '')) {
    if (met.includes(one)) {
      const circle = met.slice(met.indexOf(one));
      return circle.includes(act) && circle.every((other) => other.n >= act.n);
    }
    met.push(one);
  }
  return met.length === 1;
}
