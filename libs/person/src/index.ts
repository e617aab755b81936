export { accessFold, consult, type Access } from './access/access.js';
export * from './access/access.events.js';
export * from './deferral/deferral.events.js';
export { deferralFold, type Deferral, type KnownDeferral } from './deferral/deferral.js';
export { deferralOf, Deferrals, type Beholder, type FoundDeferral } from './deferral/deferrals.js';
export { lookAtDeferral } from './deferral/looking.query.js';
export { asPlaced, inPlace, isPlaced, ownRevision, placeNumber, revealedBy } from './deferral/placed.js';
export { answeringContests, answeringFor, corrected, originalOf, stands, withCopies } from './disclosure.js';
export type * from './basis.js';
export * from './declared.js';
export * from './disclosure.events.js';
export * from './refusal-reason.js';
export { isDisclosersSide } from './side.js';
export * from './follow-up.events.js';
export { fencesOn, hasBeyondSession, type Fences, type ItemFences } from './fences.js';
export * from './identity.events.js';
export * from './in-force.js';
export {
  actsOn,
  categoryAt,
  institutionsHolding,
  momentsOfKnowing,
  momentsOfReceiving,
  purgesBy,
} from './item.js';
export * from './item.events.js';
export { bearsFromMs, comesAfter, type Dated } from './order.js';
export {
  comesBefore,
  comparePlaces,
  firstFrom,
  isHolding,
  placeBefore,
  placeOfAct,
  placeOfHolding,
  type Place,
} from './place.js';
export type { PersonEvent } from './person.events.js';
export * from './person.ids.js';
export { answeringObjections, answerOf } from './will.js';
export { PERSON_EVENT_TYPES, personFold, withPlaced } from './person.js';
export type * from './person.state.js';
export * from './recipient.js';
export * from './will.events.js';
export * from './recipient.request.js';
export { rejectForeign, rejectForeignHolder } from './foreign.js';
export * from './rules.js';
export { sameData } from './same-data.js';
export * from './source.request.js';
export * from './scope.request.js';
export * from './speaker.request.js';
export * from './person-desk.js';
export * from './person-index.js';
export * from './acting.request.js';
export * as personTesting from './testing.js';
export { LedgerPersons } from './ledger-persons.handler.js';
export { PersonModule } from './person.module.js';
export { DescribeInformationRequest } from './describe-information/describe-information.controller.js';
export { InformPersonRequest } from './inform-person/inform-person.controller.js';
export { RegisterOutsiderRequest } from './register-outsider/register-outsider.controller.js';
export { RegisterPersonRequest } from './register-person/register-person.controller.js';
export { ReasonRequest } from './access/reason.request.js';
export { consulting, type Consult } from './access/consulting.query.js';
export { SearchFollower } from './access/search-follower.handler.js';
export { Searches } from './access/searching.query.js';
