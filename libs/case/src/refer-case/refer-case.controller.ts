import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { DisclosedItemRequest, disclosedItemsOf } from '#disclosure';
import type { Outcome } from '#event-store';
import {
  answer,
  Answer,
  Callers,
  Commanding,
  Flag,
  optionally,
  Part,
  Parts,
  PersonParam,
  Recording,
  Text,
  Uuid,
  when,
  When,
  type CommandRequest,
} from '#http';
import type { CaseReferred, PersonId } from '#person';
import { ReferCaseCommand, type Referral } from './refer-case.handler.js';

export class ReportRequest {
  @Uuid({ optional: true, description: 'Mandate of its author; left out: the reporter.' }) author?: string;
  @When() date!: string;
  @Text(500, {
    description: 'Whose professional diagnoses it rests on.',
    example: 'Service social, bailleur',
  })
  diagnosisSources!: string;
  @Text(500, { description: 'The criteria of the commission that it answers.' }) criteria!: string;
  @Flag({ optional: true, description: 'The person is known to be aware of the report.' })
  knownToPerson?: boolean;
}

export class ReferCaseRequest {
  @Uuid({ optional: true, description: 'A case referred before, to complete it; left out: a new one.' })
  case?: string;
  @Uuid() commission!: string;
  @Text(300, { example: 'Maintien dans le logement' }) question!: string;
  @Text(500, { description: 'Why general criteria do not suffice.' }) whyCollective!: string;
  @Uuid({ optional: true, description: 'Mandate of the reporter (instructeur); left out: the caller.' })
  reporter?: string;
  @Parts(() => DisclosedItemRequest) items!: DisclosedItemRequest[];
  @Text(500, { optional: true, description: 'What the person gains by it.' }) benefit?: string;
  @Text(200, { optional: true, description: 'Who answers for it at the reporter’s institution.' })
  responsibleManager?: string;
  @Part(() => ReportRequest, { optional: true, description: 'Without it nothing can be tabled.' })
  report?: ReportRequest;
  @When({ optional: true, description: 'Left out: now.' }) effectiveAt?: string;
}

class CaseAnswer extends Answer {
  @ApiProperty({ format: 'uuid' }) case!: string;
}

@Controller('v1/persons/:person/cases')
export class ReferCaseController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Refer a case to a commission: its question, its reporter, and what is to be shared.',
    CaseAnswer,
  )
  @Callers('mandate', 'client')
  async refer(
    @PersonParam() person: PersonId,
    @Body() body: ReferCaseRequest,
    @Commanding() request: CommandRequest,
  ): Promise<CaseAnswer> {
    const outcome: Outcome<CaseReferred> = await this.commands.execute(
      new ReferCaseCommand(person, referralIn(body), request),
    );
    return answer(outcome, ([event]) => ({ case: event?.data.case ?? body.case! }));
  }
}

function referralIn({ items, report, effectiveAt, ...said }: ReferCaseRequest): Referral {
  return {
    ...said,
    items: disclosedItemsOf(items),
    ...(report ? { report: { ...report, date: when(report.date) } } : {}),
    ...optionally('effectiveAt', effectiveAt),
  };
}
