import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Recorder, type CommandRequest } from '#http';
import { commissionStream, type CommissionId } from '../commission.ids.js';
import { commissionFold } from '../commission.js';
import { endMember, type EndMember } from './end-member.js';

export class EndMemberCommand {
  constructor(
    readonly commission: CommissionId,
    readonly end: EndMember,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(EndMemberCommand)
export class EndMemberHandler implements ICommandHandler<EndMemberCommand> {
  constructor(private readonly recorder: Recorder) {}

  execute({ commission, end, request }: EndMemberCommand) {
    return this.recorder.decide(commissionStream(commission), commissionFold, request, (state) =>
      endMember(state, end),
    );
  }
}
