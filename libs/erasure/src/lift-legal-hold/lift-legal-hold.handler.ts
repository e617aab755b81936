import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandRequest } from '#http';
import { PersonDesk, type PersonId } from '#person';
import { liftLegalHold } from './lift-legal-hold.js';

export class LiftLegalHoldCommand {
  constructor(
    readonly person: PersonId,
    readonly hold: string,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(LiftLegalHoldCommand)
export class LiftLegalHoldHandler implements ICommandHandler<LiftLegalHoldCommand> {
  constructor(private readonly desk: PersonDesk) {}

  execute({ person, hold, request }: LiftLegalHoldCommand) {
    return this.desk.decideWhileErasing(person, request, (state) => liftLegalHold(state, hold));
  }
}
