export { DisclosureModule } from './disclosure.module.js';
export { judgeIntention, type IntendedFacts, type JudgedIntention } from './intended.js';
