#include "guards/scene.hpp"
#include "registrations/registration.hpp"
#include "sign_in/reset_link.hpp"

#include "accounts/asks.hpp"
#include "actions/mail/send_mail.hpp"
#include "actions/write_comment.hpp"
#include "base/crypto.hpp"
#include "base/url_encoding.hpp"
#include "comments/comment.hpp"
#include "notifications/choice.hpp"
#include "registrations/registration.hpp"
#include "sign_in/reset_link.hpp"
#include "sign_in/session_list.hpp"
#include "users/email_changes.hpp"
#include "web/forms/draft.hpp"

#include <sqlite3.h>

#include <memory>
#include <regex>
#include <stdexcept>

namespace guards {

namespace {

struct Closer
{
    void operator()(sqlite3* database) const { sqlite3_close(database); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

using Rows = std::vector<std::string>;

// Not through db/, whose statements are literals: the names of the tables are only known here.
Rows rows_of(sqlite3* database, const std::string& sql)
{
    sqlite3_stmt* prepared = nullptr;
    if (sqlite3_prepare_v2(database, sql.c_str(), -1, &prepared, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(database));
    const std::unique_ptr<sqlite3_stmt, Closer> statement(prepared);
    Rows rows;
    while (sqlite3_step(prepared) == SQLITE_ROW) {
        std::string row;
        for (int i = 0; i < sqlite3_column_count(prepared); ++i) {
            const auto* bytes = static_cast<const char*>(sqlite3_column_blob(prepared, i));
            row.append(bytes, static_cast<std::size_t>(sqlite3_column_bytes(prepared, i)));
            row += '\0';
        }
        row.pop_back();
        rows.push_back(std::move(row));
    }
    return rows;
}

void replace(std::string& text, std::string_view name, const std::string& value)
{
    if (const auto at = text.find(name); at != std::string::npos)
        text.replace(at, name.size(), value);
}

} // namespace

Scene::Scene()
{
    fill();
}

void Scene::fill()
{
    const auto& [mei, omar, ravi, sofia, ada, account_of_mei, account_of_omar] = site.cast;
    site.database->write([&](db::Transaction& tx) { actions::switch_mail(tx, true, site.clock.now()); });
    request_ = site.submit(mei, "The valve in the cellar drips");
    site.submit(omar, "Please read my meter", "meter-reading");

    http::UploadedFile upload = site.upload("meter.png", support::tiny_png());
    http::UploadedFile small = site.upload("0", support::tiny_png());
    const attachments::StoredFile file{.stored_name = site.services().attachments.keep(upload.release(), upload.sha256),
        .name = "meter.png",
        .content_type = "image/png",
        .size = upload.size,
        .sha256 = upload.sha256,
        .preview =
            attachments::StoredPreview{.stored_name = site.services().attachments.keep(small.release(), small.sha256),
                .content_type = "image/png",
                .size = small.size,
                .sha256 = small.sha256,
                .width = 1,
                .height = 1}};
    site.database->write([&](db::Transaction& tx) {
        attachment_ = attachments::add_attachment(tx, site.act(mei), file, {.service_request = request_});
        for (const auto visibility : {base::Visibility::Public, base::Visibility::Internal})
            actions::write_comment(tx, site.act(ravi),
                {.service_request = request_,
                    .text = visibility == base::Visibility::Public ? "We are coming" : "Crew is late",
                    .visibility = visibility});
    });
    site.database->write([&](db::Transaction& tx) {
        accounts::add_ask(
            tx, {.id = {}, .account = account_of_mei, .user = omar.user_id, .asked_at = site.clock.now()});
    });
    // Unread, so that a page which marks it when it is opened is found.
    site.database->write([&](db::Transaction& tx) {
        actions::write_comment(tx, site.act(mei), {.service_request = request_, .text = "It hisses"});
    });

    support::Client guest(site);
    const auto report = guest.post("/emergency/", {{"address", "9 Oak Street"}, {"notes", "It hisses"}}).location();
    follow_token_ = report.substr(0, report.size() - 1);
    follow_token_ = follow_token_.substr(follow_token_.rfind('/') + 1);
    add_mailed_links();
}

void Scene::add_mailed_links()
{
    site.services().self_service.has_mail = true;
    site.services().self_service.takes_registrations = true;
    site.database->write([&](db::Transaction& tx) {
        reset_token_ = sign_in::add_reset_link(tx, site.cast.mei.user_id, "mei@example.com", site.clock.now());
        session_name_ = sign_in::session_name(site.site().form_key,
            sign_in::session_hash(sign_in::add_session(tx, site.cast.mei.user_id, {}, site.clock.now())));
        users::add_email_change(tx, {.user = site.cast.mei.user_id, .email = "mei.chen@example.com"}, site.clock.now());
        for (const auto& wanted : users::list_unanswered_email_changes(tx, 1))
            email_token_ = users::note_email_answer(tx, wanted, users::EmailAnswer::Link).value();
        registrations::add_registration(tx,
            {.email = "lena@example.com",
                .first_name = "Lena",
                .last_name = "Ortiz",
                .password_hash = support::cheap_hash(support::cast_password)},
            site.clock.now());
        for (const auto& wanted : registrations::list_unanswered(tx, 1))
            registration_token_ = registrations::note_answer(tx, wanted, registrations::Answer::Link).value();
    });
}

support::Client Scene::client(std::size_t who)
{
    support::Client client(site);
    const auto& cast = site.cast;
    const std::array<const base::Visitor*, 6> visitors = {
        nullptr, &cast.omar, &cast.mei, &cast.ravi, &cast.sofia, &cast.ada};
    if (visitors.at(who) != nullptr)
        client.sign_in_as(*visitors.at(who));
    return client;
}

std::string Scene::address(const RouteRow& row) const
{
    std::string address(row.pattern);
    std::int64_t id = request_.value;
    if (row.pattern.starts_with("/admin/users/"))
        id = site.cast.mei.user_id.value;
    else if (row.pattern.starts_with("/admin/mail/"))
        id = 1;
    else if (row.pattern.starts_with("/account/asks/"))
        id = 1;
    else if (row.pattern.starts_with("/admin/accounts/") || row.pattern.starts_with("/account/"))
        id = site.cast.account_of_mei.value;
    replace(address, "{id}", std::to_string(id));
    replace(address, "{attachment_id}", std::to_string(attachment_.value));
    if (row.pattern.starts_with("/accounts/password/"))
        replace(address, "{token}", reset_token_);
    if (row.pattern.starts_with("/accounts/register/"))
        replace(address, "{token}", registration_token_);
    if (row.pattern.starts_with("/mail/off/"))
        replace(address, "{token}",
            notifications::switch_off_token(
                site.site().form_key, {.user = site.cast.mei.user_id, .occasion = "replied"}));
    if (row.pattern.starts_with("/account/email/"))
        replace(address, "{token}", email_token_);
    replace(address, "{name}", session_name_);
    replace(address, "{token}", follow_token_);
    return address;
}

support::Answer Scene::ask(support::Client& client, const RouteRow& row) const
{
    if (row.method == http::Method::Post)
        return client.post(address(row), row.fields);
    return client.get(with_query(address(row), row.fields));
}

void Scene::keep_drafts()
{
    site.database->write([&](db::Transaction& tx) {
        for (const base::Visitor* user :
            {&site.cast.omar, &site.cast.mei, &site.cast.ravi, &site.cast.sofia, &site.cast.ada})
            for (const RouteRow& row : route_rows())
                if (row.method == http::Method::Post)
                    web::save_draft(
                        tx, user->user_id, address(row), web::keepable_fields(row.fields), site.clock.now());
    });
}

std::string Scene::everything_stored() const
{
    if (support::tests_use_postgres())
        return base::hex(base::sha256(support::everything_in_postgres(site.database.url())));
    const std::string file = (site.database.directory() / "database.sqlite3").string();
    sqlite3* opened = nullptr;
    const int status = sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
    const std::unique_ptr<sqlite3, Closer> database(opened);
    if (status != SQLITE_OK)
        throw std::runtime_error("cannot open " + file);
    std::string all;
    for (const auto& table : rows_of(opened, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")) {
        all += table + '\n';
        for (const auto& row : rows_of(opened, "SELECT * FROM \"" + table + '"'))
            all += row + '\n';
    }
    return base::hex(base::sha256(all));
}

char outcome_of(const RouteRow& row, const support::Answer& answer)
{
    const std::string location = answer.location();
    if (row.method == http::Method::Get && answer.status == 303 && location.starts_with("/accounts/login/?next="))
        return 's';
    const bool asks_for_password = answer.body.find("name=\"password\"") != std::string::npos;
    if (answer.status == 403)
        return asks_for_password ? 's' : 'f';
    if (answer.status == 404)
        return 'n';
    const bool is_desk = location == "/admin/" || std::regex_match(location, std::regex("/admin/requests/[0-9]+/"));
    if (row.method == http::Method::Get && answer.status == 303 && is_desk && !row.pattern.starts_with("/admin/"))
        return 'a';
    if (row.method == http::Method::Get && answer.status == 303 && location == "/admin/requests/create/")
        return 'c';
    return answer.status == 200 || answer.status == 303 || answer.status == 422 ? '+' : '?';
}

std::string with_query(std::string path, const support::Client::Fields& fields)
{
    return path + (fields.empty() ? "" : "?") + base::encode_form(fields);
}

} // namespace guards
