#include "support/test_site.hpp"

#include "actions/submit_request.hpp"
#include "base/crypto.hpp"
#include "base/text.hpp"
#include "base/url_encoding.hpp"
#include "i18n/site_languages.hpp"
#include "notifications/notification.hpp"
#include "request_types/request_type.hpp"
#include "server/frame.hpp"
#include "server/routes.hpp"
#include "sign_in/session.hpp"
#include "storage/local_store.hpp"
#include "support/test_languages.hpp"
#include "web/forms/csrf.hpp"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace support {

namespace {

std::pair<std::string, std::string> split(std::string_view text, char separator)
{
    const auto at = text.find(separator);
    return {std::string(text.substr(0, at)), std::string(at == std::string_view::npos ? "" : text.substr(at + 1))};
}

base::FormFields query_fields(std::string_view target)
{
    return base::decode_form(target.substr(std::min(target.find('?'), target.size() - 1) + 1));
}

/// The seal of the forms on a page; empty in a guest's, nothing when the page has no form.
std::optional<std::string> seal_in(std::string_view body)
{
    constexpr std::string_view mark = "name=\"csrf\" value=\"";
    const auto found = body.find(mark);
    if (found == std::string_view::npos)
        return std::nullopt;
    const std::string_view rest = body.substr(found + mark.size());
    const std::string_view token = rest.substr(0, rest.find('"'));
    return std::string(token.substr(std::min(token.find('.'), token.size())));
}

std::vector<std::unique_ptr<const i18n::Language>> all_languages()
{
    auto languages = i18n::site_languages();
    for (auto& language : i18n::test_languages()) {
        if (language->tag() != languages.front()->tag())
            languages.push_back(std::move(language));
    }
    return languages;
}

} // namespace

TestSite::TestSite() : TestSite([](const auto& directory) { return std::make_unique<storage::LocalStore>(directory); })
{}

TestSite::TestSite(const MakeStore& make)
    : lossy(*database),
      cast(add_cast(*database, clock.now())),
      zone_("America/New_York"),
      languages_(all_languages()),
      attachments_(make(database.directory() / "attachments")),
      site_{lossy, clock, zone_, languages_, {}, server::complete_page, web::SecureCookies::Auto, {},
          web::find_form_key(*database)},
      services_{site_, *attachments_, {}, live_},
      router_(server::routes(services_)),
      lanes_({.read_threads = 1, .write_threads = 1, .heavy_threads = 1}),
      pipeline_(services_, router_, lanes_)
{}

http::UploadedFile TestSite::upload(std::string_view name, std::string_view bytes)
{
    static std::atomic<int> number = 0;
    http::UploadedFile file;
    file.field = "attachments";
    file.name = name;
    file.size = bytes.size();
    file.sha256 = base::hex(base::sha256(bytes));
    file.path = attachments_->temporary_directory() / ("upload" + std::to_string(++number));
    std::ofstream(file.path, std::ios::binary) << bytes;
    return file;
}

std::vector<std::string> TestSite::notifications() const
{
    std::vector<std::string> told;
    const db::ReadLease lease = database->read();
    for (const auto& [id, name] : db::map_rows(lease->query("SELECT id, username FROM auth_user ORDER BY username"),
             [](const db::Row& row) { return std::pair(row.id<UserId>(0), row.string(1)); })) {
        const auto list = notifications::list_notifications(*lease, id, {});
        for (auto one = list.rbegin(); one != list.rend(); ++one)
            told.push_back(name + ": " + notifications::sentence_of(*one).english());
    }
    return told;
}

ServiceRequestId TestSite::submit(const base::Visitor& by, std::string_view description, std::string_view slug)
{
    return database->write([&](db::Transaction& tx) {
        const auto type = request_types::find_request_type(request_types::list_request_types(tx), slug).value();
        const bool is_meis = by.user_id == cast.mei.user_id;
        return actions::submit_request(tx, act(by),
            {.request = {.user_id = by.user_id,
                 .account_id = is_meis ? cast.account_of_mei : cast.account_of_omar,
                 .type_id = type.id,
                 .description = std::string(description),
                 .address = is_meis ? "12 Elm Street" : "14 Elm Street",
                 .contact_name = by.full_name}});
    });
}

