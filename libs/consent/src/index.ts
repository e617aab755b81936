export { ConsentModule } from './consent.module.js';
export { GrantConsentRequest } from './grant-consent/grant-consent.controller.js';
export { RefuseConsentRequest } from './refuse-consent/refuse-consent.controller.js';
