import {
  answeringFor,
  answerOf,
  categoryAt,
  consentPeriod,
  covered,
  holderKey,
  inScope,
  majorityOf,
  type Act,
  type ActivePerson,
  type AssessedDuty,
  type Information,
  type ItemId,
  type Passing,
  type Recipient,
} from '#person';
import { endMs, FOREVER_MS, startMs } from '#time';
import type { Effective } from '#decider';

/** What of one act a duty is about, as corrections left it. */
export interface Part {
  readonly act: Act;
  readonly recipient: Recipient;
  readonly items: readonly ItemId[];
  /** Ids of the facts that its standing rests on. */
  readonly cited?: readonly string[];
}

/** Epoch ms from which the duty is done, by whatever on record fulfils it; FOREVER_MS: nothing does yet. */
export function doneMs(
  person: ActivePerson,
  part: Part,
  { kind, debtor }: Pick<AssessedDuty, 'kind' | 'debtor'>,
): number {
  const { act } = part;
  switch (kind) {
    case 'inform-person':
      return toldMs(person, part);
    case 'seek-consent':
      return askedMs(person, part);
    case 'record-consent-sought':
      return Math.min(askedMs(person, part), dischargedMs(act, kind, debtor));
    case 'answer-objection':
      return answeredMs(person, part, debtor) ?? dischargedMs(act, kind, debtor);
    case 'purge':
    case 'attest-destruction':
      return purgedMs(person, part, () => true);
    // Whoever keeps it in memory can still pass it on, and still wants to know what changed.
    case 'no-onward-sharing':
    case 'notify-changes':
      return purgedMs(person, part, (remains) => remains === 'nothing');
    case 'record-effect':
      return first(act.effectsSeenAt ?? []);
    case 'record-care-relation':
      return careRecordedMs(person, part);
    default:
      return dischargedMs(act, kind, debtor);
  }
}

/** When the person was told of it, or for a minor every holder of parental authority, before the act or after. */
export function toldMs(person: ActivePerson, part: Part): number {
  const told = (information: Information) =>
    passingsOf(person, part).every((p) => tells(person, information, p));
  const all = [...person.informations.values()].filter(told);
  const toEach = mustBeTold(person, part.act).map((representative) =>
    all.filter(({ to }) => to.kind === 'representative' && to.representative === representative),
  );
  return last(
    (toEach.length > 0 ? toEach : [all]).map((some) => first(some.map(({ origin }) => origin.effectiveAt))),
  );
}

function mustBeTold(person: ActivePerson, { effectiveAt }: Act) {
  const majority = majorityOf(person.identity.birthDate);
  if (!majority || startMs(effectiveAt) >= startMs(majority)) return [];
  return [...person.representations.values()]
    .filter(({ kind }) => kind === 'parental-authority')
    .map(({ representative }) => representative);
}

/** A notice that names no recipient is a general one, and covers those who take part in care. */
function tells(person: ActivePerson, information: Information, passing: Passing): boolean {
  const { recipient } = passing;
  const inCare = recipient.kind === 'mandate' && person.care.has(recipient.mandate);
  return inScope(information, passing) && (information.recipients.length > 0 || inCare);
}

/** When an answer was had to the question for agreement: a consent, or a refusal. */
function askedMs(person: ActivePerson, part: Part): number {
  const actMs = startMs(part.act.effectiveAt);
  const consents = [...person.consents.values()].filter((one) => consentPeriod(person, one).untilMs > actMs);
  const refusals = [...person.refusals.values()].filter(({ origin }) => endMs(origin.effectiveAt) > actMs);
  return last(
    passingsOf(person, part).map((passing) =>
      first([
        ...consents.filter((one) => covered(one, passing)).map(({ origin }) => origin.effectiveAt),
        ...refusals.filter((one) => inScope(one, passing)).map(({ origin }) => origin.effectiveAt),
      ]),
    ),
  );
}

/** When the debtor had answered every objection that stood against the act; undefined where none did. */
function answeredMs(person: ActivePerson, part: Part, debtor: AssessedDuty['debtor']): number | undefined {
  const institution = answeringFor(part.act, debtor);
  const actEnd = endMs(part.act.effectiveAt);
  const objections = [...person.objections.values()].filter(
    (one) =>
      startMs(one.origin.effectiveAt) < actEnd &&
      passingsOf(person, part).some((passing) => inScope(one, passing)),
  );
  if (objections.length === 0) return undefined;
  return last(objections.map((one) => first([answerOf(one, institution)?.answeredAt, one.liftedAt])));
}

function purgedMs(
  person: ActivePerson,
  { act, recipient, items }: Part,
  counts: (remains: string) => boolean,
): number {
  const key = holderKey(recipient);
  return last(
    items.map((item) =>
      first(
        (person.purges.get(item)?.toArray() ?? [])
          .filter(({ holder, remains, origin }) => {
            const isLater = endMs(origin.effectiveAt) > startMs(act.effectiveAt);
            return holderKey(holder) === key && isLater && counts(remains);
          })
          .map(({ origin }) => origin.effectiveAt),
      ),
    ),
  );
}

/** The mandates that took part in care by declaration only: the recipient's, and the discloser's where it is cited. */
function careRecordedMs(person: ActivePerson, { act, recipient, cited = [] }: Part): number {
  const parties = [recipient, act.discloser].flatMap((party) =>
    party?.kind === 'mandate' ? [party.mandate] : [],
  );
  const declared = parties.filter((mandate) => cited.some((fact) => fact.endsWith(mandate)));
  return last(
    (declared.length > 0 ? declared : parties.slice(0, 1)).map((mandate) =>
      first((person.care.get(mandate)?.toArray() ?? []).map(({ origin }) => origin.effectiveAt)),
    ),
  );
}

/** What an institution says to be done counts for all that its mandates owe of that kind. */
export function dischargedMs(act: Act, kind: string, debtor: AssessedDuty['debtor']): number {
  const institution = answeringFor(act, debtor);
  return first(
    (act.discharged ?? [])
      .filter((one) => one.kind === kind && one.institution === institution)
      .map(({ origin }) => origin.effectiveAt),
  );
}

export function passingsOf(person: ActivePerson, { act, recipient, items }: Part): readonly Passing[] {
  const { discloser, purpose, effectiveAt, origin } = act;
  return items.map((item) => ({
    item,
    category: categoryAt(person, item, { effectiveAt, revision: origin.revision }),
    recipient,
    discloser,
    purpose,
  }));
}

/** Epoch ms of the first of them; FOREVER_MS where there is none. */
export function first(dates: readonly (Effective | undefined)[]): number {
  return Math.min(FOREVER_MS, ...dates.filter((date) => date !== undefined).map(startMs));
}

/** All of them must have come. */
function last(moments: readonly number[]): number {
  return moments.length === 0 ? FOREVER_MS : Math.max(...moments);
}
