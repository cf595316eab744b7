#include "jobs/mail_texts.hpp"

#include "mail/request_received.html.hpp"
#include "mail/request_received.txt.hpp"

#include <array>
#include <stdexcept>

namespace jobs {

namespace {

using outbox::Kind;
namespace texts = views::mail;

constexpr std::array table{
    MailTexts{Kind::RequestReceived,
        [](const MailView& view) {
            return base::Text("We received your request {reference}", {{"reference", view.reference}});
        },
        texts::request_received, texts::request_received},
};

} // namespace

const MailTexts& texts_of(Kind kind)
{
    for (const MailTexts& texts : table) {
        if (texts.kind == kind)
            return texts;
    }
    throw std::logic_error("a kind of mail without words");
}

} // namespace jobs
