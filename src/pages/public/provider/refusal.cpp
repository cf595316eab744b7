#include "pages/public/provider/refusal.hpp"

#include "pages/shared/urls.hpp"
#include "public/provider_refused.html.hpp"

#include <utility>

namespace pages::public_ {

namespace {

struct Words
{
    base::MessageId title;
    base::MessageId text;
};

Words words_of(ProviderRefusal refusal)
{
    using base::MessageId;
    switch (refusal) {
    case ProviderRefusal::Unavailable:
        return {MessageId("Work accounts don’t answer right now"),
            MessageId("Wait a minute and try again. If it goes on, tell whoever looks after your work account. "
                      "Whoever has a password for this site can sign in with it.")};
    case ProviderRefusal::Over:
        return {MessageId("Start the sign-in again"),
            MessageId(
                "It took more than 10 minutes, was used already, or began in another browser. Nothing happened.")};
    case ProviderRefusal::Canceled:
        return {MessageId("You are not signed in"),
            MessageId("The sign-in at your work account was stopped before its end. You can try again.")};
    case ProviderRefusal::Untrusted:
        return {MessageId("We could not accept this sign-in"),
            MessageId(
                "The answer about your work account did not pass our checks. Try again. If it happens again, tell "
                "whoever looks after this system, with the code below.")};
    case ProviderRefusal::NoRole:
        return {MessageId("Your work account has no role here"),
            MessageId("It is in none of the groups that work with this site. Ask the person who manages work accounts "
                      "to add you to one, then sign in again.")};
    case ProviderRefusal::Inactive:
        return {MessageId("Your user here is turned off"),
            MessageId("Ask an administrator of this site to turn it on, then sign in again.")};
    case ProviderRefusal::LastAdministrator:
        break;
    }
    return {MessageId("This site would have no administrator"),
        MessageId(
            "Your groups give you another role, but you are the last administrator here. Tell whoever looks after "
            "this system that somebody else must become one first.")};
}

} // namespace

base::Text sign_in_label(const oidc::Provider& provider)
{
    const std::string& name = provider.settings().name;
    return name.empty() ? base::Text("Sign in with your work account")
                        : base::Text("Sign in with {provider}", {{"provider", name}});
}

ProviderRefusal refusal_of(oidc::Reason reason)
{
    switch (reason) {
    case oidc::Reason::Unavailable:
        return ProviderRefusal::Unavailable;
    case oidc::Reason::Code:
        return ProviderRefusal::Over;
    default:
        return ProviderRefusal::Untrusted;
    }
}

http::Response refuse_provider(web::Context& ctx, const oidc::Provider& provider, const RefusedSignIn& refused)
{
    ctx.log_security({.event = "provider_refused", .about = refused.about, .detail = refused.reason});
    const Words words = words_of(refused.refusal);
    ProviderRefusedView view{.page = ctx.page(base::Text(words.title)),
        .title = base::Text(words.title),
        .text = base::Text(words.text),
        .label = sign_in_label(provider),
        .again = urls::provider(refused.next, refused.typist),
        .request_id = ctx.request_id()};
    // Not the address of this page, which works once: whoever chooses a language here begins anew.
    view.page.target = urls::sign_in_before(refused.next);
    const bool is_away = refused.refusal == ProviderRefusal::Unavailable;
    http::Response page = ctx.render([&](web::Html& out) { views::public_::provider_refused(out, view); },
        is_away ? http::Status::ServiceUnavailable : http::Status::Forbidden);
    page.header("Cache-Control", "no-store");
    return page;
}

} // namespace pages::public_
