-- Mail of no occasion is about safety, the own sign-in or the own accounts: it leaves before all other.
CREATE INDEX mail_urgent ON service_mail (due_at, id) WHERE state = 'waiting' AND occasion = '';
