import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Recorder, type CommandRequest } from '#http';
import type { ActorName } from '../actor.events.js';
import { actorFold } from '../actor.js';
import { actorStream } from '../directory.ids.js';
import { registerActor } from './register-actor.js';

export class RegisterActorCommand {
  constructor(
    readonly name: ActorName,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(RegisterActorCommand)
export class RegisterActorHandler implements ICommandHandler<RegisterActorCommand> {
  constructor(private readonly recorder: Recorder) {}

  async execute({ name, request }: RegisterActorCommand) {
    const actor = await this.recorder.idFor<'Actor'>(request, 'actor');
    return this.recorder.decide(actorStream(actor), actorFold, request, (state) =>
      registerActor(state, { actor, name }),
    );
  }
}
