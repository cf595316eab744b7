#include "pages/desk/mail/mail_view.hpp"

#include "base/reference.hpp"

namespace pages::desk {

namespace {

using outbox::Kind;

base::Text words_of(std::optional<Kind> kind)
{
    if (!kind)
        return base::Text("Of a newer version");
    switch (*kind) {
    case Kind::RequestReceived:
        return base::Text("Request received");
    case Kind::LeakReceived:
        return base::Text("Leak report received");
    case Kind::Replied:
        return base::Text("Reply");
    case Kind::Resolved:
        return base::Text("Request resolved");
    case Kind::Reopened:
        return base::Text("Request reopened");
    case Kind::CustomerWrote:
        return base::Text("Customer wrote");
    case Kind::TakenOver:
        return base::Text("Emergency taken over");
    case Kind::EmergencyResolved:
        return base::Text("Emergency resolved by a colleague");
    case Kind::EmergencyFalse:
        return base::Text("False alarm, said by a colleague");
    case Kind::Digest:
        return base::Text("Daily email");
    case Kind::ConfirmEmail:
        return base::Text("Confirm the email");
    case Kind::PasswordReset:
        return base::Text("Choose a new password");
    case Kind::PasswordChanged:
        return base::Text("Password changed");
    case Kind::EmailTaken:
        return base::Text("Email has a profile already");
    case Kind::FactorOff:
        return base::Text("Second step turned off");
    case Kind::FactorOn:
        return base::Text("Second step turned on");
    case Kind::NewDevice:
        return base::Text("New device");
    case Kind::AccountAsked:
        return base::Text("Ask to share an account");
    case Kind::AccountShared:
        return base::Text("Account shared");
    case Kind::EmailChanged:
        return base::Text("Email changed");
    case Kind::ProfileClosed:
        return base::Text("Profile closed");
    }
    return base::Text("Of a newer version");
}

base::Text outcome_of(const web::Context& ctx, const outbox::Listed& mail)
{
    const i18n::Dates dates = ctx.dates();
    if (mail.state == outbox::State::Accepted)
        return base::Text("Accepted by {server}, {when}",
            {{"server", mail.server}, {"when", dates.friendly(mail.ended_at.value_or(mail.queued_at))}});
    if (mail.state == outbox::State::GivenUp)
        return base::Text(
            "Not delivered, given up {when}", {{"when", dates.friendly(mail.ended_at.value_or(mail.queued_at))}});
    if (mail.is_in_digest)
        return base::Text("Waits for the daily email, {when}", {{"when", dates.friendly(mail.due_at)}});
    if (mail.answer.empty() && mail.due_at > ctx.now())
        return base::Text("Waits until {when}, as its reader chose", {{"when", dates.friendly(mail.due_at)}});
    if (mail.answer.empty())
        return base::Text("Waits to be sent");
    return base::Text("Not sent yet, next try {when}", {{"when", dates.friendly(mail.due_at)}});
}

std::string answer_of(const outbox::Listed& mail)
{
    if (mail.state == outbox::State::Accepted || mail.server.empty())
        return mail.answer;
    return mail.server + ": " + mail.answer;
}

} // namespace

std::vector<MailRow> mail_rows(web::Context& ctx, const std::vector<outbox::Listed>& mails)
{
    std::vector<MailRow> rows;
    for (const outbox::Listed& mail : mails) {
        // What was put off counts as queued when it will be due.
        const base::Time queued = mail.queued_at > ctx.now() ? mail.created_at : mail.queued_at;
        rows.push_back({.id = mail.id,
            .what = words_of(mail.kind),
            .to = mail.to_address,
            .service_request = mail.service_request,
            .reference = mail.service_request ? base::reference(mail.service_request) : "",
            .user = mail.user,
            .when = ctx.dates().friendly(queued),
            .when_iso = base::iso_utc(queued),
            .when_exact = ctx.dates().exact(queued),
            .state = mail.state,
            .outcome = outcome_of(ctx, mail),
            .answer = answer_of(mail),
            .again_to = mail.kind && outbox::can_be_repeated(*mail.kind) ? mail.again_to : std::string()});
    }
    return rows;
}

} // namespace pages::desk
