/** A rendered mail: what every render function returns and a mailer sends. */
export interface Mail {
  /** One line, not encoded. */
  subject: string;
  html: string;
  text: string;
}
