#pragma once

#include "base/translatable.hpp"
#include "i18n/plain_text.hpp"
#include "jobs/mail_view.hpp"
#include "outbox/kind.hpp"
#include "web/html.hpp"

namespace jobs {

/// The words of one kind of mail.
struct MailTexts
{
    outbox::Kind kind;
    /// Never with a street address or anybody's words: subjects are shown on locked phones.
    base::Text (*subject)(const MailView& view);
    void (*html)(web::Html& out, const MailView& view);
    void (*text)(i18n::PlainText& out, const MailView& view);
};

/// The words of a kind; each has some.
const MailTexts& texts_of(outbox::Kind kind);

} // namespace jobs
