import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandRequest } from '#http';
import type { CommissionId } from '../commission.ids.js';
import { Secretariat } from '../secretariat.query.js';
import { closeSession, type CloseSession } from './close-session.js';

export class CloseSessionCommand {
  constructor(
    readonly commission: CommissionId,
    readonly close: CloseSession,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(CloseSessionCommand)
export class CloseSessionHandler implements ICommandHandler<CloseSessionCommand> {
  constructor(private readonly secretariat: Secretariat) {}

  execute({ commission, close, request }: CloseSessionCommand) {
    return this.secretariat.decide(commission, request, (state, now) => closeSession(state, close, now));
  }
}
