import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandRequest } from '#http';
import { PersonDesk, type PersonId } from '#person';
import { liftObjection, type LiftObjection } from './lift-objection.js';

export class LiftObjectionCommand {
  constructor(
    readonly person: PersonId,
    readonly lift: LiftObjection,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(LiftObjectionCommand)
export class LiftObjectionHandler implements ICommandHandler<LiftObjectionCommand> {
  constructor(private readonly desk: PersonDesk) {}

  execute({ person, lift, request }: LiftObjectionCommand) {
    return this.desk.decide(person, request, (state, facts) => liftObjection(state, lift, facts));
  }
}
