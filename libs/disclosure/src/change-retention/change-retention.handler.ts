import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandRequest } from '#http';
import { PersonDesk, type PersonId, type RetentionChanged } from '#person';
import { changeRetention } from './change-retention.js';

export class ChangeRetentionCommand {
  constructor(
    readonly person: PersonId,
    readonly change: RetentionChanged['data'],
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(ChangeRetentionCommand)
export class ChangeRetentionHandler implements ICommandHandler<ChangeRetentionCommand> {
  constructor(private readonly desk: PersonDesk) {}

  execute({ person, change, request }: ChangeRetentionCommand) {
    return this.desk.decide(person, request, (state, facts) => changeRetention(state, { change }, facts));
  }
}
