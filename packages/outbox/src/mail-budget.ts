/** What the whole service may spend on mails that strangers can cause. */
export interface MailBudget {
  /** Whether anything is left; takes nothing. */
  left(): Promise<boolean>;
  /** Takes one mail out of it; false when it is used up. */
  take(): Promise<boolean>;
}
