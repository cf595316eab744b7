#include "web/forms/draft.hpp"

#include "web/forms/forget.hpp"

#include "base/url_encoding.hpp"
#include "web/forms/lost_files.hpp"
#include "web/forms/submission.hpp"
#include "web/forms/unsent.hpp"
#include "web/local_path.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace web {

namespace {

// Of one user: a form is kept before anybody looks whether the record in its path exists.
constexpr int most_drafts = 50;

bool is_keepable(std::string_view name)
{
    constexpr std::array<std::string_view, 18> never = {"csrf", "submission", "next", "written_for", "from", "seen",
        "answered", "answered_too", "was", "was_too", "reader", "as_note", "kept_at", "language", "code",
        "confirm_code", "recovery", "salt"};
    return name.find("password") == std::string_view::npos &&
           std::find(never.begin(), never.end(), name) == never.end();
}

std::string with_customer(std::string_view path, std::string_view customer)
{
    return std::string(path) + (customer.empty() ? "" : "?customer=" + base::percent_encode(customer));
}

/// Not only the names of files, whose comment or description is still empty.
bool has_words(const Fields& fields)
{
    return field_of(fields, "lost_file").empty() || !field_of(fields, "text").empty() ||
           !field_of(fields, "description").empty();
}

/// Behind all paths that begin with the page's: no path of ours has a byte above "~".
std::string end_of(std::string_view page)
{
    return std::string(page) + '\x7f';
}

void remove_surplus(db::Transaction& tx, UserId user)
{
    tx.apply(R"(DELETE FROM service_draft WHERE user_id = $1 AND path NOT IN
                  (SELECT path FROM service_draft WHERE user_id = $1 ORDER BY created_at DESC, path LIMIT $2))",
        user, most_drafts);
}

Drafts::const_iterator find_newest(const Drafts& drafts, std::initializer_list<std::string_view> forms)
{
    return std::find_if(drafts.begin(), drafts.end(),
        [&](const Draft& draft) { return std::find(forms.begin(), forms.end(), draft.form) != forms.end(); });
}

} // namespace

Fields keepable_fields(const Fields& form, std::size_t most_bytes)
{
    Fields kept;
    std::size_t bytes = 0;
    for (const auto& [name, value] : form) {
        bytes += name.size() + value.size();
        if (bytes > most_bytes)
            break;
        if (is_keepable(name) && !value.empty())
            kept.emplace_back(name, value);
    }
    return kept;
}

std::string form_address(const http::Request& request)
{
    return with_customer(request.path, request.query_value("customer").value_or(""));
}

std::string form_address(std::string_view page)
{
    const auto query = page.find('?');
    if (query == std::string_view::npos)
        return std::string(page);
    return with_customer(page.substr(0, query), field_of(base::decode_form(page.substr(query + 1)), "customer"));
}

void save_draft(db::Transaction& tx, UserId user, std::string_view action, const Fields& fields, base::Time at)
{
    tx.apply(R"(INSERT INTO service_draft (user_id, path, fields, created_at) VALUES ($1, $2, $3, $4)
                  ON CONFLICT (user_id, path) DO UPDATE SET fields = excluded.fields, created_at = excluded.created_at)",
        user, action, base::encode_form(fields), at);
}

bool keep_for(Context& ctx, UserId typist)
{
    Fields fields = keepable_fields(ctx.request().form);
    if (fields.empty())
        return false;
    for (auto& field : note_of_files(ctx.request()))
        fields.push_back(std::move(field));
    const std::string sent = submission_fingerprint(typist, submission_content(ctx.request()));
    return ctx.write([&](db::Transaction& tx) {
        if (find_submission(tx, sent))
            return false;
        save_draft(tx, typist, form_address(ctx.request()), fields, ctx.now());
        remove_surplus(tx, typist);
        return true;
    });
}

Drafts find_drafts(Context& ctx)
{
    Drafts drafts;
    if (ctx.visitor().is_guest())
        return drafts;
    const std::string& page = ctx.request().path;
    for (const db::Row row : ctx.db().query(R"(
             SELECT path, fields, created_at FROM service_draft
              WHERE user_id = $1 AND path >= $2 AND path < $3 AND created_at > $4
              ORDER BY created_at DESC, path)",
             ctx.visitor().user_id, page, end_of(page), base::Time(ctx.now() - longest_kept)))
        drafts.push_back({std::string(row.text(0).substr(page.size())), base::decode_form(row.text(1)), row.time(2)});
    return drafts;
}

