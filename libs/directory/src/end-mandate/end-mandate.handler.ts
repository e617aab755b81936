import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Recorder, type CommandRequest } from '#http';
import { institutionStream, type InstitutionId } from '../directory.ids.js';
import { institutionFold } from '../institution.js';
import { endMandate, type EndMandate } from './end-mandate.js';

export class EndMandateCommand {
  constructor(
    readonly institution: InstitutionId,
    readonly end: EndMandate,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(EndMandateCommand)
export class EndMandateHandler implements ICommandHandler<EndMandateCommand> {
  constructor(private readonly recorder: Recorder) {}

  execute({ institution, end, request }: EndMandateCommand) {
    return this.recorder.decide(institutionStream(institution), institutionFold, request, (state) =>
      endMandate(state, end),
    );
  }
}
