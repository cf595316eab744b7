#include "jobs/compose_mail.hpp"

#include "base/error.hpp"
#include "base/reference.hpp"
#include "base/text.hpp"
#include "comments/comment.hpp"
#include "i18n/dates.hpp"
#include "jobs/mail_texts.hpp"
#include "leaks/leak_report.hpp"
#include "notifications/choice.hpp"
#include "pages/shared/presentation.hpp"
#include "pages/shared/urls.hpp"
#include "service_requests/service_request.hpp"
#include "users/user.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace jobs {

namespace {

std::vector<std::string> lines_of(std::string_view text)
{
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

void fill_in_comment(db::Connection& db, const outbox::Claimed& queued, MailView& view)
{
    const auto comment = comments::get_comment(db, queued.comment);
    if (comment.visibility != base::Visibility::Public || comment.service_request_id != queued.service_request)
        return;
    view.author = comment.author_name;
    view.lines = lines_of(comment.text);
}

/// Only what the staff asked for is read as one of them.
bool is_for_staff(const outbox::Claimed& queued)
{
    return queued.kind == outbox::Kind::CustomerWrote || (queued.kind && outbox::is_of_held_emergency(*queued.kind));
}

std::string request_path(const outbox::Claimed& queued)
{
    return is_for_staff(queued) ? urls::desk_request(queued.service_request)
                                : urls::customer_request(queued.service_request);
}

void fill_in_request(db::Connection& db, const outbox::Claimed& queued, const i18n::Language& language, MailView& view)
{
    const base::Role role = is_for_staff(queued) ? users::get_user(db, queued.user).role : base::Role::Customer;
    const auto request =
        service_requests::get_service_request(db, {.user_id = queued.user, .role = role}, queued.service_request);
    view.reference = base::reference(request.id);
    view.spoken_reference = base::spoken_reference(request.id);
    view.title = pages::shared::shown_title(language, request);
    view.is_leak = request.is_emergency;
    view.has_no_address = request.is_emergency && request.address.empty();
    if (request.is_emergency && request.status == service_requests::Status::Pending) {
        const auto leak = leaks::find_leak_report(db, request.id);
        view.must_call_911 = leak && leak->unable_to_leave == "yes";
    }
    if (queued.comment)
        fill_in_comment(db, queued, view);
}

/// People choose their names: a long one would be a text of its own.
void fill_in_account(const outbox::Claimed& queued, MailView& view)
{
    constexpr std::size_t longest_name = 60;
    const std::size_t end = std::min(queued.secret.find('\n'), queued.secret.size());
    view.account = queued.secret.substr(0, end);
    view.person = base::excerpt(queued.secret.substr(std::min(end + 1, queued.secret.size())), longest_name);
}

/// As the mail of its own would have begun.
base::Text what_happened(outbox::Kind kind, const std::string& reference)
{
    switch (kind) {
    case outbox::Kind::RequestReceived:
        return base::Text("We received your request {reference}", {{"reference", reference}});
    case outbox::Kind::Resolved:
        return base::Text("Your request {reference} is resolved", {{"reference", reference}});
    case outbox::Kind::Reopened:
        return base::Text("Your request {reference} is open again", {{"reference", reference}});
    case outbox::Kind::CustomerWrote:
        return base::Text("A customer wrote on {reference}", {{"reference", reference}});
    default:
        return base::Text("New reply to your request {reference}", {{"reference", reference}});
    }
}

/// What is not its reader's any more is left out; throws NotFound when nothing is left.
/// Links are paths of the site.
void fill_in_items(db::Connection& db, const outbox::Claimed& digest, const i18n::Language& language, MailView& view)
{
    for (const outbox::Claimed& told : outbox::list_digest(db, digest.id)) {
        MailView of_one;
        try {
            fill_in_request(db, told, language, of_one);
        } catch (const base::NotFound&) {
            continue;
        }
        if (told.kind)
            view.items.push_back({.what = what_happened(*told.kind, of_one.reference),
                .title = of_one.title,
                .author = of_one.author,
                .lines = of_one.lines,
                .link = request_path(told)});
    }
    if (view.items.empty())
        throw base::NotFound("nothing is left to tell");
}

bool wants_answers(db::Connection& db, UserId user)
{
    const auto choices = notifications::find_choices(db, user, base::Role::Customer);
    const auto replied =
        std::ranges::find(choices.occasions, notifications::Occasion::Replied, &notifications::Choice::occasion);
    return replied->mail.value_or(false);
}

std::string switch_off_link(const web::Site& site, const mail::MailSettings& settings, const outbox::Claimed& queued)
{
    if (queued.occasion.empty())
        return {};
    return settings.site_url + urls::switch_off(notifications::switch_off_token(
                                   site.form_key, {.user = queued.user, .occasion = queued.occasion}));
}

std::string path_of(const outbox::Claimed& queued)
{
    switch (*queued.kind) {
    case outbox::Kind::ConfirmEmail:
    case outbox::Kind::PasswordReset:
        return queued.secret;
    case outbox::Kind::EmailTaken:
        return urls::sign_in();
    case outbox::Kind::Digest:
        return urls::notifications();
    default:
        return queued.service_request ? request_path(queued) : urls::account();
    }
}

MailView mail_view(const web::Site& site, const mail::MailSettings& settings, const outbox::Claimed& queued,
    const i18n::Language& language)
{
    return {.language = language.tag(),
        .site_name = site.names.name,
        .emergency_phone = site.names.emergency_phone,
        .service_phone = site.names.service_phone,
        .emergency_phone_link = site.names.emergency_phone_link,
        .service_phone_link = site.names.service_phone_link,
        .link = settings.site_url + path_of(queued),
        .reset_link = settings.site_url + urls::reset(),
        .device = queued.kind == outbox::Kind::NewDevice ? queued.secret : std::string(),
        .when = i18n::Dates(language, site.zone, site.clock.now()).exact(queued.created_at),
        .choices_link = queued.occasion.empty() ? "" : settings.site_url + urls::notification_choices(),
        .switch_off_link = switch_off_link(site, settings, queued),
        .has_reply_to = !settings.reply_to.empty()};
}

} // namespace

mail::Message compose_mail(
    db::Connection& db, const web::Site& site, const mail::MailSettings& settings, const outbox::Claimed& queued)
{
    if (!queued.kind)
        throw base::NotFound("a newer version of the program queued this mail");
    if (!mail::is_address(queued.to_address))
        throw std::invalid_argument("this is no email address");
    const web::PageLanguage& words = site.languages.preferred(queued.language);
    MailView view = mail_view(site, settings, queued, words.language());
    if (queued.user)
        view.name = users::get_user(db, queued.user).full_name();
    if (*queued.kind == outbox::Kind::AccountAsked || *queued.kind == outbox::Kind::AccountShared)
        fill_in_account(queued, view);
    if (outbox::is_of_held_emergency(*queued.kind))
        view.person = queued.secret;
    if (queued.service_request)
        fill_in_request(db, queued, words.language(), view);
    if (queued.kind == outbox::Kind::Digest)
        fill_in_items(db, queued, words.language(), view);
    for (auto& item : view.items)
        item.link.insert(0, settings.site_url);
    if (queued.kind == outbox::Kind::RequestReceived)
        view.tells_answers = wants_answers(db, queued.user);
    const MailTexts& texts = texts_of(*queued.kind);
    view.what = texts.subject(view);
    web::Html html(words);
    texts.html(html, view);
    i18n::PlainText text(words);
    texts.text(text, view);
    const std::string_view host = settings.site_host();
    return {.from_name = site.names.name,
        .from = settings.from,
        .to = queued.to_address,
        .reply_to = settings.reply_to,
        .subject = view.what.say(words),
        .text = text.take(),
        .html = html.take(),
        .date = queued.queued_at,
        .message_id = fmt::format("<mail-{}-{}@{}>", queued.id.value, base::to_millis(queued.queued_at), host),
        .thread_id = queued.service_request ? fmt::format("<request-{}@{}>", queued.service_request.value, host) : "",
        .unsubscribe = view.switch_off_link,
        .language = words.language().tag()};
}

} // namespace jobs
