export { NoticeIssuer } from './issue-notices/issue-notices.handler.js';
export { NoticesModule } from './notices.module.js';
