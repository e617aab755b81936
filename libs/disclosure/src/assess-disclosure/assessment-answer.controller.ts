import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import {
  STATES,
  type Alternative,
  type Assessment,
  type CellResult,
  type Consequence,
  type Duty,
  type Explanation,
  type FactRef,
  type OtherWay,
  type PointResult,
  type Removal,
  type State,
  type Verdict,
} from '#assessment';
import type { ItemLeftOut } from '#person';

const VERDICTS: readonly Verdict[] = ['allow', 'allow-with-duties', 'escalate', 'deny'];

const CAUTION = 'Where the cited text was not read, or its reading is doubted.';

class TextAnswer {
  @ApiProperty() fr!: string;
  @ApiProperty() en!: string;
}

class FactAnswer {
  @ApiProperty({ example: 'consent' }) kind!: FactRef['kind'];
  @ApiProperty({ required: false, description: 'Left out: it belongs to another institution.' }) id?: string;
}

class ConsequenceAnswer {
  @ApiProperty({ type: String }) provision!: Consequence['provision'];
  @ApiProperty() citation!: string;
  @ApiProperty({ type: TextAnswer }) summary!: TextAnswer;
  @ApiProperty({ type: TextAnswer, nullable: true, description: CAUTION }) caution!: TextAnswer | null;
}

class ExplanationAnswer {
  @ApiProperty({ type: String, description: 'The rule that decided, a stable id.' })
  rule!: Explanation['rule'];
  @ApiProperty({ enum: STATES }) state!: State;
  @ApiProperty({ type: TextAnswer }) sentence!: TextAnswer;
  @ApiProperty({ type: [FactAnswer] }) facts!: readonly FactAnswer[];
  @ApiProperty({ type: TextAnswer, nullable: true, description: 'What would make it pass.' })
  toPass!: TextAnswer | null;
  @ApiProperty({ type: [ConsequenceAnswer], description: 'What the law attaches to ignoring it.' })
  consequences!: readonly ConsequenceAnswer[];
  @ApiProperty({ type: TextAnswer, nullable: true, description: CAUTION }) caution!: TextAnswer | null;
  @ApiProperty({ description: 'An alert must not be stopped by it: the safety rule made it a warning.' })
  softened!: boolean;
}

class PointAnswer extends ExplanationAnswer {
  @ApiProperty({ minimum: 1, maximum: 9, type: Number }) point!: PointResult['point'];
  @ApiProperty({ type: [ExplanationAnswer], description: 'What else was found under this point.' })
  also!: readonly ExplanationAnswer[];
}

class CellAnswer {
  @ApiProperty({ type: String, format: 'uuid' }) item!: CellResult['item'];
  @ApiProperty({ type: Object }) recipient!: CellResult['recipient'];
  @ApiProperty({ type: String, description: 'The effective level.' }) level!: CellResult['level'];
  @ApiProperty({
    description: 'False: telling the person or their representative, which asks for mandates in force alone.',
  })
  disclosure!: boolean;
  @ApiProperty({ enum: VERDICTS }) verdict!: Verdict;
  @ApiProperty({ type: [PointAnswer] }) points!: readonly PointAnswer[];
}

class DutyAnswer {
  @ApiProperty({ type: String }) kind!: Duty['kind'];
  @ApiProperty({ type: TextAnswer }) text!: TextAnswer;
  @ApiProperty({ type: Object }) debtor!: Duty['debtor'];
  @ApiProperty({ type: Object }) recipient!: Duty['recipient'];
  @ApiProperty({ type: [String] }) items!: Duty['items'];
  @ApiProperty({ type: Object }) deadline!: Duty['deadline'];
  @ApiProperty({ description: 'Holds until its deadline, instead of being done by then.' })
  standing!: boolean;
}

class RemovalAnswer {
  @ApiProperty({ enum: ['cells', 'items', 'recipients'] }) take!: Removal['take'];
  @ApiProperty({ type: [Object] }) cells!: Removal['cells'];
  @ApiProperty({ enum: VERDICTS, description: 'What the rest then comes to.' }) verdict!: Verdict;
}

class AlternativeAnswer {
  @ApiProperty({ type: String }) provision!: Alternative['provision'];
  @ApiProperty() citation!: string;
  @ApiProperty({ type: TextAnswer }) title!: TextAnswer;
  @ApiProperty({ type: TextAnswer, nullable: true, description: CAUTION }) caution!: TextAnswer | null;
  @ApiProperty({ type: String }) purpose!: Alternative['purpose'];
  @ApiProperty({ description: 'Only open to whoever truly pursues this other purpose.' })
  otherPurpose!: boolean;
  @ApiProperty({ enum: VERDICTS }) verdict!: Verdict;
  @ApiProperty({ type: [Number], description: 'Points not yet in order under it.' })
  open!: Alternative['open'];
}

class OtherWayAnswer {
  @ApiProperty({ type: String }) way!: OtherWay['way'];
  @ApiProperty({ type: TextAnswer }) text!: TextAnswer;
  @ApiProperty({ type: [String] }) provisions!: OtherWay['provisions'];
  @ApiProperty({ type: TextAnswer, nullable: true, description: CAUTION }) caution!: TextAnswer | null;
}

export class LeftOutAnswer {
  @ApiProperty({ type: String, format: 'uuid' }) item!: ItemLeftOut['item'];
  @ApiProperty({ type: [Object], description: 'Each a rule and its sentence, in French and English.' })
  reasons!: ItemLeftOut['reasons'];
}

class UsedAnswer {
  @ApiProperty() catalogueVersion!: string;
  @ApiProperty() catalogueDigest!: string;
  @ApiProperty({ type: Number }) personRevision!: number | undefined;
}

/** The nine points of one disclosure: for the whole, and per item and recipient. */
export class AssessmentAnswer implements Assessment {
  @ApiProperty({ enum: VERDICTS }) verdict!: Verdict;
  @ApiProperty({ type: [PointAnswer], description: 'The worst of each point.' })
  points!: readonly PointAnswer[];
  @ApiProperty({ type: [CellAnswer] }) cells!: readonly CellAnswer[];
  @ApiProperty({ type: [Object] }) byItem!: Assessment['byItem'];
  @ApiProperty({ type: [Object] }) byRecipient!: Assessment['byRecipient'];
  @ApiProperty({ type: [DutyAnswer] }) duties!: readonly DutyAnswer[];
  @ApiProperty({ type: [RemovalAnswer], description: 'What to take out, the fewest cells first.' })
  removals!: readonly RemovalAnswer[];
  @ApiProperty({
    type: [AlternativeAnswer],
    description: 'Other texts under which it would pass or need less.',
  })
  alternatives!: readonly AlternativeAnswer[];
  @ApiProperty({ type: [OtherWayAnswer], description: 'Ways to the same end that are no such disclosure.' })
  otherWays!: readonly OtherWayAnswer[];
  @ApiProperty({
    type: [LeftOutAnswer],
    description: 'Excessive items that the alert goes out without; the points are those of the rest.',
  })
  leftOut!: readonly LeftOutAnswer[];
  @ApiProperty({ type: UsedAnswer }) used!: UsedAnswer;
  @ApiProperty({ description: 'Revision of the person’s stream that was judged.' }) revision!: number;
  @ApiProperty({ description: 'Position of the ledger at which the answer holds.' }) position!: number;
}

export function Assessing(summary: string): MethodDecorator {
  return applyDecorators(ApiOperation({ summary }), ApiOkResponse({ type: AssessmentAnswer }));
}
