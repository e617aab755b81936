import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Outcome } from '#event-store';
import {
  Recording,
  answer,
  Answer,
  Callers,
  Commanding,
  Flag,
  IdParam,
  Text,
  when,
  When,
  type CommandRequest,
} from '#http';
import type { InstitutionId } from '../directory.ids.js';
import type { SourceReportedUpTo } from '../institution.events.js';
import { ReportSourceCommand } from './report-source.handler.js';

export class ReportSourceRequest {
  @Text(120, { description: 'What reports: a register, a file, a team.', example: 'registre papier' })
  source!: string;
  @When({ description: 'Everything up to this date has been reported.' }) upTo!: string;
  @Flag({ optional: true, description: 'A later date was reported by mistake: this one takes its place.' })
  correction?: boolean;
}

@Controller('v1/institutions/:institution/sources')
export class ReportSourceController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Recording(
    'Say up to which date a source of this institution has reported everything, so that no gap is silent.',
  )
  @Callers('client')
  async report(
    @IdParam('institution') institution: InstitutionId,
    @Body() body: ReportSourceRequest,
    @Commanding() request: CommandRequest,
  ): Promise<Answer> {
    const report = { source: body.source, upTo: when(body.upTo), correction: body.correction ?? false };
    const outcome: Outcome<SourceReportedUpTo> = await this.commands.execute(
      new ReportSourceCommand(institution, report, request),
    );
    return answer(outcome, () => ({}));
  }
}
