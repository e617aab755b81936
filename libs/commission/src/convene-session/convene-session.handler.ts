import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Effective } from '#decider';
import { Recorder, type CommandRequest } from '#http';
import type { CommissionId } from '../commission.ids.js';
import { Secretariat } from '../secretariat.query.js';
import { conveneSession } from './convene-session.js';

export class ConveneSessionCommand {
  constructor(
    readonly commission: CommissionId,
    readonly on: Effective,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(ConveneSessionCommand)
export class ConveneSessionHandler implements ICommandHandler<ConveneSessionCommand> {
  constructor(
    private readonly secretariat: Secretariat,
    private readonly recorder: Recorder,
  ) {}

  async execute({ commission, on, request }: ConveneSessionCommand) {
    const session = await this.recorder.idFor<'Session'>(request, `session of ${commission}`);
    return this.secretariat.decide(commission, request, (state) => conveneSession(state, { session, on }));
  }
}
