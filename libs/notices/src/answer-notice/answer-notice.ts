import { accept, reject, type Actor, type Decision } from '#decider';
import {
  alreadyEnded,
  institutionOf,
  notFound,
  rejectForeign,
  type ActivePerson,
  type Facts,
  type Notice,
  type NoticeAcknowledged,
  type NoticeClosed,
  type NoticeContested,
  type NoticeId,
} from '#person';
import type { Rejected } from '#time';

export interface AnswerNotice {
  readonly notice: NoticeId;
  readonly answer: 'acknowledged' | 'contested' | 'impossible';
  /** The legal ground of a contest; why it is impossible. */
  readonly reason?: string;
}

type Answered = NoticeAcknowledged | NoticeContested | NoticeClosed;

const STATE = { acknowledged: 'acknowledged', contested: 'contested', impossible: 'closed' } as const;

/** A notice ends acknowledged, contested with a ground, or closed as impossible; a purge ends it by itself. */
export function answerNotice(person: ActivePerson, command: AnswerNotice, facts: Facts): Decision<Answered> {
  const notice = person.notices.get(command.notice);
  if (!notice) return notFound('notice');
  const rejected = rejectForeign(undefined, facts, answering(person, notice)) ?? rejectUnexplained(command);
  if (rejected) return rejected;
  if (notice.state === STATE[command.answer]) return accept();
  if (notice.state !== 'open') return alreadyEnded('This notice was answered already.');
  return rejectUnpurged(notice, command) ?? accept(answered(command, facts.caller));
}

function answered({ notice, answer, reason = '' }: AnswerNotice, { id: by }: Actor): Answered {
  switch (answer) {
    case 'acknowledged':
      return { type: 'NoticeAcknowledged', data: { notice, by } };
    case 'contested':
      return { type: 'NoticeContested', data: { notice, by, ground: reason } };
    case 'impossible':
      return { type: 'NoticeClosed', data: { notice, reason } };
  }
}

/** The holder's institution answers; for somebody without mandate here, that of whoever told them. */
function answering(person: ActivePerson, { to, disclosures }: Notice) {
  if (to.kind !== 'outsider') return [institutionOf(to)];
  return disclosures.flatMap((id) => person.acts.get(id)?.discloser ?? []).map(institutionOf);
}

function rejectUnexplained({ answer, reason }: AnswerNotice): Rejected | undefined {
  if (answer === 'acknowledged' || (reason !== undefined && reason.trim() !== '')) return undefined;
  return reject({
    kind: 'contradiction',
    field: 'reason',
    detail: 'Neither a ground nor a reason is given.',
    remedy: 'Name the legal ground on which it is kept, or say why it cannot be done.',
  });
}

/** No valid chain is left: to have read it does not end it. */
function rejectUnpurged({ asks }: Notice, { answer }: AnswerNotice): Rejected | undefined {
  if (asks !== 'purge' || answer !== 'acknowledged') return undefined;
  return reject({
    kind: 'contradiction',
    field: 'answer',
    detail: 'This notice asks for the purge of what was received.',
    remedy: 'Attest the purge (POST …/purges), contest it with a ground, or say why it is impossible.',
  });
}
