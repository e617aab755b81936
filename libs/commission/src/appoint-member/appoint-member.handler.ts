import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Directory, unknownReference } from '#directory';
import { Recorder, type CommandRequest } from '#http';
import { commissionStream, type CommissionId } from '../commission.ids.js';
import { commissionFold } from '../commission.js';
import { appointMember, type AppointMember } from './appoint-member.js';

export class AppointMemberCommand {
  constructor(
    readonly commission: CommissionId,
    readonly mandate: string,
    readonly seat: Omit<AppointMember, 'known'>,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(AppointMemberCommand)
export class AppointMemberHandler implements ICommandHandler<AppointMemberCommand> {
  constructor(
    private readonly recorder: Recorder,
    private readonly directory: Directory,
  ) {}

  execute({ commission, mandate, seat, request }: AppointMemberCommand) {
    return this.recorder.decide(commissionStream(commission), commissionFold, request, async (state) => {
      const known = await this.directory.mandate(mandate);
      if (!known) return unknownReference('mandate', 'mandate of this ledger');
      return appointMember(state, { known, ...seat });
    });
  }
}
