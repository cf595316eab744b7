#include "pages/shared/files/form_files.hpp"

#include "actions/files/hold_files.hpp"
#include "attachments/held_file.hpp"
#include "attachments/kept_files.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "pages/shared/file_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace pages::shared {

namespace {

constexpr std::string_view held_field = "held";
constexpr std::size_t piece = std::size_t{64} << 10U;

/// A copy, so that the same form sent twice, or after Back, finds its files again.
http::UploadedFile copy_of(const attachments::HeldFile& held, const storage::Store& store)
{
    const base::Descriptor bytes = store.open(held.file.key());
    http::UploadedFile copy;
    copy.field = fmt::format("{}:{}", held_field, held.id);
    copy.name = held.file.name;
    copy.size = held.file.size;
    copy.sha256 = held.file.sha256;
    copy.path = store.temporary_directory() / base::random_token();
    const base::Descriptor written = base::create_file(copy.path);
    for (std::string part = base::read_some(bytes, piece); !part.empty(); part = base::read_some(bytes, piece))
        base::write_all(written, part);
    return copy;
}

std::vector<std::int64_t> ids_in(const http::Request& request)
{
    std::vector<std::int64_t> ids;
    for (const auto& [name, value] : request.form) {
        if (name == held_field)
            ids.push_back(base::parse_integer(value).value_or(0));
    }
    return ids;
}

/// Bring back the files that wait for this form; false when one of them is gone.
bool take_held(web::Context& ctx, const storage::Store& store)
{
    const std::vector<std::int64_t> ids = ids_in(ctx.request());
    if (ids.empty())
        return true;
    std::size_t taken = 0;
    for (const attachments::HeldFile& held : attachments::list_held_files(ctx.db(), ctx.visitor().user_id)) {
        if (std::find(ids.begin(), ids.end(), held.id) == ids.end())
            continue;
        try {
            ctx.files().push_back(copy_of(held, store));
            ++taken;
        } catch (const base::NotFound& gone) {
            base::log::warning(fmt::format("a held file is gone: {}", gone.what()));
        } catch (const storage::DamagedFile& damaged) {
            base::log::error(fmt::format("a held file: {}", damaged.what()));
        }
    }
    return taken == ids.size();
}

std::int64_t held_id(const http::UploadedFile& file)
{
    const std::string_view name = file.field;
    if (!name.starts_with(held_field) || name.size() <= held_field.size())
        return 0;
    return base::parse_integer(name.substr(held_field.size() + 1)).value_or(0);
}

std::vector<std::int64_t> hold(web::Context& ctx, storage::Store& store, attachments::KeptFiles& kept)
{
    const auto held = kept.settle_with([&] {
        return std::pair(
            ctx.write([&](db::Transaction& tx) { return actions::hold_files(tx, ctx.act(), kept.files()); }), true);
    });
    for (const std::string& name : held.let_go)
        store.discard(name);
    return held.ids;
}

/// Put the new ones into the store and the database; returns their ids.
std::vector<std::int64_t> hold_new(web::Context& ctx, storage::Store& store, const web::FileCheck& files)
{
    std::vector<http::UploadedFile> fresh;
    std::vector<web::CheckedFile> checked;
    for (std::size_t i = 0; i < files.files.size(); ++i) {
        if (held_id(ctx.files()[i]) != 0)
            continue;
        checked.push_back({.type = files.files[i].type});
        fresh.push_back(std::move(ctx.files()[i]));
    }
    if (fresh.empty())
        return {};
    attachments::KeptFiles kept(store);
    kept.keep(fresh, checked);
    return hold(ctx, store, kept);
}

base::Text sentence_about(const attachments::LeftOut& file)
{
    if (file.name.empty())
        return base::Text("Some files did not arrive.");
    switch (web::parse_file_fault(file.reason).value_or(web::FileFault::Lost)) {
    case web::FileFault::TooLarge:
        return base::Text("“{name}” did not arrive: it is too large.", {{"name", file.name}});
    case web::FileFault::WrongKind:
        return base::Text(
            "“{name}” did not arrive: it is not a photo or document that we can open.", {{"name", file.name}});
    case web::FileFault::TooMany:
        return base::Text("“{name}” did not arrive: there were too many files.", {{"name", file.name}});
    case web::FileFault::Empty:
        return base::Text("“{name}” did not arrive: it is empty.", {{"name", file.name}});
    case web::FileFault::Incomplete:
    case web::FileFault::Lost:
        break;
    }
    return base::Text("“{name}” did not arrive complete.", {{"name", file.name}});
}

} // namespace

web::FileCheck read_files(web::Context& ctx, const storage::Store& store, const FileForm& form, web::FormErrors& errors)
{
    const bool is_whole = take_held(ctx, store);
    web::FileRules rules = file_rules(store);
    rules.form_id = form.id;
    rules.if_refused = form.if_refused;
    web::FileCheck check = web::check_files(ctx, rules, errors);
    if (is_whole)
        return check;
    if (form.if_refused == web::IfRefused::Ask)
        errors.add("attachments", base::Text("A file that was here is gone. Please choose it again."));
    else
        check.left_out.push_back({});
    return check;
}

std::vector<web::HeldFile> hold_files(web::Context& ctx, storage::Store& store, const web::FileCheck& files)
{
    std::vector<web::HeldFile> shown;
    if (web::keeps_files(ctx.request()))
        return shown;
    // What was moved into the store before saving failed cannot be held any more.
    const auto is_gone = [](const http::UploadedFile& file) { return file.path.empty(); };
    if (std::any_of(ctx.files().begin(), ctx.files().end(), is_gone))
        return shown;
    for (std::size_t i = 0; i < files.files.size(); ++i) {
        const http::UploadedFile& file = ctx.files()[i];
        shown.push_back({.id = held_id(file),
            .name = attachments::clean_name(file.name, files.files[i].type),
            .size = base::file_size(file.size)});
    }
    try {
        const std::vector<std::int64_t> ids = hold_new(ctx, store, files);
        auto id = ids.begin();
        for (web::HeldFile& file : shown) {
            if (file.id == 0)
                file.id = *id++;
        }
    } catch (const base::Unavailable& error) {
        base::log::warning(fmt::format("files are not held: {}", error.what()));
        return {};
    }
    return shown;
}

std::vector<web::HeldFile> hold_kept(web::Context& ctx, storage::Store& store, attachments::KeptFiles& kept)
{
    std::vector<web::HeldFile> shown;
    if (web::keeps_files(ctx.request()) || kept.files().empty())
        return shown;
    for (const attachments::StoredFile& file : kept.files())
        shown.push_back({.id = 0, .name = file.name, .size = base::file_size(file.size)});
    const std::vector<std::int64_t> ids = hold(ctx, store, kept);
    for (std::size_t i = 0; i < shown.size(); ++i)
        shown[i].id = ids.at(i);
    return shown;
}

std::vector<attachments::LeftOut> left_out_of(const web::FileCheck& files)
{
    std::vector<attachments::LeftOut> left_out;
    for (const web::RefusedFile& file : files.left_out)
        left_out.push_back({.name = file.name, .reason = std::string(web::file_fault_name(file.fault))});
    return left_out;
}

std::vector<base::Text> sentences_about(const std::vector<attachments::LeftOut>& files)
{
    std::vector<base::Text> sentences;
    for (const attachments::LeftOut& file : files)
        sentences.push_back(sentence_about(file));
    return sentences;
}

} // namespace pages::shared
