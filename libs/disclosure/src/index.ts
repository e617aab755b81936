export { DisclosureModule } from './disclosure.module.js';
export { AssessmentAnswer } from './assess-disclosure/assessment-answer.controller.js';
export { CHANNELS, DisclosedItemRequest, disclosedItemsOf } from './disclosure.request.js';
export { held } from './holding.js';
export { judgeIntention, type IntendedFacts, type JudgedIntention } from './intended.js';
export { declaredIn, ExceptionRequest, WithheldRequest, wishOf } from './intended.request.js';
export { Intentions, type DisclosureWish } from './intention.query.js';
export { recordDisclosure, type RecordDisclosure } from './record-disclosure/record-disclosure.js';
export { RecordDisclosureCommand } from './record-disclosure/record-disclosure.handler.js';
export {
  disclosureIn,
  isRefusal,
  RecordDisclosureRequest,
} from './record-disclosure/record-disclosure.controller.js';
export { ReportDisclosureRequest } from './report-disclosure/report-disclosure.controller.js';
export * as disclosureTesting from './testing.js';
export { rejectTabling, rejectUnknownDisclosed } from './rules.js';
