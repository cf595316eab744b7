#pragma once

#include "base/translatable.hpp"
#include "outbox/list.hpp"
#include "web/context.hpp"
#include "web/page.hpp"

#include <string>
#include <vector>

namespace pages::desk {

/// One mail as the desk shows it.
struct MailRow
{
    MailId id;
    /// "Reply".
    base::Text what;
    std::string to;
    ServiceRequestId service_request;
    /// "SR-00042"; empty for mail about the own sign-in.
    std::string reference;
    UserId user;
    std::string when;
    std::string when_iso;
    std::string when_exact;
    outbox::State state = outbox::State::Waiting;
    /// "Accepted by mail.example.com:587, today, 4:31 PM".
    base::Text outcome;
    /// The server's own words, or why there are none; may be empty.
    std::string answer;
    /// Where "Send again" sends it; empty when it can not be sent again.
    std::string again_to;
};

std::vector<MailRow> mail_rows(web::Context& ctx, const std::vector<outbox::Listed>& mails);

/// templates/desk/mail.html
struct MailView
{
    web::Page page;
    std::vector<base::Text> notes;
    /// "waiting", "accepted", "given_up", or empty for all.
    std::string state;
    /// Nothing is sent while the switch is off.
    bool is_on = false;
    std::int64_t waiting = 0;
    /// "5 min"; empty without any.
    std::string oldest;
    std::int64_t given_up = 0;
    std::string last_error;
    std::vector<MailRow> rows;
    std::string first_page;
    std::string next_page;
};

} // namespace pages::desk
