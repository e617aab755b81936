import fc from 'fast-check';
import { asCode, type Recorded } from '#decider';
import { personTesting, type PersonEvent, type Recipient, type ReportedData } from '#person';
import { HOLDERS, pick } from './history-parts.testing.js';
import { crowdedHistories, heldHistories, histories } from './history.testing.js';

const OUTSIDE: readonly Recipient[] = [
  { kind: 'outsider', outsider: personTesting.id('Outsider', 1) },
  { kind: 'unknown' },
];

/** Random histories in which acts name provisions, frames, channels and people outside, and corrections change those. */
export const codedHistories = fc
  .oneof(histories, crowdedHistories, heldHistories)
  .map((events) => events.map(coded));

function coded(event: Recorded<PersonEvent>): Recorded<PersonEvent> {
  const n = event.revision;
  if (event.type === 'DisclosureReported')
    return { ...event, data: { ...event.data, ...codes(event.data, n) } };
  if (event.type !== 'DisclosureCorrected' || n % 3 === 0) return event;
  const changes = {
    ...event.data.changes,
    ...(n % 3 === 1 ? { purpose: asCode<'Purpose'>('another'), channel: 'email' as const } : {}),
    ...(n % 4 === 1 ? { discloser: pick(HOLDERS, n) } : {}),
  };
  return { ...event, data: { ...event.data, changes } };
}

function codes(data: ReportedData, n: number): Partial<ReportedData> {
  const provision = asCode<'Provision'>(`provision-${n % 3}`);
  return {
    ...(n % 2 === 0 ? { frame: 'exchange' } : {}),
    ...(n % 3 === 0 ? { channel: 'oral' } : {}),
    ...(data.basis && n % 5 > 1 ? { basis: { ...data.basis, provision } } : {}),
    ...(n % 4 === 0 ? { recipients: [...(data.recipients ?? []), pick(OUTSIDE, n / 4)] } : {}),
  };
}
