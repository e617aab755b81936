import { describe, expect, test } from '@jest/globals';
import { asId } from '#decider';
import { personTesting, type NoticeIssued, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { around, consented, noel, nurse, told } from '../testing.js';
import { answerNotice, type AnswerNotice } from './answer-notice.js';

const { CCAS, facts, id, NURSE, SOCIAL_WORKER, SSIAD } = personTesting;

const notice: NoticeIssued['data'] = {
  notice: id('Notice', 1),
  to: noel,
  items: [id('Item', 1)],
  disclosures: [id('Disclosure', 1)],
  because: asId<'Event'>('e'),
  since: civilDate('2026-02-20'),
  asks: 'purge',
  answerBy: civilDate('2026-03-31'),
};
const toNoel = told(1, { discloser: nurse, recipients: [noel] }, '2026-01-10');
const contested: AnswerNotice = {
  notice: notice.notice,
  answer: 'contested',
  reason: 'CASF L222-3',
};
const acknowledged: AnswerNotice = { ...contested, answer: 'acknowledged' };

const ofCcas = facts({ caller: { kind: 'mandate', id: SOCIAL_WORKER }, callerInstitution: CCAS });
const ofSsiad = facts({ caller: { kind: 'mandate', id: NURSE }, callerInstitution: SSIAD });

function decide(command: AnswerNotice, asks: 'purge' | 'acknowledge' = 'purge', ...more: PersonEvent[]) {
  const { after } = around(consented, toNoel, { type: 'NoticeIssued', data: { ...notice, asks } }, ...more);
  return answerNotice(after, command, ofCcas);
}

const purged: PersonEvent = {
  type: 'PurgeAttested',
  data: { holder: noel, items: [id('Item', 1)], remains: 'nothing' },
  effectiveAt: civilDate('2026-02-21'),
};

describe('answer a notice', () => {
  test('records a contest with its ground, and nothing the second time', () => {
    const data = { notice: notice.notice, by: SOCIAL_WORKER, ground: 'CASF L222-3' };
    expect(decide(contested)).toEqual({ kind: 'accepted', events: [{ type: 'NoticeContested', data }] });
    expect(decide(contested, 'purge', { type: 'NoticeContested', data })).toEqual({
      kind: 'accepted',
      events: [],
    });
  });

  test('records that one who may keep it has read it', () => {
    expect(decide(acknowledged, 'acknowledge')).toMatchObject({ events: [{ type: 'NoticeAcknowledged' }] });
  });

  test('records why it is impossible', () => {
    const impossible: AnswerNotice = { ...contested, answer: 'impossible', reason: 'Service dissous.' };
    expect(decide(impossible)).toMatchObject({
      events: [{ type: 'NoticeClosed', data: { reason: 'Service dissous.' } }],
    });
  });

  test('does not end a notice that asks for a purge by reading it', () => {
    expect(decide(acknowledged)).toMatchObject({ rejection: { kind: 'contradiction', field: 'answer' } });
  });

  test('asks for a ground or a reason', () => {
    const { reason: _, ...silent } = contested;
    expect(decide(silent)).toMatchObject({ rejection: { kind: 'contradiction', field: 'reason' } });
    expect(decide({ ...contested, reason: ' ' })).toMatchObject({ rejection: { field: 'reason' } });
  });

  test('is for the institution of its holder', () => {
    const { after } = around(consented, toNoel, { type: 'NoticeIssued', data: notice });
    expect(answerNotice(after, contested, ofSsiad)).toMatchObject({ rejection: { kind: 'not-permitted' } });
  });

  test('is for whoever told it where the holder has no mandate here', () => {
    const outsider = { kind: 'outsider', outsider: id('Outsider', 1) } as const;
    const { after } = around(consented, told(1, { discloser: nurse, recipients: [outsider] }, '2026-01-10'), {
      type: 'NoticeIssued',
      data: { ...notice, to: outsider },
    });
    expect(answerNotice(after, contested, ofSsiad).kind).toBe('accepted');
    expect(answerNotice(after, contested, ofCcas)).toMatchObject({ rejection: { kind: 'not-permitted' } });
  });

  test('knows no notice of another name, and none that ended otherwise', () => {
    expect(decide({ ...contested, notice: id('Notice', 2) })).toMatchObject({
      rejection: { kind: 'not-found' },
    });
    expect(decide(contested, 'purge', purged)).toMatchObject({ rejection: { kind: 'already-ended' } });
  });

  test('is not needed once the purge is attested, if it comes after what ended', () => {
    const state = (...more: PersonEvent[]) =>
      around(consented, toNoel, { type: 'NoticeIssued', data: notice }, ...more).after.notices.get(
        notice.notice,
      )!.state;
    expect(state()).toBe('open');
    expect(state(purged)).toBe('purged');
    expect(state({ ...purged, effectiveAt: civilDate('2026-02-01') })).toBe('open');
  });
});
