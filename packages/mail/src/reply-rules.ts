/** What a refusal is about. Only `mailbox` ends a mail; everything else may well be otherwise later. */
export type Cause =
  /** There is no such mailbox, or it is shut. */
  | "mailbox"
  | "mailbox-full"
  /** The recipient's side puts it off or refuses it, for reasons of its own. */
  | "recipient"
  /** A sign-in is missing or refused, or the server relays nothing for us. */
  | "sign-in"
  /** The address or domain we send from, or its SPF, DKIM or DMARC. */
  | "sender"
  /** A quota or rate of ours is used up. */
  | "limit"
  /** Our machine, domain or account is blocked. */
  | "reputation"
  /** How this machine introduces itself, or what the DNS says of its address. */
  | "hello"
  /** The mail is larger than the server takes. */
  | "size"
  /** The mail itself is refused: taken for spam, against a rule. */
  | "policy"
  /** The mail server has troubles of its own. */
  | "server"
  | "unknown";

/** What the server was asked when it refused. `data` is the command and what follows it. */
export type Stage = "session" | "sender" | "recipient" | "data";

export interface Rule {
  cause: Cause;
  at?: readonly Stage[];
  code?: readonly number[];
  /** The RFC 3463 status code. */
  status?: RegExp;
  /** In lower case, with blanks for - and _, without apostrophes, addresses, names of hosts and links. */
  words?: RegExp;
  unless?: RegExp;
  source: string;
}

const MICROSOFT =
  "learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online";
const GOOGLE = "support.google.com/a/answer/3726730 (SMTP errors and codes)";
const SES = "docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html";
const POSTFIX = "www.postfix.org/postconf.5.html";

const OF_MAIL: readonly Stage[] = ["recipient", "data"];

/** Words of a limit on what we send; a mailbox that is over its quota has none of them. */
const SENDING =
  /\b(?:send\w*|sent|outgoing|outbound|daily|hourly|monthly|per (?:second|minute|hour|day|month|connection)|rate|credits?|connections?|too many)\b/;

const WHO =
  "(?:(?:e ?)?mail ?box|mail ?drop|user|username|recipient|addressee|(?:e ?mail )?address(?:ee)?|(?:e ?mail )?account|inbox|person|alias|local part|customer|resident)";
const GONE =
  "(?:unknown|(?:was |is |were )?not (?:found|known|valid|exist\\w*|recogni[sz]ed|listed|here|active|a valid|a known|existing)|(?:does|did|do) ?(?:not|nt) (?:\\w+ )?(?:exist|have)|doesnt (?:\\w+ )?(?:exist|have)|doesn t (?:exist|have)|isnt (?:valid|known|active)|(?:is )?no longer|non ?existent|(?:is |was |has been )?(?:invalid|inactive|disabled|deactivated|discontinued|terminated|deleted|removed|closed)|(?:is |has )(?:moved|expired))";

/**
 * How a refusal is read: the first rule that fits decides. What is about us stands before what is about
 * the mailbox, because servers answer "550 5.1.1" and "user unknown" to a sender they cannot verify, and
 * a mailbox taken for dead is a person without mail. Exact status codes stand before words. What no rule
 * fits is unknown, and then the mail is tried again.
 */
