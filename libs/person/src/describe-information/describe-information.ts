import { accept, asCode, type Decision, type Effective } from '#decider';
import { rejectNotInForce, rejectUnknownCodes, type Mandate } from '#directory';
import type { InformationDescribed } from '../item.events.js';
import type { Facts } from '../person-desk.js';
import type { ActivePerson } from '../person.state.js';
import {
  rejectImpossibleDate,
  rejectUnknownCategory,
  rejectUnknownPurpose,
  rejectUnknownSource,
} from '../rules.js';

export interface DescribeInformation {
  readonly information: InformationDescribed['data'];
  /** The mandate under which it was learnt. */
  readonly mandate: Mandate;
  /** When it was learnt; left out: now. */
  readonly effectiveAt?: Effective;
}

export function describeInformation(
  person: ActivePerson,
  { information, mandate, effectiveAt }: DescribeInformation,
  { now, catalogue }: Facts,
): Decision<InformationDescribed> {
  const { category, secretBy, holding } = information;
  return (
    rejectUnknownCategory(catalogue, 'category', category) ??
    rejectUnknownCodes('secretBy', 'binding', secretBy, (code) => !!catalogue.binding(asCode(code))) ??
    rejectUnknownPurpose(catalogue, 'purpose', holding.purpose) ??
    rejectUnknownSource(person, 'source', holding.source) ??
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    rejectNotInForce('holder', mandate, effectiveAt ?? now) ??
    accept({ type: 'InformationDescribed', data: information, effectiveAt })
  );
}
