/** Where the mailboxes of the larger providers are read, by the domains of their addresses. */
const sites: readonly { name: string; url: string; domains: RegExp }[] = [
  { name: "Gmail", url: "https://mail.google.com/", domains: /^(?:gmail|googlemail)\.com$/ },
  {
    name: "Outlook",
    url: "https://outlook.live.com/mail/",
    domains: /^(?:outlook|hotmail|live|msn)\.[a-z]{2,3}(?:\.[a-z]{2})?$/,
  },
  {
    name: "Yahoo Mail",
    url: "https://mail.yahoo.com/",
    domains: /^(?:yahoo|ymail|rocketmail)\.[a-z]{2,3}(?:\.[a-z]{2})?$/,
  },
  {
    name: "iCloud Mail",
    url: "https://www.icloud.com/mail/",
    domains: /^(?:icloud|me|mac)\.com$/,
  },
  {
    name: "Proton Mail",
    url: "https://mail.proton.me/",
    domains: /^(?:proton\.me|pm\.me|protonmail\.(?:com|ch))$/,
  },
  { name: "AOL Mail", url: "https://mail.aol.com/", domains: /^aol\.com$/ },
  { name: "GMX", url: "https://www.gmx.net/", domains: /^gmx\.(?:de|net|at|ch|com)$/ },
  { name: "WEB.DE", url: "https://web.de/", domains: /^web\.de$/ },
  { name: "QQ Mail", url: "https://mail.qq.com/", domains: /^(?:qq|foxmail)\.com$/ },
  { name: "163 Mail", url: "https://mail.163.com/", domains: /^163\.com$/ },
  {
    name: "Yandex Mail",
    url: "https://mail.yandex.com/",
    domains: /^(?:yandex\.(?:com|ru)|ya\.ru)$/,
  },
  { name: "Mail.ru", url: "https://e.mail.ru/", domains: /^(?:mail|inbox|list|bk)\.ru$/ },
];

/**
 * Where the mail to an address is read in a browser, or null where its domain does not tell. It
 * follows from the spelling alone, and so says nothing about whether there is such a mailbox.
 */
export function mailboxSite(email: string): { name: string; url: string } | null {
  const domain = email.slice(email.lastIndexOf("@") + 1).toLowerCase();
  const found = sites.find(({ domains }) => domains.test(domain));
  return found ? { name: found.name, url: found.url } : null;
}
