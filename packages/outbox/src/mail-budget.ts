/** What the whole service may spend on emails that strangers can cause. */
export interface MailBudget {
  /**
   * Takes one email out of the budget of its kind; false when that is used up. What is asked for is
   * counted, whether or not an email comes of it: otherwise the budget would tell who has an account.
   */
  take(kind: string): Promise<boolean>;
}
