import type { Notice, PersonId } from '#person';
import { dayOf } from '#time';

export const MESSAGE_TYPE = 'fr.sillage.notice.issued';
export const MEDIA_TYPE = 'application/cloudevents+json; charset=utf-8';

/**
 * A notice as a CloudEvents 1.0 structured event. Ids and what is asked, until when: no name, no label, no reason.
 * @param source URN of the ledger
 */
export function messageOf(source: string, person: PersonId, notice: Notice): string {
  const { items, disclosures, to, asks, answerBy } = notice;
  return JSON.stringify({
    specversion: '1.0',
    id: notice.notice,
    source,
    type: MESSAGE_TYPE,
    time: notice.origin.recordedAt,
    datacontenttype: 'application/json',
    data: { notice: notice.notice, person, to, items, disclosures, asks, answerBy: dayOf(answerBy) },
  });
}