const Fields& fields_for(const Drafts& drafts, std::string_view form)
{
    return newest_for(drafts, {form});
}

const Fields& newest_for(const Drafts& drafts, std::initializer_list<std::string_view> forms)
{
    static const Fields nothing;
    const auto found = find_newest(drafts, forms);
    return found == drafts.end() ? nothing : found->fields;
}

void note_kept(Context& ctx, Page& page, const Drafts& drafts, std::initializer_list<std::string_view> forms)
{
    const auto found = find_newest(drafts, forms);
    // What was not sent for another reason than a session that ended is said at its place.
    if (found != drafts.end() && kept_why(found->fields) == Kept::Interrupted)
        page.kept = {.page = ctx.request().target, .when = ctx.dates().friendly(found->at)};
}

std::int64_t keep_unsent(db::Transaction& tx, const Context& ctx)
{
    // Two tabs may have typed in the same form.
    std::map<std::string, Fields> forms;
    for (const auto& [name, value] : ctx.request().form) {
        // The last one: a form's own address may have a query, too.
        const auto query = value.rfind('?');
        if (name != "unsent" || query == std::string::npos || forms.size() >= most_drafts)
            continue;
        Fields fields = keepable_fields(base::decode_form(value.substr(query + 1)));
        if (const std::string path = local_path(value.substr(0, query)); path != "/" && !fields.empty())
            forms[path] = note_named_files(std::move(fields));
    }
    for (const auto& [path, fields] : forms)
        save_draft(tx, ctx.visitor().user_id, path, fields, ctx.now());
    if (!forms.empty())
        remove_surplus(tx, ctx.visitor().user_id);
    return std::ranges::count_if(forms, [](const auto& form) { return has_words(form.second); });
}

void keep_carried(db::Transaction& tx, const Context& ctx)
{
    const std::string path = local_path(ctx.request().form_value("kept_at").value_or(""));
    Fields fields = keepable_fields(ctx.request().form);
    // Of a form that is not multipart, the names are all that comes of the files.
    for (auto& [name, value] : fields) {
        if (name == "attachments")
            name = "lost_file";
    }
    constexpr std::array<std::string_view, 6> typed = {
        "text", "description", "reason", "request_type", "phone", "lost_file"};
    if (path == "/" || std::ranges::none_of(typed, [&](auto name) { return !field_of(fields, name).empty(); }))
        return;
    save_draft(tx, ctx.visitor().user_id, path, note_named_files(std::move(fields)), ctx.now());
    remove_surplus(tx, ctx.visitor().user_id);
}

void remove_all_kept(db::Transaction& tx, UserId user)
{
    tx.apply("DELETE FROM service_draft WHERE user_id = $1", user);
    tx.apply("DELETE FROM service_refused_page WHERE user_id = $1", user);
}

void remove_draft(db::Transaction& tx, const Context& ctx)
{
    tx.apply("DELETE FROM service_draft WHERE user_id = $1 AND path = $2", ctx.visitor().user_id,
        form_address(ctx.request()));
}

void remove_drafts_of(db::Transaction& tx, const Context& ctx, std::string_view page)
{
    const UserId user = ctx.visitor().user_id;
    if (page.find('?') != std::string_view::npos)
        tx.apply("DELETE FROM service_draft WHERE user_id = $1 AND path = $2", user, page);
    else
        tx.apply("DELETE FROM service_draft WHERE user_id = $1 AND path >= $2 AND path < $3 AND path NOT LIKE '%?%'",
            user, page, end_of(page));
}

std::string_view field_of(const Fields& fields, std::string_view name)
{
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.first == name; });
    return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

std::int64_t remove_old_drafts(db::Transaction& tx, base::Time now)
{
    return tx.execute("DELETE FROM service_draft WHERE created_at < $1", base::Time(now - longest_kept));
}

} // namespace web
