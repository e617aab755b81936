import { OneOf } from '#http';
import { REASON_CODES, REASONS, type Reason } from '#person';
import { QuestionRequest } from '../moment.request.js';

const LIST = REASON_CODES.map((code) => `\`${code}\`: ${REASONS[code].fr} / ${REASONS[code].en}`).join('; ');

/** A question whose answer names a person, or many. */
export class PersonQuestionRequest extends QuestionRequest {
  @OneOf(REASON_CODES, {
    optional: true,
    description: `Why a professional or a program asks; the person's own questions need none. ${LIST}.`,
  })
  reason?: Reason;
}
