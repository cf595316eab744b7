#include "jobs/mail_texts.hpp"

#include "mail/account_asked.html.hpp"
#include "mail/account_asked.txt.hpp"
#include "mail/account_shared.html.hpp"
#include "mail/account_shared.txt.hpp"
#include "mail/confirm_email.html.hpp"
#include "mail/confirm_email.txt.hpp"
#include "mail/customer_wrote.html.hpp"
#include "mail/customer_wrote.txt.hpp"
#include "mail/digest.html.hpp"
#include "mail/digest.txt.hpp"
#include "mail/email_changed.html.hpp"
#include "mail/email_changed.txt.hpp"
#include "mail/email_taken.html.hpp"
#include "mail/email_taken.txt.hpp"
#include "mail/factor_off.html.hpp"
#include "mail/factor_off.txt.hpp"
#include "mail/factor_on.html.hpp"
#include "mail/factor_on.txt.hpp"
#include "mail/leak_received.html.hpp"
#include "mail/leak_received.txt.hpp"
#include "mail/new_device.html.hpp"
#include "mail/new_device.txt.hpp"
#include "mail/password_changed.html.hpp"
#include "mail/password_changed.txt.hpp"
#include "mail/password_reset.html.hpp"
#include "mail/password_reset.txt.hpp"
#include "mail/profile_closed.html.hpp"
#include "mail/profile_closed.txt.hpp"
#include "mail/reopened.html.hpp"
#include "mail/reopened.txt.hpp"
#include "mail/replied.html.hpp"
#include "mail/replied.txt.hpp"
#include "mail/request_received.html.hpp"
#include "mail/request_received.txt.hpp"
#include "mail/resolved.html.hpp"
#include "mail/resolved.txt.hpp"
#include "mail/your_emergency.html.hpp"
#include "mail/your_emergency.txt.hpp"

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
    MailTexts{Kind::LeakReceived,
        [](const MailView& view) {
            return base::Text("We have your report of a gas leak, {reference}", {{"reference", view.reference}});
        },
        texts::leak_received, texts::leak_received},
    MailTexts{Kind::Replied,
        [](const MailView& view) {
            return view.is_leak ? base::Text("New message about your gas leak report {reference}",
                                      {{"reference", view.reference}})
                                : base::Text("New reply to your request {reference}", {{"reference", view.reference}});
        },
        texts::replied, texts::replied},
    MailTexts{Kind::Resolved,
        [](const MailView& view) {
            return view.is_leak
                       ? base::Text("Your gas leak report {reference} is closed", {{"reference", view.reference}})
                       : base::Text("Your request {reference} is resolved", {{"reference", view.reference}});
        },
        texts::resolved, texts::resolved},
    MailTexts{Kind::Reopened,
        [](const MailView& view) {
            return view.is_leak
                       ? base::Text("Your gas leak report {reference} is open again", {{"reference", view.reference}})
                       : base::Text("Your request {reference} is open again", {{"reference", view.reference}});
        },
        texts::reopened, texts::reopened},
    MailTexts{Kind::CustomerWrote,
        [](const MailView& view) {
            return base::Text("A customer wrote on {reference}", {{"reference", view.reference}});
        },
        texts::customer_wrote, texts::customer_wrote},
    MailTexts{Kind::TakenOver,
        [](const MailView& view) {
            return base::Text("{who} took over {reference}", {{"who", view.person}, {"reference", view.reference}});
        },
        texts::your_emergency, texts::your_emergency},
    MailTexts{Kind::EmergencyResolved,
        [](const MailView& view) {
            return base::Text(
                "{who} resolved {reference}, which you had", {{"who", view.person}, {"reference", view.reference}});
        },
        texts::your_emergency, texts::your_emergency},
    MailTexts{Kind::EmergencyFalse,
        [](const MailView& view) {
            return base::Text("{who} resolved {reference}, which you had, as a false alarm",
                {{"who", view.person}, {"reference", view.reference}});
        },
        texts::your_emergency, texts::your_emergency},
    MailTexts{Kind::Digest,
        [](const MailView& view) {
            return base::Text::plural("1 message for you today", "{n} messages for you today", view.items.size());
        },
        texts::digest, texts::digest},
    MailTexts{Kind::ConfirmEmail,
        [](const MailView& view) {
            return base::Text("Confirm your email for {site}", {{"site", view.site_name}});
        },
        texts::confirm_email, texts::confirm_email},
    MailTexts{Kind::PasswordReset,
        [](const MailView& view) {
            return base::Text("Choose a new password for {site}", {{"site", view.site_name}});
        },
        texts::password_reset, texts::password_reset},
    MailTexts{Kind::PasswordChanged, [](const MailView&) { return base::Text("Your password was changed"); },
        texts::password_changed, texts::password_changed},
    MailTexts{Kind::EmailTaken,
        [](const MailView& view) {
            return base::Text("You have a profile at {site} already", {{"site", view.site_name}});
        },
        texts::email_taken, texts::email_taken},
    MailTexts{Kind::FactorOff,
        [](const MailView&) { return base::Text("The second step of your sign-in was turned off"); }, texts::factor_off,
        texts::factor_off},
    MailTexts{Kind::FactorOn,
        [](const MailView&) { return base::Text("The second step of your sign-in was turned on"); }, texts::factor_on,
        texts::factor_on},
    MailTexts{Kind::NewDevice, [](const MailView&) { return base::Text("New sign-in to your profile"); },
        texts::new_device, texts::new_device},
    MailTexts{Kind::AccountAsked,
        [](const MailView& view) {
            return base::Text(
                "{name} asks to share account …{number}", {{"name", view.person}, {"number", view.account}});
        },
        texts::account_asked, texts::account_asked},
    MailTexts{Kind::AccountShared,
        [](const MailView& view) {
            return base::Text(
                "You share account …{number} with {name} now", {{"number", view.account}, {"name", view.person}});
        },
        texts::account_shared, texts::account_shared},
    MailTexts{Kind::EmailChanged, [](const MailView&) { return base::Text("Your email was changed"); },
        texts::email_changed, texts::email_changed},
    MailTexts{Kind::ProfileClosed, [](const MailView&) { return base::Text("Your profile is closed"); },
        texts::profile_closed, texts::profile_closed},
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
