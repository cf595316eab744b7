#include "web/forms/submission.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <thread>

namespace web {

namespace {

void append_sized(std::string& all, std::string_view part)
{
    all += std::to_string(part.size());
    all += ':';
    all += part;
}

/// What the page had shown when the form was sent.
bool is_about_the_page(std::string_view name)
{
    constexpr std::array<std::string_view, 6> names = {
        "seen", "position", "answered", "answered_too", "was", "was_too"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

std::string new_submission_key()
{
    return base::random_token();
}

std::string submission_content(const http::Request& request)
{
    const auto key = request.form_value("submission");
    if (!key || key->empty())
        return {};
    std::string all;
    append_sized(all, request.path);
    for (const auto& [name, value] : request.form) {
        // These differ each time the form is shown and say nothing about what is asked for.
        if (name == "csrf" || is_about_the_page(name))
            continue;
        append_sized(all, name);
        append_sized(all, value);
    }
    for (const http::UploadedFile& file : request.files) {
        append_sized(all, file.name);
        append_sized(all, file.sha256);
    }
    return base::hex(base::sha256(all));
}

std::string submission_fingerprint(UserId by, std::string_view content)
{
    if (content.empty())
        return {};
    std::string all = std::to_string(by.value);
    append_sized(all, content);
    return base::hex(base::sha256(all));
}

std::string submission_fingerprint(const Context& ctx)
{
    return submission_fingerprint(ctx.visitor().user_id, submission_content(ctx.request()));
}

std::optional<std::int64_t> find_submission(db::Connection& db, std::string_view fingerprint)
{
    if (fingerprint.empty())
        return std::nullopt;
    return db.query("SELECT result_id FROM service_submission WHERE fingerprint = $1", fingerprint)
        .first([](const db::Row& row) { return row.integer(0); });
}

void add_submission(db::Transaction& tx, std::string_view fingerprint, std::int64_t result, base::Time now)
{
    if (fingerprint.empty())
        return;
    tx.apply("INSERT INTO service_submission (fingerprint, result_id, created_at) VALUES ($1, $2, $3)", fingerprint,
        result, now);
}

std::optional<std::int64_t> await_submission(Context& ctx, std::string_view fingerprint, std::chrono::milliseconds most)
{
    if (fingerprint.empty())
        return std::nullopt;
    const auto end = std::chrono::steady_clock::now() + most;
    for (;;) {
        try {
            if (const auto made = find_submission(ctx.db(), fingerprint))
                return made;
        } catch (const base::Unavailable& error) {
            base::log::warning(fmt::format("looking for the result of a form: {}", error.what()));
        }
        // A new snapshot each time: the first one stays as it is.
        ctx.release();
        if (std::chrono::steady_clock::now() >= end)
            return std::nullopt;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

void log_unsaved(std::string_view form, const base::Unavailable& error)
{
    base::log::warning(fmt::format("{}: {}", form, error.what()));
}

std::int64_t remove_old_submissions(db::Transaction& tx, base::Time now)
{
    return tx.execute("DELETE FROM service_submission WHERE created_at < $1", now - std::chrono::hours(72));
}

} // namespace web