std::size_t TestSite::count_files() const
{
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(database.directory() / "attachments"))
        count += entry.is_regular_file() ? 1 : 0;
    return count;
}

std::string Answer::header(std::string_view name) const
{
    for (const auto& [key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

std::string Answer::input(std::string_view name) const
{
    const std::string mark = "name=\"" + std::string(name) + "\" value=\"";
    const auto found = body.find(mark);
    if (found == std::string::npos)
        return {};
    const auto begin = found + mark.size();
    std::string value = body.substr(begin, body.find('"', begin) - begin);
    for (const auto& [escaped, plain] :
        {std::pair("&quot;", "\""), std::pair("&#39;", "'"), std::pair("&lt;", "<"), std::pair("&amp;", "&")}) {
        for (auto at = value.find(escaped); at != std::string::npos; at = value.find(escaped, at + 1))
            value.replace(at, std::string_view(escaped).size(), plain);
    }
    return value;
}

Client& Client::sign_in_as(const base::Visitor& visitor)
{
    const std::string token = site_.database->write(
        [&](db::Transaction& tx) { return sign_in::add_session(tx, visitor.user_id, {"test"}, site_.clock.now()); });
    cookies_["gu_session"] = token;
    seal_ = web::form_seal(site_.site().form_key, visitor.user_id);
    return *this;
}

http::Request Client::request(http::Method method, std::string_view target) const
{
    http::Request request;
    request.method = method;
    request.target = target;
    request.path = base::percent_decode(split(target, '?').first).value_or("/");
    request.query = query_fields(target);
    request.host = "localhost";
    if (!headers_.contains("host"))
        request.headers = {{"host", "localhost"}};
    request.headers.insert(request.headers.end(), headers_.begin(), headers_.end());
    request.cookies.assign(cookies_.begin(), cookies_.end());
    request.remote_address = address_;
    return request;
}

Answer Client::send(http::Request request)
{
    http::Response response = site_.answer(std::move(request));
    for (const auto& [name, value] : response.headers) {
        if (name != "Set-Cookie")
            continue;
        const auto [cookie, content] = split(split(value, ';').first, '=');
        if (value.find("Max-Age=0") != std::string::npos)
            cookies_.erase(cookie);
        else
            cookies_[cookie] = content;
    }
    seal_ = seal_in(response.text()).value_or(seal_);
    return {static_cast<int>(response.status), std::string(response.text()), response.content_type, response.headers};
}

Answer Client::get(std::string_view target)
{
    return send(request(http::Method::Get, target));
}

http::Response Client::ask(http::Method method, std::string_view target)
{
    return site_.answer(request(method, target));
}

Answer Client::post(std::string_view path, Fields fields, std::vector<http::UploadedFile> files)
{
    if (cookies_.find("gu_session") == cookies_.end() && cookies_.find("gu_guest") == cookies_.end())
        get("/");
    const auto session = cookies_.find("gu_session");
    fields.emplace_back(
        "csrf", web::csrf_token(session == cookies_.end() ? cookies_["gu_guest"] : session->second) + seal_);
    http::Request sent = request(http::Method::Post, path);
    sent.form = std::move(fields);
    sent.files = std::move(files);
    sent.fault = std::exchange(fault_, http::BodyFault::None);
    return send(std::move(sent));
}

Answer Client::sign_in_again(std::string_view username, std::string next)
{
    return post("/accounts/login/",
        {{"username", std::string(username)}, {"password", std::string(cast_password)}, {"next", std::move(next)}});
}

Answer Client::post_without_token(std::string_view path, Fields fields)
{
    http::Request sent = request(http::Method::Post, path);
    sent.form = std::move(fields);
    return send(std::move(sent));
}

std::string tiny_png()
{
    using namespace std::string_literals;
    return "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\x0cIDATx\x9c"
           "c\xf8\xff\xff?\0\x05\xfe\x02\xfe\xa7\x35\x81\x84\0\0\0\0IEND\xae\x42\x60\x82"s;
}

} // namespace support
