import type { Recorded } from '#decider';
import type { PersonEvent, Recipient } from '#person';
import { begin, readFacts, type NaiveAct } from '../who-knows/naive-facts.testing.js';
import { counts } from '../who-knows/naive-rules.testing.js';

/** First and last day that are asked about; left out: no end. */
export interface Period {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The acts of an institution, by a reader who looks at every act and at everybody in it. */
export function naiveRegister(
  events: readonly Recorded<PersonEvent>[],
  institution: string,
  { from = '', to = '9999' }: Period,
  moment: string,
  knownAt: string,
) {
  const facts = readFacts(events.filter((event) => event.recordedAt <= knownAt));
  return [...facts.acts.values()]
    .filter((act) => counts(facts, act) && act.at <= moment && from <= act.day && act.day <= to)
    .map((act) => ({ act, direction: directionOf(act, institution) }))
    .filter(({ direction }) => direction !== undefined)
    .sort((a, b) => (begin(a.act.at) + a.act.id < begin(b.act.at) + b.act.id ? -1 : 1))
    .map(({ act, direction }) => ({
      disclosure: act.id,
      direction,
      on: act.day,
      discloser: act.giverIs ?? null,
      recipients: act.receivers.map(({ recipient }) => recipient),
      items: act.items,
      purpose: act.purpose,
      basis: act.provision,
      restsOn: act.restsOn,
      frame: act.frame,
      channel: act.channel,
      until: act.until ?? null,
      reported: true,
    }));
}

function directionOf({ giverIs, receivers }: NaiveAct, institution: string): string | undefined {
  const isOurs = (one: Recipient | undefined) =>
    one !== undefined && 'institution' in one && one.institution === institution;
  if (isOurs(giverIs)) return receivers.every(({ recipient }) => isOurs(recipient)) ? 'within' : 'out';
  return receivers.some(({ recipient }) => isOurs(recipient)) ? 'in' : undefined;
}