export const RULES: readonly Rule[] = [
  // ── The recipient's own choice ──
  {
    cause: "recipient",
    status: /^[45]\.7\.(?:12\d|13[0-6])$/,
    source: `${MICROSOFT}: 5.7.124, 5.7.133 and others, restricted recipients`,
  },
  {
    cause: "recipient",
    words:
      /resolver rst|(?:allowed|permitted|authori[sz]ed) to send (?:\w+ )?to (?:this|the) (?:recipient|group|list|address|user|mailbox)/,
    source: `${MICROSOFT}: RESOLVER.RST, restricted recipients`,
  },
  {
    cause: "recipient",
    words: /marked as inactive|previously (?:bounced|unsubscribed|complained)|suppress(?:ed|ion)/,
    source:
      "postmarkapp.com: 406, inactive recipient; Mailgun: 605, previously bounced address; SES: account-level suppression list",
  },
  {
    cause: "recipient",
    words: /\bgr[ea]y ?list/,
    source: "RFC 6647 2 (greylisting); postgrey(8)",
  },
  {
    cause: "recipient",
    words:
      /you are trying to contact is receiving|receiving (?:e ?mails?|messages) (?:too|at a rate)|recipients? (?:\w+ ){0,4}(?:receiv\w+|hourly|incoming) (?:\w+ ){0,3}(?:limit|rate)/,
    source: `${GOOGLE}: 4.2.1 and 5.2.1, the user is receiving mail too quickly`,
  },
  {
    cause: "recipient",
    status: /^[45]\.2\.12[12]$/,
    source: `${MICROSOFT}: 5.2.121, 5.2.122, the recipient's hourly limit`,
  },
  {
    cause: "mailbox",
    at: OF_MAIL,
    status: /^5\.4\.1$/,
    words: /recipient address(?:es)? rejected access denied/,
    source:
      "learn.microsoft.com/exchange/mail-flow-best-practices/use-directory-based-edge-blocking: 550 5.4.1, no such recipient in the directory",
  },

  // ── A size, a full mailbox ──
  {
    cause: "size",
    status: /^[45]\.(?:3\.4|2\.3)$/,
    source: "RFC 3463 3.4 (X.3.4), 3.3 (X.2.3); RFC 1870 6",
  },
  {
    cause: "size",
    words:
      /(?:message|mail|content|attachment|body|header)s? (?:\w+ ){0,6}(?:too (?:big|large|long)|size)\b|\bsize (?:\w+ )?(?:limit|exceed)/,
    unless: /mail ?box|quota|storage|inbox/,
    source: `${POSTFIX}#message_size_limit; exim.org/exim-html-current/doc/html/spec_html (message_size_limit)`,
  },
  {
    cause: "mailbox-full",
    status: /^[45]\.2\.2$/,
    unless: SENDING,
    source: "RFC 3463 3.3 (X.2.2)",
  },
  {
    cause: "mailbox-full",
    words:
      /\b(?:mail ?box|inbox|mail ?drop|mail ?dir|user|account|recipients?)\b (?:\w+ ){0,6}(?:full|quota|out of (?:\w+ )?(?:space|storage)|exceed\w* (?:\w+ ){0,4}(?:storage|size|space|limit))|\bover ?(?:the )?quota|exceed\w* (?:\w+ )?(?:storage|mail ?box) (?:allocation|limit|quota|size)|mail ?box (?:\w+ )?(?:full|quota|limit)|pleine|postfach (?:ist )?voll|bo[ií]te .*pleine|buz[oó]n .*lleno|casella .*piena/,
    unless: SENDING,
    source:
      "RFC 5321 4.2.2 (552); dovecot's quota plugin: Quota exceeded (mailbox for user is full)",
  },
  {
    cause: "mailbox-full",
    at: ["recipient"],
    words: /quota exceed|exceed\w* quota/,
    unless: SENDING,
    source: "doc.dovecot.org, quota plugin: Quota exceeded",
  },

  // ── Our limits ──
  {
    cause: "limit",
    status: /^[45]\.(?:4\.5|1\.90|7\.28|7\.705)$/,
    unless: /mail ?box/,
    source: `${GOOGLE}: 5.4.5, 5.7.28; ${MICROSOFT}: 5.1.90, 5.7.705`,
  },
  {
    cause: "limit",
    words:
      /\bthrottl|\btoo (?:many|much|fast|frequent\w*|quickly)\b|\b(?:rate|speed|flow) (?:\w+ )?(?:limit|exceed|control)|\b(?:limit|quota|maximum|allowance|credits?|threshold|rate|max)\w* (?:\w+ ){0,6}(?:exceed|reach|hit\b|used up|exhaust|met\b|over\b)|(?:reach\w*|over|hit) (?:\w+ ){0,5}(?:limit|quota|maximum)|exceed\w* (?:\w+ ){0,8}(?:limit|quota|rate|threshold|maximum|allowed|allowance|credits?)|out of credits|\bslow(?:ing)? (?:\w+ )?down|unusual (?:\w+ )?(?:rate|volume)|unexpected volume|ratelimit|limit (?:sur|de|d) |sendelimit|versandlimit|envoi .*limite|limite .*env/,
    source: `${SES}: Throttling failure, Daily message quota exceeded; ${GOOGLE}: Daily user sending limit exceeded; docs.sendgrid.com: Maximum credits exceeded; RFC 5248 (X.7.28, mail flood)`,
  },

  // ── Who we say we are ──
  {
    cause: "sender",
    status: /^[45]\.(?:1\.[78]|7\.(?:2[0-4]|26|27|29|3[0-2]|60|502|509|511|515|750))$/,
    source: `RFC 3463 3.2 (X.1.7, X.1.8); RFC 7372 (X.7.20 to 26); RFC 7505 (X.7.27); RFC 8617 (X.7.29); ${MICROSOFT}: 5.7.60, 5.7.509, 5.7.750; ${GOOGLE}: 5.7.26 to 5.7.32`,
  },
  {
    cause: "sender",
    words:
      /\bdmarc\b|\bspf\b|\bdkim\b|domainkeys|unauthenticated (?:e ?)?mail|sender is unauthenticated|sender policy framework/,
    source: `${GOOGLE}: 5.7.26, unauthenticated email; RFC 7372`,
  },
  {
    cause: "sender",
    words:
      /\bsenders? (?:(?:e ?)?mail |envelope )?(?:address|domain|id\b|identity|is\b|not|rejected|verif\w*|unknown|denied|invalid|blocked|refused|policy|signature|must|has|does|account|banned|authori\w*|mail ?box|user)|\b(?:invalid|unknown|unverified|bad|forged|spoof\w*|unauthori[sz]ed|blocked|banned|your|outbound|for|verif\w*) senders?\b|domain of senders?|\bsend(?:ing)? (?:mail |email |messages? )?(?:as|from|on behalf|for)\b|sendas|not owned by|\bidentit|not (?:been )?verified|verified domain|\bfrom\b:? (?:address|header|domain|field)|envelope from|return path|mail from|allowed to send|domain .*not (?:allowed|configured|active|enabled)|sandbox/,
    unless: /returned to sender|(?:inform|notify|tell|to) (?:the )?sender/,
    source: `${SES}: Email address is not verified; ${POSTFIX}#reject_sender_login_mismatch and #reject_unlisted_sender; exim spec: Sender verify failed; docs.sendgrid.com/ui/account-and-settings/verifying-your-account: verified Sender Identity; postmarkapp.com: Sender Signature; Mailgun: Sandbox subdomains`,
  },

  // ── Whether we may send at all ──
  {
    cause: "sign-in",
    code: [530, 534, 535, 538],
    source: "RFC 4954 6",
  },
  {
    cause: "sign-in",
    status: /^[45]\.7\.(?:8|9|11|13|14|57|64|139)$/,
    unless: /polic/,
    source: `RFC 4954 6; RFC 5248 (X.7.13, X.7.14); ${MICROSOFT}: 5.7.57, 5.7.64, 5.7.139`,
  },
  {
    cause: "sign-in",
    words:
      /authenticat\w* (?:\w+ ){0,3}(?:required|failed|needed|first|fail)|(?:must|need to|have to|required to|please) (?:\w+ )?(?:authenticate|log ?(?:in|on)|sign in|turn on smtp auth)|not (?:been )?authenticated|\bunauthenticated\b|smtp auth|login (?:denied|required)|\bpop (?:before|b4) smtp|anmeldung erforderlich/,
    source: "RFC 4954 6; cPanel and Exim: Please turn on SMTP Authentication",
  },
  {
    cause: "sign-in",
    words:
      /\brelay|rcpthosts|we do not accept mail (?:for|to) (?:this|that) domain|not local.* (?:gateway|forward)/,
    unless: /relay (?:recipient|domain)/,
    source: `${POSTFIX}#reject_unauth_destination: Relay access denied; exim spec: relay not permitted; qmail-smtpd(8): rcpthosts; ${MICROSOFT}: Unable to relay`,
  },

  // ── This machine ──
  {
    cause: "hello",
    status: /^[45]\.7\.(?:25|506)$/,
    source: `RFC 7372 3.3 (X.7.25, reverse DNS); ${MICROSOFT}: 5.7.506, bad HELO`,
  },
  {
    cause: "hello",
    words:
      /\b(?:helo|ehlo)\b|fully qualified|reverse (?:dns|host ?name|lookup|mapping|address)|\bptr\b|\brdns\b|find your (?:reverse )?host ?name|\bfqdn\b/,
    source: `${POSTFIX}#reject_non_fqdn_helo_hostname and #reject_unknown_client_hostname; ${GOOGLE}: 5.7.25`,
  },
  {
    cause: "reputation",
    status: /^[45]\.7\.(?:50[13578]|51[023]|6[0-4]\d|7\d\d)$/,
    source: `${MICROSOFT}: 5.7.501 to 5.7.513, 5.7.606 to 5.7.649, 5.7.700 to 5.7.749`,
  },
  {
    cause: "reputation",
    words:
      /\b(?:black|block|deny) ?list|\bdnsbl\b|\brbl\b|spamhaus|spamcop|\blisted (?:at|in|on|by)\b|reputation|\bbanned\b|complaints|(?:ip|client|host|server|network|connection|mail|message|messages|e ?mail|address|access|service|sending|domain|you|your)\b(?: \w+){0,6} blocked|blocked (?:using|by|for|due|because)|\babus(?:e|ive)\b|compromised|your (?:\w+ )?(?:ip|account|server|tenant|subscription|domain|network|provider)/,
    unless: /(?:mail ?box|recipient|user) (?:\w+ ){0,3}(?:blocked|suspended)/,
    source: `${POSTFIX}#reject_rbl_client; ${MICROSOFT}: 5.7.1 Service unavailable, Client host blocked; senders.yahooinc.com/smtp-error-codes; postmaster.t-online.de: bad reputation`,
  },
  {
    cause: "policy",
    words: /\bspam\b|\bunsolicited\b|\bvirus|malware|phish|\bjunk\b/,
    source: `${GOOGLE}: 5.7.1, likely unsolicited mail; Proofpoint, Mimecast, Barracuda: content filters`,
  },

  // ── The mailbox ──
  {
    cause: "mailbox",
    at: OF_MAIL,
    words: new RegExp(
      [
        `\\b${WHO} (?:(?:\\w+ )?(?:name|address|id) )?(?:(?:you|that|which|is|has|was|been|tried|to|reach|entered|this|the|here|address|rejected|account|specified|named|by|an?) ){0,9}${GONE}\\b`,
        `\\b(?:no such|unknown|invalid|bad|non ?existent|inactive|nonexisting|undefined|un ?rout(?:e)?able|undeliverable|not our|not a valid|wrong) (?:\\w+ )?(?:local )?(?:${WHO}|recipients?|addresse?s?)\\b`,
        `\\b(?:no such|unknown) (?:user|person)`,
        "\\b(?:no|not an?) (?:valid )?(?:mail ?box|user|account) (?:here|by|with|of|named|called)",
        `\\b(?:empf[aä]nger|benutzer|postfach|adressat)\\w* (?:\\w+ )?(?:unbekannt|existiert nicht|nicht (?:gefunden|vorhanden|bekannt))|unbekannter (?:empf[aä]nger|benutzer)`,
        "\\b(?:utilisateur|destinataire|adresse|bo[iî]te)\\w* (?:\\w+ ){0,6}(?:inconnue?|invalide|inexistante?|introuvable)",
        "\\b(?:usuario|destinatario|buz[oó]n|utente|casella|indirizzo|usu[aá]rio|destinat[aá]rio)\\w* (?:\\w+ ){0,3}(?:desconocido|inexistente|no existe|no encontrado|sconosciut[oa]|non esiste|desconhecido|n[aã]o (?:existe|encontrado))|no existe (?:el |la )?(?:usuario|buz[oó]n|cuenta)",
        "(?:onbekende gebruiker|gebruiker onbekend|nieznany u[zż]ytkownik|nie ma takiego u[zż]ytkownika)",
        "(?:пользователь|получатель|ящик)[^.]{0,20}не (?:найден|существует)|нет такого (?:пользователя|ящика)|用户不存在|收件人不存在|ユーザーが(?:存在しません|見つかりません)|宛先不明",
      ].join("|"),
    ),
    unless:
      /\b(?:host|domain|your)\b (?:\w+ ){0,3}(?:unknown|not found|does not exist)|access denied|polic(?:y|ies) (?:violation|reason)|temporar|try again|^(?:sorry |smtp |the )*account (?:is |was |has been )*(?:disabled|deactivated|closed|terminated|inactive)/,
    source: `RFC 5321 4.2.3 (550, no such user); ${POSTFIX}#local_recipient_maps: User unknown; exim spec: Unknown user, Unrouteable address; qmail-send(8): no mailbox here by that name; Gmail, Yahoo, iCloud, GMX in their lists of errors`,
  },
  {
    cause: "mailbox",
    at: ["recipient"],
    code: [550],
    status: /^(?:5\.(?:5\.0|0\.0|1\.\d|2\.1))?$/,
    words: /mail ?box (?:is )?(?:unavailable|not available)/,
    unless: /denied|polic|access|blocked|temporar|try again/,
    source:
      "postmaster.gmx.net and sendersupport.olc.protection.outlook.com: 550 Requested action not taken: mailbox unavailable, no such mailbox",
  },
  {
    cause: "mailbox",
    at: OF_MAIL,
    status: /^5\.(?:1\.(?:[0-6]|10)|2\.1)$/,
    unless:
      /polic|denied|prohibit|not (?:allowed|permitted|authori[sz]ed|accepting mail from)|forbidden|temporar|try again/,
    source: "RFC 3463 3.2 (X.1.0 to X.1.6), 3.3 (X.2.1); RFC 7505 (X.1.10)",
  },
  {
    cause: "mailbox",
    at: ["recipient"],
    code: [556],
    source: "RFC 7504 (556, the domain takes no mail)",
  },

  {
    cause: "mailbox-full",
    at: ["recipient"],
    code: [552],
    unless: SENDING,
    source: "RFC 5321 4.2.2: 552, exceeded storage allocation",
  },

  // ── The rest, to have words for it ──
  {
    cause: "recipient",
    at: ["recipient"],
    words: /\brecipients? (?:\w+ ){0,3}(?:rejected|refused|denied|not accept)/,
    source: `${POSTFIX}#smtpd_recipient_restrictions`,
  },
  {
    cause: "hello",
    at: ["session"],
    code: [501, 550, 553, 554, 504],
    words: /syntactically invalid|invalid (?:host ?)?name|host ?name|domain name/,
    source: "exim spec: Syntactically invalid EHLO argument(s)",
  },
  {
    cause: "server",
    status: /^[45]\.3\.\d{1,3}$/,
    source: "RFC 3463 3.4 (X.3.Y, the mail system)",
  },
  {
    cause: "recipient",
    at: ["recipient"],
    status: /^[45]\.4\.\d{1,3}$/,
    source: "RFC 3463 3.5 (X.4.Y, the network and routing to the recipient)",
  },
  {
    cause: "policy",
    at: OF_MAIL,
    status: /^5\.(?:7|6)\.\d{1,3}$/,
    source: "RFC 3463 3.7 (X.6.Y, the content), 3.8 (X.7.Y, security or policy)",
  },
  {
    cause: "policy",
    at: OF_MAIL,
    words:
      /\bpolic(?:y|ies)\b|prohibited|(?:message|mail|content|transaction|transmission|delivery) (?:\w+ ){0,4}(?:rejected|refused|denied|not accepted|failed|prohibit\w*)|access denied|administrative/,
    source: "RFC 5321 4.2.2 (550, 554: for policy reasons, transaction failed)",
  },
  {
    cause: "server",
    code: [421, 432, 500, 502, 503, 504, 521],
    source: "RFC 5321 3.8 (421), 4.2.3 (503); RFC 7504 (521)",
  },
  {
    cause: "server",
    status: /^[45]\.5\.[1-6]$/,
    source: "RFC 3463 3.6 (X.5.Y, the protocol)",
  },
];
