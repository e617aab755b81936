import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Recorder, type CommandRequest } from '#http';
import { institutionStream, type InstitutionId } from '../directory.ids.js';
import { institutionFold } from '../institution.js';
import { reportSource, type ReportSource } from './report-source.js';

export class ReportSourceCommand {
  constructor(
    readonly institution: InstitutionId,
    readonly report: ReportSource,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(ReportSourceCommand)
export class ReportSourceHandler implements ICommandHandler<ReportSourceCommand> {
  constructor(private readonly recorder: Recorder) {}

  execute({ institution, report, request }: ReportSourceCommand) {
    return this.recorder.decide(institutionStream(institution), institutionFold, request, (state) =>
      reportSource(state, report, this.recorder.ledger.clock.now()),
    );
  }
}
